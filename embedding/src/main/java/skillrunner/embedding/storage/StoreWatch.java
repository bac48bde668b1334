package skillrunner.embedding.storage;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.background.BackgroundTasks;

/**
 * Looks twice a second whether the data directory is still the runner's own, and writes down every other second how far its
 * databases have come. Safe for concurrent use.
 */
public final class StoreWatch implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StoreWatch.class);
    private static final Duration PERIOD = Duration.ofMillis(500);
    private static final int LOOKS_PER_RECORD = 4;

    private final DataDirectoryLock lock;
    private final Stores stores;
    private final BackgroundTasks background;
    private final Consumer<String> lost;
    private int looks;
    private boolean ended;
    private boolean complained;

    public StoreWatch(DataDirectoryLock lock, Stores stores, BackgroundTasks background, Consumer<String> lost) {
        this.lock = Objects.requireNonNull(lock);
        this.stores = Objects.requireNonNull(stores);
        this.background = Objects.requireNonNull(background);
        this.lost = Objects.requireNonNull(lost);
    }

    /** Begins to look. */
    public void start() {
        background.submit("store-watch", this::look);
    }

    /**
     * Tells whether anything is wrong now.
     *
     * @return half a sentence about it, or empty
     */
    public Optional<String> fault() {
        return lock.fault().or(stores::fault);
    }

    /** Ends the looking and writes down how far the databases have come. */
    @Override
    public synchronized void close() {
        if (!ended) {
            ended = true;
            writeDown(false);
        }
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        try {
            Optional<String> fault = fault();
            if (fault.isPresent()) {
                ended = true;
                lost.accept(fault.get());
            } else if (looks++ % LOOKS_PER_RECORD == 0) {
                writeDown(true);
            }
        } finally {
            if (!ended) {
                background.submitAfter(PERIOD, "store-watch", this::look);
            }
        }
    }

    /** A record that lags is no harm, so a full disk or a passing fault is none either. */
    private void writeDown(boolean open) {
        try {
            stores.writeDown(open);
            complained = false;
        } catch (RuntimeException e) {
            if (!complained) {
                LOG.warn("how far the databases have come could not be written down: {}", e.toString());
                complained = true;
            }
        }
    }
}
