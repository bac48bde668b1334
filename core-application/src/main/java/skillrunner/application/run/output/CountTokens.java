package skillrunner.application.run.output;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.Engines;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.TokenCount;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;

/** Reads from the output of a run's newest attempt how many tokens it took. Safe for concurrent use. */
public final class CountTokens {
    private static final System.Logger LOG = System.getLogger(CountTokens.class.getName());

    /** A longer output is not read for this, in bytes. */
    private static final long MAX_BYTES = 4L << 20;

    private static final int PIECE_BYTES = 64 * 1024;

    private final Engines engines;
    private final RunOutput output;

    public CountTokens(Engines engines, RunOutput output) {
        this.engines = Objects.requireNonNull(engines);
        this.output = Objects.requireNonNull(output);
    }

    /**
     * Counts.
     *
     * @param run a run that has ended
     * @return the tokens; empty if the engine told none, or said too much to look for them
     */
    public Optional<TokenCount> of(Run run) {
        Optional<StoredBytes> said =
                output.newest(run.id(), OutputStreamKind.STDOUT).filter(stored -> stored.size() <= MAX_BYTES);
        Optional<EngineDriver> driver = engines.driver(run.engine());
        return said.isEmpty() || driver.isEmpty() ? Optional.empty() : told(driver.get(), said.get());
    }

    private static Optional<TokenCount> told(EngineDriver driver, StoredBytes said) {
        Tally tally = new Tally();
        EngineOutputReader reader = driver.newReader(OutputPosition.START, tally);
        try (InputStream in = said.open(0)) {
            for (byte[] piece = in.readNBytes(PIECE_BYTES); piece.length > 0; piece = in.readNBytes(PIECE_BYTES)) {
                reader.feed(OutputStreamKind.STDOUT, piece, piece.length);
            }
            reader.finish();
            return tally.count;
        } catch (IOException e) {
            // It went away; what was read of it is not all.
            return Optional.empty();
        } catch (RuntimeException e) {
            // Whoever looks at a run whose output broke the reader wants to see the rest all the more.
            LOG.log(System.Logger.Level.WARNING, "tokens can't be read from the output of " + driver.engine(), e);
            return Optional.empty();
        }
    }

    private static final class Tally implements Consumer<EngineEvent> {
        private Optional<TokenCount> count = Optional.empty();

        @Override
        public void accept(EngineEvent event) {
            if (event instanceof EngineEvent.Usage usage) {
                count = Optional.of(TokenCount.of(count, usage));
            }
        }
    }
}
