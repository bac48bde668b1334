package skillrunner.application.background;

import java.time.Duration;

/** Wakes whoever waits for it; is not missed when it rings before anybody waits. Safe for concurrent use. */
public interface Bell {
    /** Wakes whoever waits, or the next one to wait. */
    void ring();

    /**
     * Wakes whoever waits, or the next one to wait, after a moment in which more of the same may come; rung meanwhile, it wakes at once. For
     * what comes often and may give way to somebody else.
     */
    void ringSoon();

    /**
     * Returns when the bell has rung since the last return, or when so much time has passed, whatever clocks say.
     *
     * @param atMost how long to wait
     * @throws InterruptedException if the thread is interrupted
     */
    void await(Duration atMost) throws InterruptedException;
}
