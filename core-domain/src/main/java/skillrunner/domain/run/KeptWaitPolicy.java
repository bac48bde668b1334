package skillrunner.domain.run;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * What becomes of a run whose engine keeps running while it waits for its user. The engine is ended before the run is, so there
 * are two questions: why it is to be ended, and what the run comes to once it is gone. The first rule that applies decides.
 */
public final class KeptWaitPolicy {
    /** Why a run fails whose engine did not wait. */
    public static final RunFailure LOST = new RunFailure(
            RunFailureCode.INTERACTION_PROCESS_LOST, "The engine that kept running for the answer is gone");

    private KeptWaitPolicy() {}

    /**
     * What is known of a run that waits with its engine.
     *
     * @param decided why the engine is to be ended, if that was decided before
     * @param works whether the engine is there
     * @param cancelRequested whether somebody asked for the end
     * @param fault what keeps this server from going on with the run
     * @param exceeded the limit of what a run may take that is exceeded, if one is
     * @param expired whether nobody has answered in time and only its user may
     * @param seen whether this server has seen the engine wait
     */
    public record Facts(
            Optional<RunFailureCode> decided,
            boolean works,
            boolean cancelRequested,
            Optional<RunFailure> fault,
            Optional<RunFailureCode> exceeded,
            boolean expired,
            boolean seen) {
        /** Refuses null parts. */
        public Facts {
            Objects.requireNonNull(decided);
            Objects.requireNonNull(fault);
            Objects.requireNonNull(exceeded);
        }
    }

    private record Rule<T>(Predicate<Facts> applies, Function<Facts, T> result) {}

    private static final List<Rule<RunFailureCode>> REASONS = List.of(
            new Rule<>(facts -> facts.decided().isPresent(), facts -> facts.decided()
                    .orElseThrow()),
            new Rule<>(Facts::cancelRequested, facts -> RunFailureCode.CANCELED_BY_USER),
            new Rule<>(
                    facts -> facts.fault().isPresent(),
                    facts -> facts.fault().orElseThrow().code()),
            new Rule<>(facts -> facts.exceeded().isPresent(), facts -> facts.exceeded()
                    .orElseThrow()),
            new Rule<>(Facts::expired, facts -> RunFailureCode.INTERACTION_WAIT_TIMEOUT));

    private static final List<Rule<Verdict>> ENDS = List.of(
            new Rule<>(Facts::cancelRequested, facts -> new Verdict.Canceled()),
            new Rule<>(
                    facts -> facts.fault().isPresent(),
                    facts -> new Verdict.Failed(facts.fault().orElseThrow())),
            new Rule<>(
                    facts -> facts.decided().isPresent(),
                    facts -> new Verdict.Failed(
                            StopPolicy.failure(facts.decided().orElseThrow(), 0))),
            new Rule<>(Facts::seen, facts -> new Verdict.Failed(LOST)),
            new Rule<>(facts -> true, facts -> new Verdict.Interrupted(LOST)));

    /**
     * Decides whether the engine is ended.
     *
     * @param facts what is known
     * @return why, to be stored before the first signal is sent; empty while it may wait, and if it is gone
     */
    public static Optional<RunFailureCode> reason(Facts facts) {
        return facts.works() ? first(REASONS, facts) : Optional.empty();
    }

    /**
     * Judges a run whose engine is gone, or could not be ended however often that was tried.
     *
     * @param facts what is known
     * @return what it comes to
     */
    public static Verdict end(Facts facts) {
        return first(ENDS, facts).orElseThrow();
    }

    private static <T> Optional<T> first(List<Rule<T>> rules, Facts facts) {
        return rules.stream()
                .filter(rule -> rule.applies().test(facts))
                .findFirst()
                .map(rule -> rule.result().apply(facts));
    }
}
