package skillrunner.testkit.simulation;

import java.time.Duration;
import skillrunner.application.background.Bell;

/** A bell whose waiting takes simulated time. */
final class SimulatedBell implements Bell {
    private final Scheduler scheduler;
    private volatile boolean rung;

    SimulatedBell(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    @Override
    public void ring() {
        rung = true;
    }

    /** A moment is no time at all here: what comes in it comes before or after. */
    @Override
    public void ringSoon() {
        ring();
    }

    @Override
    public void await(Duration atMost) throws InterruptedException {
        scheduler.await(this, atMost);
    }

    boolean hasRung() {
        return rung;
    }

    void silence() {
        rung = false;
    }
}
