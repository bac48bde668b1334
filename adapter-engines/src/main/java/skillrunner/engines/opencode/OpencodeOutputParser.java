package skillrunner.engines.opencode;

import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.AnswerText;
import skillrunner.engines.output.FailureText;
import skillrunner.engines.output.JsonLine;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.SignInWatch;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code opencode run --format json} writes. A turn is complete when its last step stopped by itself; the answer
 * is the text of the last message that has any. Holds one line and one message at a time.
 */
final class OpencodeOutputParser implements EngineOutputParser, OutputLines.Sink {
    private static final int MAX_SESSION_ID = 256;
    private static final int UNAUTHORIZED = 401;

    /** The type of an event is its first member. */
    private static final Pattern TEXT = Pattern.compile("\\s*\\{\\s*\"type\"\\s*:\\s*\"text\"");

    private static final int HEAD = 256;

    private final OutputLines stdout = new OutputLines(this);
    private final SignInWatch stderr = new SignInWatch();
    private final AnswerText answer = new AnswerText();
    private TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
    private @Nullable String sessionId;
    private @Nullable String messageId;
    private @Nullable String partId;
    private SignInSign signIn = SignInSign.NONE;

    @Override
    public void feed(OutputStreamKind stream, byte[] bytes, int length) {
        switch (stream) {
            case STDOUT -> stdout.feed(bytes, length);
            case STDERR -> stderr.feed(bytes, 0, length);
        }
    }

    @Override
    public TurnOutcome finish() {
        stdout.finish();
        return new TurnOutcome(
                answer.text(), closing, Optional.ofNullable(sessionId), signIn.or(stderr.found()), answer.isTooLarge());
    }

    @Override
    public void line(byte[] bytes, int offset, int length) {
        JsonLine.read(bytes, offset, length).ifPresent(this::take);
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return TEXT.matcher(new String(bytes, offset, Math.min(length, HEAD), StandardCharsets.UTF_8))
                .lookingAt();
    }

    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length) {
        if (mayHoldAnswer(bytes, offset, length)) {
            answer.lose();
        }
    }

    private void take(JsonNode event) {
        Optional<String> type = JsonLine.text(event, "type");
        if (type.isEmpty()) {
            return;
        }
        JsonLine.text(event, "sessionID")
                .filter(id -> id.length() <= MAX_SESSION_ID)
                .ifPresent(id -> sessionId = id);
        switch (type.get()) {
            case "step_start" -> {
                answer.endMessage();
                closing = new TurnFacts.Closing.Missing();
            }
            case "text" -> JsonLine.text(event, "part", "text").ifPresent(text -> takeText(event, text));
            case "step_finish" ->
                closing = closingOf(JsonLine.text(event, "part", "reason").orElse(""));
            case "error" -> fail(event.path("error"));
            default -> {}
        }
    }

    /** A message may say its text in several parts, and may say a part again. */
    private void takeText(JsonNode event, String text) {
        String message = JsonLine.text(event, "part", "messageID").orElse(null);
        String part = JsonLine.text(event, "part", "id").orElse(null);
        if (!Objects.equals(message, messageId)) {
            answer.endMessage();
        }
        if (part != null && part.equals(partId)) {
            answer.replaceLast(text);
        } else {
            answer.append(text);
        }
        messageId = message;
        partId = part;
    }

    private static TurnFacts.Closing closingOf(String reason) {
        return switch (reason) {
            case "stop" -> new TurnFacts.Closing.Completed();
            case "tool-calls", "" -> new TurnFacts.Closing.Missing();
            case "length", "content-filter", "error" ->
                new TurnFacts.Closing.Failed(FailureText.cut("The last step ended by: " + reason));
            default -> new TurnFacts.Closing.Unclear(FailureText.cut(reason));
        };
    }

    private void fail(JsonNode error) {
        String message = JsonLine.text(error, "data", "message")
                .or(() -> JsonLine.text(error, "name"))
                .orElse("");
        boolean refused = error.path("data").path("statusCode").asInt(0) == UNAUTHORIZED
                || JsonLine.text(error, "name")
                        .filter("ProviderAuthError"::equals)
                        .isPresent();
        signIn = signIn.or(refused ? SignInSign.DEMAND : AuthPrompt.inReport(message))
                .or(JsonLine.text(error, "data", "responseBody")
                        .map(AuthPrompt::inReport)
                        .orElse(SignInSign.NONE));
        closing = new TurnFacts.Closing.Failed(FailureText.cut(message));
    }
}
