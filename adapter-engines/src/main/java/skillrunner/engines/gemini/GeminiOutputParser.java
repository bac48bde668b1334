package skillrunner.engines.gemini;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.AnswerText;
import skillrunner.engines.output.FailureText;
import skillrunner.engines.output.JsonLine;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.SignInWatch;
import skillrunner.engines.output.TextTail;
import tools.jackson.databind.JsonNode;

/**
 * Reads what {@code gemini --output-format stream-json} writes. Where there are no such lines, it looks for the one document
 * of {@code --output-format json}. Holds one line, one message and the end of each stream.
 */
final class GeminiOutputParser implements EngineOutputParser, OutputLines.Sink {
    private static final int MAX_SESSION_ID = 256;

    private static final int KEPT = 64 << 10;

    /** The type and the role of an event stand so near its beginning, in bytes. */
    private static final int HEAD = 256;

    private final OutputLines stdout = new OutputLines(this);
    private final TextTail document = new TextTail(OutputCandidates.MOST_CHARACTERS + OutputLines.MAX_LINE);
    private final TextTail diagnostics = new TextTail(KEPT);
    private final SignInWatch stderr = new SignInWatch(GeminiSignIn::in);
    private final AnswerText answer = new AnswerText();
    private TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
    private @Nullable String sessionId;
    private boolean streamed;
    private SignInSign signIn = SignInSign.NONE;

    @Override
    public void feed(OutputStreamKind stream, byte[] bytes, int length) {
        switch (stream) {
            case STDOUT -> {
                stdout.feed(bytes, length);
                if (!streamed) {
                    document.feed(bytes, length);
                }
            }
            case STDERR -> {
                stderr.feed(bytes, 0, length);
                diagnostics.feed(bytes, length);
            }
        }
    }

    @Override
    public TurnOutcome finish() {
        stdout.finish();
        if (!streamed) {
            GeminiDocument.in(document.text()).ifPresent(this::takeDocument);
        }
        if (closing instanceof TurnFacts.Closing.Missing) {
            GeminiDocument.in(diagnostics.text())
                    .filter(error -> error.has("error"))
                    .ifPresent(this::takeDocument);
        }
        return new TurnOutcome(
                answer.text(), closing, Optional.ofNullable(sessionId), signIn.or(stderr.found()), answer.isTooLarge());
    }

    @Override
    public void line(byte[] bytes, int offset, int length) {
        JsonLine.read(bytes, offset, length).ifPresent(this::take);
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return streamed
                && new String(bytes, offset, Math.min(length, HEAD), StandardCharsets.UTF_8).contains("\"assistant\"");
    }

    /** {@inheritDoc} Of a message whose piece is too long the other pieces are no answer; all else parts messages. */
    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length) {
        if (mayHoldAnswer(bytes, offset, length)) {
            answer.lose();
        } else {
            answer.endMessage();
        }
    }

    private void take(JsonNode event) {
        Optional<String> type = JsonLine.text(event, "type");
        if (type.isEmpty()) {
            return;
        }
        switch (type.get()) {
            case "init" -> {
                streamed = true;
                takeSession(event);
            }
            case "message" -> takeMessage(event);
            case "tool_result" -> answer.endMessage();
            case "result" -> takeResult(event);
            default -> {}
        }
    }

    private void takeMessage(JsonNode event) {
        boolean said = JsonLine.text(event, "role").filter("assistant"::equals).isPresent();
        if (!said) {
            // Text of an earlier turn is not this turn's answer.
            answer.forget();
            closing = new TurnFacts.Closing.Missing();
        } else {
            JsonLine.text(event, "content").ifPresent(answer::append);
        }
    }

    private void takeResult(JsonNode event) {
        boolean success =
                JsonLine.text(event, "status").filter("success"::equals).isPresent();
        if (success) {
            closing = new TurnFacts.Closing.Completed();
        } else {
            fail(event);
        }
    }

    private void takeDocument(JsonNode document) {
        takeSession(document);
        if (document.path("error").isObject()) {
            fail(document);
        } else if (document.has("response")) {
            answer.forget();
            JsonNode response = document.get("response");
            answer.append(response.isString() ? response.stringValue() : response.toString());
            closing = new TurnFacts.Closing.Completed();
        }
    }

    private void fail(JsonNode event) {
        String message = JsonLine.text(event, "error", "message").orElse("");
        signIn = signIn.or(GeminiSignIn.inReport(message));
        closing = new TurnFacts.Closing.Failed(FailureText.cut(message));
    }

    private void takeSession(JsonNode event) {
        JsonLine.text(event, "session_id")
                .filter(id -> id.length() <= MAX_SESSION_ID)
                .ifPresent(id -> sessionId = id);
    }
}
