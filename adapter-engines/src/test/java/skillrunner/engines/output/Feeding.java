package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skillrunner.application.engine.EngineOutputParser;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.OutputStreamKind;

/** Ways to feed a parser. */
public final class Feeding {
    private Feeding() {}

    /** Feeds a fresh parser with stderr, then with stdout, so many bytes at a time. */
    public static TurnOutcome outcomeOf(EngineOutputParser parser, byte[] stdout, byte[] stderr, int chunk) {
        feed(parser, OutputStreamKind.STDERR, stderr, chunk);
        feed(parser, OutputStreamKind.STDOUT, stdout, chunk);
        return parser.finish();
    }

    /** Feeds a fresh parser with lines on stdout. */
    public static TurnOutcome outcomeOf(EngineOutputParser parser, String... lines) {
        return outcomeOf(parser, String.join("\n", lines).getBytes(StandardCharsets.UTF_8), new byte[0], 4096);
    }

    /** Feeds bytes into a parser, so many at a time. */
    public static void feed(EngineOutputParser parser, OutputStreamKind stream, byte[] bytes, int chunk) {
        for (int from = 0; from < bytes.length; from += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk));
            parser.feed(stream, part, part.length);
            // The caller's buffer is used again.
            Arrays.fill(part, (byte) '#');
        }
    }
}
