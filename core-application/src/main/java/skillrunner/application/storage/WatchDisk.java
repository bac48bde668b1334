package skillrunner.application.storage;

import java.time.Duration;
import java.util.Objects;
import skillrunner.application.background.BackgroundTasks;

/**
 * Looks at the disk several times a second, so that a shortage is counted also if it passes before a run looks, and the reserve is taken
 * again as soon as there is room. Safe for concurrent use.
 */
public final class WatchDisk {
    private static final Duration EVERY = Duration.ofMillis(200);

    private final DiskReserve reserve;
    private final BackgroundTasks background;

    public WatchDisk(DiskReserve reserve, BackgroundTasks background) {
        this.reserve = Objects.requireNonNull(reserve);
        this.background = Objects.requireNonNull(background);
    }

    /** Begins to look, until the server ends. */
    public void start() {
        background.submitAfter(EVERY, "watch-disk", this::look);
    }

    private void look() {
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
