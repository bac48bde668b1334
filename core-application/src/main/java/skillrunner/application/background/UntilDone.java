package skillrunner.application.background;

import java.time.Duration;
import java.util.Objects;

/**
 * Does what has to be done in the end, such as storing how a task ended: at once, and if that fails, later, as often as it
 * takes. What the server's own end cuts off is a matter of its next start. Immutable.
 */
public final class UntilDone {
    private static final System.Logger LOG = System.getLogger(UntilDone.class.getName());

    private final BackgroundTasks background;
    private final Duration pause;

    public UntilDone(BackgroundTasks background, Duration pause) {
        this.background = Objects.requireNonNull(background);
        this.pause = Objects.requireNonNull(pause);
    }

    /**
     * Tries it on this thread; if it fails, it is tried again on others.
     *
     * @param name shown in thread dumps and logs
     * @param work what to do; may be begun several times
     */
    public void carryOut(String name, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            LOG.log(System.Logger.Level.WARNING, name + " could not be ended; trying again", e);
            background.submitAfter(pause, name, () -> carryOut(name, work));
        }
    }
}
