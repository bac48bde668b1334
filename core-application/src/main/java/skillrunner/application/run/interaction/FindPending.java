package skillrunner.application.run.interaction;

import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Subscription;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;

/** Looks up what a run asks. Safe for concurrent use. */
public final class FindPending {
    /** Nobody waits longer for a question. */
    public static final Duration LONGEST_WAIT = Duration.ofSeconds(55);

    private final Interactions interactions;
    private final WorkingDirectories directories;
    private final InteractiveProfiles profiles;
    private final RunSignals signals;

    public FindPending(
            Interactions interactions,
            WorkingDirectories directories,
            InteractiveProfiles profiles,
            RunSignals signals) {
        this.interactions = Objects.requireNonNull(interactions);
        this.directories = Objects.requireNonNull(directories);
        this.profiles = Objects.requireNonNull(profiles);
        this.signals = Objects.requireNonNull(signals);
    }

    /**
     * What a run asks.
     *
     * @param status where it stands
     * @param profile how answers reach its engine
     * @param pending the question that waits, if one does
     * @param directory where the run's engine works, if the question is about a danger; absolute
     */
    public record Pending(
            RunStatus status, InteractiveProfile profile, Optional<Interaction> pending, Optional<String> directory) {
        /** Refuses null parts. */
        public Pending {
            Objects.requireNonNull(status);
            Objects.requireNonNull(profile);
            Objects.requireNonNull(pending);
            Objects.requireNonNull(directory);
        }

        /**
         * Tells whether there is something to do for whoever waits for a question.
         *
         * @return true if there is a question, or never will be one
         */
        public boolean isWorthTelling() {
            return pending.isPresent() || status.isTerminal();
        }
    }

    /**
     * Looks.
     *
     * @param found the run and its request
     * @return what it asks
     * @throws RefusedException with {@code RUN_NOT_INTERACTIVE}
     */
    public Pending find(FindRun.Found found) {
        if (found.request().options().executionMode() != ExecutionMode.INTERACTIVE) {
            throw new RefusedException(ErrorCode.RUN_NOT_INTERACTIVE, "The run asks no questions: its mode is 'auto'");
        }
        Run run = found.run();
        Optional<Interaction> pending = run.interactions()
                .pending()
                .flatMap(number -> interactions.find(run.id(), number))
                .filter(Interaction::isPending);
        return new Pending(
                run.status(),
                profiles.of(run, found.request()).orElseThrow(),
                pending,
                pending.filter(asked -> asked.question().kind() == InteractionKind.RISK_ACK)
                        .map(asked -> directories.of(run.id(), asked.attempt())));
    }

    /**
     * Begins to watch a run that asks nothing yet. To miss nothing, look at it after this returns.
     *
     * @param run the run
     * @param wakeUp called from any thread when it may ask something, or may have ended
     * @return ends the watch
     */
    public Subscription watch(RunId run, Runnable wakeUp) {
        return signals.watch(run, wakeUp);
    }
}
