package skillrunner.application.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.engine.EngineId;

/**
 * Has what an engine is signed in with renewed before a run begins. A run waits for moments only, and begins as it is if that is not enough,
 * for its CLI may do it yet. The renewal goes on by itself: what a provider answers must not get lost because somebody is in a hurry, or
 * because his run was cancelled. Safe for concurrent use.
 */
public final class RenewSignIns {
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final SignInRenewal renewal;
    private final BackgroundTasks background;
    private final Map<EngineId, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /**
     * Takes its collaborators.
     *
     * @param renewal renews
     * @param background gives the threads
     */
    public RenewSignIns(SignInRenewal renewal, BackgroundTasks background) {
        this.renewal = Objects.requireNonNull(renewal);
        this.background = Objects.requireNonNull(background);
    }

    /**
     * Waits until an engine's sign-in is fit for a run, or for moments. Returns at once if nothing is due.
     *
     * @param engine the engine
     */
    public void before(EngineId engine) {
        if (!renewal.isDue(engine)) {
            return;
        }
        CountDownLatch over = begin(engine);
        try {
            if (!over.await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                System.getLogger(RenewSignIns.class.getName())
                        .log(
                                System.Logger.Level.INFO,
                                "the sign-in of {0} is still being renewed; a run begins meanwhile",
                                engine);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Goes on with what an earlier server had begun. Waits for nothing. */
    public void recover() {
        background.submit("renew-unanswered", () -> renewal.unanswered().forEach(this::begin));
    }

    private CountDownLatch begin(EngineId engine) {
        CountDownLatch fresh = new CountDownLatch(1);
        CountDownLatch present = underWay.putIfAbsent(engine, fresh);
        if (present != null) {
            return present;
        }
        try {
            background.submit("renew-" + engine, () -> renew(engine, fresh));
        } catch (RuntimeException | Error e) {
            end(engine, fresh);
            throw e;
        }
        return fresh;
    }

    private void renew(EngineId engine, CountDownLatch over) {
        try {
            renewal.renew(engine);
        } finally {
            end(engine, over);
        }
    }

    private void end(EngineId engine, CountDownLatch over) {
        underWay.remove(engine, over);
        over.countDown();
    }
}
