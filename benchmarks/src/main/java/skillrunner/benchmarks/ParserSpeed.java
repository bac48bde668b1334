package skillrunner.benchmarks;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.ServiceLoader;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.TurnAccount;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;

/** The reader of codex's output, with its events written and without, and SHA-256 over the same bytes, in this process, one thread. */
final class ParserSpeed implements Measurement {
    private static final int BLOCKS = 50;
    private static final int WARM_UP_PASSES = 2;
    private static final int PASSES = 7;
    private static final int CHUNK = 64 * 1024;
    private static final double TARGET = 0.8;
    private static final double WRITTEN_TARGET = 0.5;

    @Override
    public List<Figure> take(Installation installation) {
        byte[] block = CodexLines.block();
        Samples parsing = new Samples();
        Samples writing = new Samples();
        Samples digesting = new Samples();
        for (int pass = -WARM_UP_PASSES; pass < PASSES; pass++) {
            double parsed = megabytesPerSecond(block, parse(block, event -> {}));
            double written = megabytesPerSecond(block, parseAndWrite(block));
            double digested = megabytesPerSecond(block, digest(block));
            if (pass >= 0) {
                parsing.add(parsed);
                writing.add(written);
                digesting.add(digested);
            }
        }
        double sha = digesting.median();
        return List.of(
                Figure.judged(
                        "reading codex output as events",
                        shown(parsing.median(), sha),
                        "at least 80 % of SHA-256",
                        parsing.median() >= TARGET * sha),
                Figure.judged(
                        "the same with each event written as a line of JSON",
                        shown(writing.median(), sha),
                        "at least 50 % of SHA-256",
                        writing.median() >= WRITTEN_TARGET * sha),
                Figure.information("SHA-256 of the same bytes", shown(sha)));
    }

    /** Returns nanoseconds for all blocks. */
    private static long parse(byte[] block, Consumer<EngineEvent> beside) {
        EngineDriver codex = ServiceLoader.load(EngineDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(driver -> driver.engine().equals(EngineId.CODEX))
                .findFirst()
                .orElseThrow();
        TurnAccount account = new TurnAccount(codex::signIn);
        EngineOutputReader reader = codex.newReader(OutputPosition.START, account.andThen(beside));
        long begin = System.nanoTime();
        for (int i = 0; i < BLOCKS; i++) {
            for (int at = 0; at < block.length; at += CHUNK) {
                // The server reads pieces of this size, each into an array of its own.
                byte[] piece = Arrays.copyOfRange(block, at, Math.min(block.length, at + CHUNK));
                reader.feed(OutputStreamKind.STDOUT, piece, piece.length);
            }
        }
        reader.finish();
        if (account.outcome().finalText().isEmpty()) {
            throw new IllegalStateException("the reader found no message");
        }
        return System.nanoTime() - begin;
    }

    private static long parseAndWrite(byte[] block) {
        try (EventLines lines = new EventLines()) {
            return parse(block, lines);
        }
    }

    private static long digest(byte[] block) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            long begin = System.nanoTime();
            for (int i = 0; i < BLOCKS; i++) {
                digest.update(block);
            }
            if (digest.digest().length == 0) {
                throw new IllegalStateException("there is no digest");
            }
            return System.nanoTime() - begin;
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    private static double megabytesPerSecond(byte[] block, long nanos) {
        return (double) block.length * BLOCKS / 1e6 / (nanos / 1e9);
    }

    private static String shown(double rate, double sha) {
        return String.format(Locale.ROOT, "%s, %.0f %% of SHA-256", shown(rate), 100 * rate / sha);
    }

    private static String shown(double rate) {
        return String.format(Locale.ROOT, "%.0f MB/s", rate);
    }
}
