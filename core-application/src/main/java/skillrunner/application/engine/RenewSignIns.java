package skillrunner.application.engine;

import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.engine.EngineId;

/**
 * Has what an engine is signed in with renewed before a run begins, or its interface in a terminal. A run waits for moments only, and begins as it is if that is not enough,
 * for its CLI may do it yet. The renewal goes on by itself: what a provider answers must not get lost because somebody is in a hurry, or
 * because his run was cancelled. What stays without an answer is asked for again without a run, at growing distances, since a provider forgives
 * it for a while only. Safe for concurrent use.
 */
public final class RenewSignIns {
    private static final System.Logger LOG = System.getLogger(RenewSignIns.class.getName());
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Longer than a token is left alone that has no answer. */
    private static final Duration FIRST_PAUSE = Duration.ofSeconds(20);

    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(15);

    private final SignInRenewal renewal;
    private final BackgroundTasks background;
    private final Map<EngineId, CountDownLatch> underWay = new ConcurrentHashMap<>();

    /** The engines that are asked for again by themselves. */
    private final Set<EngineId> repeated = ConcurrentHashMap.newKeySet();

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
     * Waits until an engine's sign-in is fit for a start of its CLI, or for moments. Returns at once if nothing is due. What goes wrong is logged:
     * the CLI may begin nevertheless.
     *
     * @param engine the engine
     */
    public void before(EngineId engine) {
        try {
            if (renewal.isDue(engine) && !begin(engine).await(PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
                LOG.log(
                        System.Logger.Level.INFO,
                        "the sign-in of {0} is still being renewed; its CLI begins meanwhile",
                        engine);
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "whether a sign-in has to be renewed could not be told", e);
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
        if (renewal.unanswered().contains(engine) && repeated.add(engine)) {
            repeat(engine, FIRST_PAUSE);
        }
    }

    /** One row of repetitions for each engine; whoever else asks meanwhile does not begin another one. */
    private void repeat(EngineId engine, Duration pause) {
        background.submitAfter(pause, "renew-" + engine, () -> {
            if (renewal.unanswered().contains(engine)) {
                begin(engine);
                Duration longer = pause.multipliedBy(2);
                repeat(engine, longer.compareTo(LONGEST_PAUSE) > 0 ? LONGEST_PAUSE : longer);
            } else {
                repeated.remove(engine);
            }
        });
    }

    private void end(EngineId engine, CountDownLatch over) {
        underWay.remove(engine, over);
        over.countDown();
    }
}
