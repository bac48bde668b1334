package skillrunner.application.run.interaction;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.WaitingPolicy;

/**
 * Decides questions that nobody answered in time. While the server lives a question waits as long as it says, whatever the
 * clock does; after a restart the clock tells how much is left, and that is never more than all. Safe for concurrent use.
 */
public final class ExpireInteractions {
    private static final System.Logger LOG = System.getLogger(ExpireInteractions.class.getName());
    private static final Duration RETRY = Duration.ofSeconds(5);

    private final Runs runs;
    private final Interactions interactions;
    private final ShowInteractions show;
    private final RunSignals signals;
    private final BackgroundTasks background;
    private final Clock clock;

    public ExpireInteractions(
            Runs runs,
            Interactions interactions,
            ShowInteractions show,
            RunSignals signals,
            BackgroundTasks background,
            Clock clock) {
        this.runs = Objects.requireNonNull(runs);
        this.interactions = Objects.requireNonNull(interactions);
        this.show = Objects.requireNonNull(show);
        this.signals = Objects.requireNonNull(signals);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
    }

    /** Takes up the questions that waited when the server ended; one whose time is over is decided at once. */
    public void start() {
        interactions.withDeadline().forEach(timed -> arm(timed.run(), timed.interaction()));
    }

    /**
     * Has a question decided when its time is over.
     *
     * @param run the run that waits
     * @param asked its question; one without a deadline waits for ever
     */
    public void arm(RunId run, Interaction asked) {
        asked.deadline().ifPresent(deadline -> {
            Duration all = Duration.between(asked.createdAt(), deadline);
            Duration left = Duration.between(clock.instant(), deadline);
            Duration clamped = left.isNegative() ? Duration.ZERO : left.compareTo(all) > 0 ? all : left;
            background.submitAfter(clamped, "interaction-" + run, () -> expire(run, asked.number()));
        });
    }

    private void expire(RunId id, int number) {
        try {
            Optional<Run> waiting = runs.find(id)
                    .filter(run -> run.status() == RunStatus.WAITING_USER)
                    .filter(run -> run.interactions()
                            .pending()
                            .filter(it -> it == number)
                            .isPresent());
            Optional<Interaction> pending = interactions.find(id, number).filter(Interaction::isPending);
            if (waiting.isPresent() && pending.isPresent() && mayBeDecided(waiting.get())) {
                decide(waiting.get(), pending.get());
            }
        } catch (RuntimeException | OutOfMemoryError | StackOverflowError e) {
            // Whatever it was, without another try the run would wait for good.
            LOG.log(System.Logger.Level.WARNING, "the question of run " + id + " can't be decided yet", e);
            background.submitAfter(RETRY, "interaction-" + id, () -> expire(id, number));
        }
    }

    /** Where only its user may decide, whoever looks after the engine that is kept ends it in time. */
    private boolean mayBeDecided(Run run) {
        return runs.findRequest(run.requestId())
                .filter(request -> WaitingPolicy.onExpiry(request.options(), run.keepsEngine())
                        == WaitingPolicy.Expiry.AUTO_DECISION)
                .isPresent();
    }

    /** A run that goes on without its user was admitted once and is not turned away now. */
    private void decide(Run run, Interaction pending) {
        Instant now = clock.instant();
        Interaction decided = pending.decided(new Decision(
                Optional.of(WaitingPolicy.autoDecision(pending)),
                DecidedBy.AUTO_DECIDE_TIMEOUT,
                now,
                Optional.of("auto-timeout:" + pending.number())));
        RunChange change = run.autoDecided(now);
        if (interactions.decide(change, decided, Integer.MAX_VALUE) != Interactions.Deciding.DECIDED) {
            // Somebody decided, or the run moved otherwise, as when a restart finds it; the next look tells which.
            background.submitAfter(RETRY, "interaction-" + run.id(), () -> expire(run.id(), pending.number()));
        } else {
            LOG.log(
                    System.Logger.Level.INFO,
                    "run run_id={0} waiting_user->{1}: nobody answered",
                    run.id(),
                    change.after().status().wire());
            try {
                show.showAnswered(run.id());
            } finally {
                // The decision is stored, whatever becomes of what shows it.
                signals.wake(run.id());
                signals.wakeQueue();
            }
        }
    }
}
