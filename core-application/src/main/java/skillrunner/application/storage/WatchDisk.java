package skillrunner.application.storage;

import java.time.Duration;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;

/**
 * Looks at the disk several times a second, so that a shortage is counted also if it passes before a run looks, and the reserve is taken
 * again as soon as there is room. Safe for concurrent use.
 */
public final class WatchDisk implements AutoCloseable {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final DiskReserve reserve;
    private final BackgroundTasks background;
    private boolean ended;

    public WatchDisk(DiskReserve reserve, BackgroundTasks background) {
        this.reserve = Objects.requireNonNull(reserve);
        this.background = Objects.requireNonNull(background);
    }

    /** Begins to look, until it is closed. */
    public synchronized void start() {
        if (!ended) {
            background.submitAfter(EVERY, "watch-disk", this::look);
        }
    }

    /** Ends the looking. Whoever closes the server may remove its data directory, so a look that is under way is waited for. */
    @Override
    public synchronized void close() {
        ended = true;
    }

    private synchronized void look() {
        if (ended) {
            return;
        }
        try {
            if (!reserve.exhausted()) {
                reserve.restore();
            }
        } finally {
            // Whatever one look meets, the next one comes.
            start();
        }
    }
}
