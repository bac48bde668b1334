package skillrunner.engines.opencode;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.FailureText;
import skillrunner.engines.output.JsonLine;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.SignInWatch;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code opencode run --format json} writes. A turn is complete when its last step stopped by itself; the answer
 * is the last text of that step. Holds one line and one text at a time.
 */
final class OpencodeOutputParser implements EngineOutputParser, OutputLines.Sink {
    private static final int MAX_SESSION_ID = 256;
    private static final int UNAUTHORIZED = 401;

    private final OutputLines stdout = new OutputLines(this);
    private final SignInWatch stderr = new SignInWatch();
    private TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
    private @Nullable String sessionId;
    private @Nullable String finalText;
    private boolean signInWanted;

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
                Optional.ofNullable(finalText),
                closing,
                Optional.ofNullable(sessionId),
                signInWanted || stderr.found());
    }

    @Override
    public void line(byte[] bytes, int offset, int length) {
        JsonLine.read(bytes, offset, length).ifPresent(this::take);
    }

    /** {@inheritDoc} Such a line is the output of a tool or a text that nobody could use. */
    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length) {
        finalText = null;
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
                finalText = null;
                closing = new TurnFacts.Closing.Missing();
            }
            case "text" -> JsonLine.text(event, "part", "text").ifPresent(text -> finalText = text);
            case "step_finish" ->
                closing = closingOf(JsonLine.text(event, "part", "reason").orElse(""));
            case "error" -> fail(event.path("error"));
            default -> {}
        }
    }

    private static TurnFacts.Closing closingOf(String reason) {
        return switch (reason) {
            case "stop" -> new TurnFacts.Closing.Completed();
            case "tool-calls", "" -> new TurnFacts.Closing.Missing();
            default -> new TurnFacts.Closing.Failed(FailureText.cut("The last step ended by: " + reason));
        };
    }

    private void fail(JsonNode error) {
        String message = JsonLine.text(error, "data", "message")
                .or(() -> JsonLine.text(error, "name"))
                .orElse("");
        signInWanted |= error.path("data").path("statusCode").asInt(0) == UNAUTHORIZED
                || JsonLine.text(error, "name")
                        .filter("ProviderAuthError"::equals)
                        .isPresent()
                || AuthPrompt.appearsIn(message);
        closing = new TurnFacts.Closing.Failed(FailureText.cut(message));
    }
}
