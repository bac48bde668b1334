package skillrunner.domain.run;

import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
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
     * @param breach the limit of a run that it exceeds
     * @param overdue whether the hard timeout has passed
     */
    public record Facts(
            Optional<RunFailureCode> decided,
            boolean works,
            boolean cancelRequested,
            Optional<RunFailure> fault,
            boolean diskWasFull,
            Optional<RunFailureCode> breach,
            boolean overdue) {
        /** Refuses null parts. */
        public Facts {
            Objects.requireNonNull(decided);
            Objects.requireNonNull(breach);
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
            new Rule(facts -> facts.breach().isPresent() && facts.fault().isEmpty(), facts -> facts.breach()
                    .orElseThrow()),
            new Rule(facts -> facts.works() && facts.overdue(), facts -> RunFailureCode.TIMEOUT));

    /** Whoever takes too much takes more with every second it is asked politely. */
    private static final Set<RunFailureCode> AT_ONCE = EnumSet.of(
            RunFailureCode.OUTPUT_LIMIT_EXCEEDED,
            RunFailureCode.FILE_LIMIT_EXCEEDED,
            RunFailureCode.PROCESS_LIMIT_EXCEEDED,
            RunFailureCode.MEMORY_LIMIT_EXCEEDED);

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
     * Tells how an engine is ended.
     *
     * @param reason why
     * @return whether it is ended by force, without being asked before
     */
    public static boolean endsAtOnce(RunFailureCode reason) {
        return AT_ONCE.contains(reason);
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
                    case OUTPUT_LIMIT_EXCEEDED -> "The run wrote more output than a run may";
                    case FILE_LIMIT_EXCEEDED -> "The run wrote more, or more files, than a run may";
                    case PROCESS_LIMIT_EXCEEDED -> "The run had more processes at once than a run may";
                    case MEMORY_LIMIT_EXCEEDED -> "The run held more memory than a run may";
                    case INTERACTION_WAIT_TIMEOUT -> "Nobody answered in time, and the engine was not kept any longer";
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
                            SESSION_RESUME_FAILED,
                            INTERACTION_PROCESS_LOST,
                            INTERACTIVE_MAX_ATTEMPT_EXCEEDED,
                            INTERNAL_ERROR -> "The server ended the engine";
                });
    }
}
