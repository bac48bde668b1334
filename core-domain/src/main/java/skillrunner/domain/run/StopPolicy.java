package skillrunner.domain.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Why the server ends an engine that works, or takes what one has written for spoiled. The first rule that applies decides,
 * and what was decided once does not change any more.
 */
public final class StopPolicy {
    private StopPolicy() {}

    /**
     * What is known while an attempt has no receipt yet.
     *
     * @param decided what was decided before
     * @param works whether its engine works; what has ended by itself needs no reason to be stopped
     * @param cancelRequested whether somebody asked for the end
     * @param fault what keeps this server from going on with the run
     * @param diskWasFull whether the disk was full while the engine worked, so that bytes may be missing
     * @param overdue whether the hard timeout has passed
     */
    public record Facts(
            Optional<RunFailureCode> decided,
            boolean works,
            boolean cancelRequested,
            Optional<RunFailure> fault,
            boolean diskWasFull,
            boolean overdue) {
        /** Refuses null parts. */
        public Facts {
            Objects.requireNonNull(decided);
            Objects.requireNonNull(fault);
        }
    }

    private record Rule(Predicate<Facts> applies, Function<Facts, RunFailureCode> reason) {}

    private static final List<Rule> RULES = List.of(
            new Rule(facts -> facts.decided().isPresent(), facts -> facts.decided()
                    .orElseThrow()),
            new Rule(facts -> facts.works() && facts.cancelRequested(), facts -> RunFailureCode.CANCELED_BY_USER),
            new Rule(
                    facts -> facts.works() && facts.fault().isPresent(),
                    facts -> facts.fault().orElseThrow().code()),
            new Rule(facts -> facts.diskWasFull() && facts.fault().isEmpty(), facts -> RunFailureCode.STORAGE_FULL),
            new Rule(facts -> facts.works() && facts.overdue(), facts -> RunFailureCode.TIMEOUT));

    /**
     * Decides.
     *
     * @param facts what is known
     * @return the reason, to be stored before anything else is done; empty while the engine may work on, and for one that ended
     *     in peace
     */
    public static Optional<RunFailureCode> reason(Facts facts) {
        return RULES.stream()
                .filter(rule -> rule.applies().test(facts))
                .findFirst()
                .map(rule -> rule.reason().apply(facts));
    }

    /**
     * Says it to people.
     *
     * @param reason why the server ended the engine
     * @param hardTimeoutSeconds the run's limit
     * @return the failure of the run, unless it is judged in another way
     */
    public static RunFailure failure(RunFailureCode reason, int hardTimeoutSeconds) {
        return new RunFailure(
                reason,
                switch (reason) {
                    case TIMEOUT -> "The run exceeded its hard timeout of " + hardTimeoutSeconds + " seconds";
                    case STORAGE_FULL -> "The disk was full while the run worked, so its output may have holes";
                    case CANCELED_BY_USER,
                            AUTH_REQUIRED,
                            ORCHESTRATOR_RESTART_INTERRUPTED,
                            PREPARATION_FAILED,
                            INPUT_VALIDATION_FAILED,
                            OUTPUT_VALIDATION_FAILED,
                            ANSWER_LIMIT_EXCEEDED,
                            ENGINE_EXIT_NONZERO,
                            ENGINE_UNAVAILABLE,
                            ENGINE_VERSION_UNSUPPORTED,
                            SKILL_NOT_FOUND,
                            INTERNAL_ERROR -> "The server ended the engine";
                });
    }
}
