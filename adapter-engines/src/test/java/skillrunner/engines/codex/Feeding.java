package skillrunner.engines.codex;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.OutputStreamKind;

/** Ways to feed a parser. */
final class Feeding {
    private Feeding() {}

    static TurnOutcome outcomeOf(byte[] stdout, byte[] stderr, int chunk) {
        CodexOutputParser parser = new CodexOutputParser();
        feed(parser, OutputStreamKind.STDERR, stderr, chunk);
        feed(parser, OutputStreamKind.STDOUT, stdout, chunk);
        return parser.finish();
    }

    static TurnOutcome outcomeOf(String... lines) {
        return outcomeOf(String.join("\n", lines).getBytes(StandardCharsets.UTF_8), new byte[0], 4096);
    }

    static void feed(CodexOutputParser parser, OutputStreamKind stream, byte[] bytes, int chunk) {
        for (int from = 0; from < bytes.length; from += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk));
            parser.feed(stream, part, part.length);
            // The caller's buffer is used again.
            Arrays.fill(part, (byte) '#');
        }
    }
}
