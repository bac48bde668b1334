package skillrunner.application.run.interaction;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.function.Supplier;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.Bell;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Subscription;
import skillrunner.application.time.Countdown;
import skillrunner.application.time.MonotonicClock;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;

/** Looks up what a run asks, and waits for it if need be. Safe for concurrent use. */
public final class FindPending {
    /** Nobody waits longer. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(55);

    /** So many wait at once; whoever comes then is answered at once. */
    private static final int MOST_WAITING = 256;

    /** A wake-up call may be lost. */
    private static final Duration LOOK = Duration.ofSeconds(5);

    private final Interactions interactions;
    private final RunSignals signals;
    private final BackgroundTasks background;
    private final MonotonicClock time;
    private final Semaphore places = new Semaphore(MOST_WAITING);

    public FindPending(Interactions interactions, RunSignals signals, BackgroundTasks background, MonotonicClock time) {
        this.interactions = Objects.requireNonNull(interactions);
        this.signals = Objects.requireNonNull(signals);
        this.background = Objects.requireNonNull(background);
        this.time = Objects.requireNonNull(time);
    }

    /**
     * What a run asks.
     *
     * @param status where it stands
     * @param pending the question that waits, if one does
     */
    public record Pending(RunStatus status, Optional<Interaction> pending) {
        /** Refuses null parts. */
        public Pending {
            Objects.requireNonNull(status);
            Objects.requireNonNull(pending);
        }

        private boolean isWorthTelling() {
            return pending.isPresent() || status.isTerminal();
        }
    }

    /**
     * Looks.
     *
     * @param look finds the run and its request; its refusals pass through
     * @param atMost how long to wait for a question, or for the end of the run; zero to look once
     * @return what it asks
     * @throws RefusedException with {@code RUN_NOT_INTERACTIVE}
     */
    public Pending find(Supplier<FindRun.Found> look, Duration atMost) {
        Pending first = pending(look.get());
        if (first.isWorthTelling() || atMost.isZero() || !places.tryAcquire()) {
            return first;
        }
        try {
            return await(look, Countdown.of(time, atMost));
        } finally {
            places.release();
        }
    }

    private Pending await(Supplier<FindRun.Found> look, Countdown limit) {
        Bell bell = background.bell();
        try (Subscription watch = signals.watch(look.get().run().id(), bell::ring)) {
            Pending now = pending(look.get());
            while (!now.isWorthTelling() && !limit.isOver()) {
                bell.await(limit.atMost(LOOK));
                now = pending(look.get());
            }
            return now;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return pending(look.get());
        }
    }

    private Pending pending(FindRun.Found found) {
        if (found.request().options().executionMode() != ExecutionMode.INTERACTIVE) {
            throw new RefusedException(ErrorCode.RUN_NOT_INTERACTIVE, "The run asks no questions: its mode is 'auto'");
        }
        return new Pending(
                found.run().status(),
                found.run()
                        .interactions()
                        .pending()
                        .flatMap(number -> interactions.find(found.run().id(), number))
                        .filter(Interaction::isPending));
    }
}
