package skillrunner.engines.codex;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.AnswerText;
import skillrunner.engines.output.FailureText;
import skillrunner.engines.output.OutputLines;
import skillrunner.engines.output.SignInWatch;

/** Reads what {@code codex exec --json} writes. Holds one line and one message at a time. */
final class CodexOutputParser implements EngineOutputParser, OutputLines.Sink {
    private static final int MAX_THREAD_ID = 256;
    private static final byte[] LINE_END = {'\n'};

    private final OutputLines stdout = new OutputLines(this);
    private final SignInWatch unreadable = new SignInWatch();
    private final SignInWatch stderr = new SignInWatch();
    private final AnswerText answer = new AnswerText();
    private TurnFacts.Closing closing = new TurnFacts.Closing.Missing();
    private @Nullable String threadId;
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
                answer.text(),
                closing,
                Optional.ofNullable(threadId),
                signIn.or(unreadable.found()).or(stderr.found()),
                answer.isTooLarge());
    }

    @Override
    public void line(byte[] bytes, int offset, int length) {
        CodexEvent event = CodexLineReader.read(bytes, offset, length);
        if (event instanceof CodexEvent.Unreadable) {
            unreadable.feed(bytes, offset, length);
            unreadable.feed(LINE_END, 0, LINE_END.length);
        } else {
            take(event);
        }
    }

    @Override
    public boolean mayHoldAnswer(byte[] bytes, int offset, int length) {
        return CodexLineReader.readBeginning(bytes, offset, length) instanceof CodexEvent.AgentMessage;
    }

    @Override
    public void beginningOfLongLine(byte[] bytes, int offset, int length) {
        take(CodexLineReader.readBeginning(bytes, offset, length));
    }

    private void take(CodexEvent event) {
        if (event instanceof CodexEvent.AgentMessage said) {
            answer.endMessage();
            if (said.text() == null) {
                answer.lose();
            } else {
                answer.append(said.text());
            }
        } else if (event instanceof CodexEvent.TurnStarted) {
            // Text of an earlier turn is not this turn's answer.
            answer.forget();
            closing = new TurnFacts.Closing.Missing();
        } else if (event instanceof CodexEvent.TurnCompleted) {
            closing = new TurnFacts.Closing.Completed();
        } else if (event instanceof CodexEvent.TurnFailed failed) {
            closing = new TurnFacts.Closing.Failed(FailureText.cut(failed.message()));
            signIn = signIn.or(AuthPrompt.inReport(failed.message()));
        } else if (event instanceof CodexEvent.Trouble trouble) {
            signIn = signIn.or(AuthPrompt.inReport(trouble.message()));
        } else if (event instanceof CodexEvent.ThreadStarted started
                && started.threadId().length() <= MAX_THREAD_ID) {
            threadId = started.threadId();
        }
    }
}
