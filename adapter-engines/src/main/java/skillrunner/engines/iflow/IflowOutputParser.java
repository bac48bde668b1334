package skillrunner.engines.iflow;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.OutputCandidates;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;
import skillrunner.domain.run.TurnFacts;
import skillrunner.engines.output.SignInWatch;
import skillrunner.engines.output.TextTail;

/**
 * Reads the text that iflow writes. Its closing event is a block of execution info, on either stream, once per round; it has
 * none for a failure. The answer is the last text on stdout outside of these blocks, or on stderr if stdout has no text.
 * Holds the end of each stream.
 */
final class IflowOutputParser implements EngineOutputParser {
    /** So much of each stream is kept, in bytes: the longest answer and what may stand around it. */
    static final int KEPT = OutputCandidates.MOST_CHARACTERS + (64 << 10);

    private static final String OPENING = "<Execution Info>";
    private static final String CLOSING = "</Execution Info>";
    private static final Pattern SESSION = Pattern.compile("\"session-id\"\\s*:\\s*\"([^\"]{1,256})\"");
    private static final Pattern RESUMING = Pattern.compile("(?m)^[^\\S\\n]*Resuming session[^\\n]*(?:\\n|$)");

    private final TextTail stdout = new TextTail(KEPT);
    private final TextTail stderr = new TextTail(KEPT);
    /** What the model says comes by this stream too, so mere words mean nothing here. */
    private final SignInWatch stdoutWatch = new SignInWatch(IflowOutputParser::demand);

    private final SignInWatch stderrWatch = new SignInWatch();

    /** Makes a parser that has read nothing. */
    IflowOutputParser() {}

    @Override
    public void feed(OutputStreamKind stream, byte[] bytes, int length) {
        switch (stream) {
            case STDOUT -> {
                stdout.feed(bytes, length);
                stdoutWatch.feed(bytes, 0, length);
            }
            case STDERR -> {
                stderr.feed(bytes, length);
                stderrWatch.feed(bytes, 0, length);
            }
        }
    }

    @Override
    public TurnOutcome finish() {
        String out = stdout.text();
        String diagnostics = stderr.text();
        Optional<String> answer = answer(out, stdout.isCut()).or(() -> answer(diagnostics, stderr.isCut()));
        boolean tooLarge = answer.filter(text -> text.isEmpty() || text.length() > OutputCandidates.MOST_CHARACTERS)
                .isPresent();
        boolean closed = out.contains(CLOSING) || diagnostics.contains(CLOSING);
        return new TurnOutcome(
                tooLarge ? Optional.empty() : answer,
                closed ? new TurnFacts.Closing.Completed() : new TurnFacts.Closing.Missing(),
                session(out).or(() -> session(diagnostics)),
                stdoutWatch.found().or(stderrWatch.found()),
                tooLarge);
    }

    private static SignInSign demand(String text) {
        SignInSign sign = AuthPrompt.in(text);
        return sign == SignInSign.DEMAND ? sign : SignInSign.NONE;
    }

    /** Finds the last text outside of the blocks; of one whose beginning is lost nothing is left. */
    private static Optional<String> answer(String text, boolean cut) {
        int end = text.length();
        while (true) {
            int closing = text.lastIndexOf(CLOSING, end - CLOSING.length());
            int start = closing < 0 ? 0 : closing + CLOSING.length();
            String segment = RESUMING.matcher(withoutTornBlock(text.substring(start, end)))
                    .replaceAll("")
                    .strip();
            if (!segment.isEmpty()) {
                return Optional.of(start == 0 && cut ? "" : segment);
            }
            int opening = closing < 0 ? -1 : text.lastIndexOf(OPENING, closing);
            if (opening < 0) {
                return Optional.empty();
            }
            end = opening;
        }
    }

    /** A block that was begun and not ended is not text either. */
    private static String withoutTornBlock(String segment) {
        int opening = segment.indexOf(OPENING);
        return opening < 0 ? segment : segment.substring(0, opening);
    }

    private static Optional<String> session(String text) {
        Matcher matcher = SESSION.matcher(text);
        Optional<String> last = Optional.empty();
        while (matcher.find()) {
            last = Optional.of(matcher.group(1));
        }
        return last;
    }
}
