package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;

/** Ways to feed the reader of an engine. */
public final class Feeding {
    private Feeding() {}

    /** Feeds a fresh reader with stderr, then with stdout, so many bytes at a time. */
    public static TurnOutcome outcomeOf(EngineDriver driver, byte[] stdout, byte[] stderr, int chunk) {
        TurnAccount account = new TurnAccount(driver::signIn);
        EngineOutputReader reader = driver.newReader(OutputPosition.START, account);
        feed(reader, OutputStreamKind.STDERR, stderr, chunk);
        feed(reader, OutputStreamKind.STDOUT, stdout, chunk);
        reader.finish();
        return account.outcome();
    }

    /** Feeds a fresh reader with lines on stdout. */
    public static TurnOutcome outcomeOf(EngineDriver driver, String... lines) {
        return outcomeOf(driver, String.join("\n", lines).getBytes(StandardCharsets.UTF_8), new byte[0], 4096);
    }

    /** Feeds bytes into a reader, so many at a time. */
    public static void feed(EngineOutputReader reader, OutputStreamKind stream, byte[] bytes, int chunk) {
        for (int from = 0; from < bytes.length; from += chunk) {
            byte[] part = Arrays.copyOfRange(bytes, from, Math.min(bytes.length, from + chunk));
            reader.feed(stream, part, part.length);
            // The caller's buffer is used again.
            Arrays.fill(part, (byte) '#');
        }
    }
}
