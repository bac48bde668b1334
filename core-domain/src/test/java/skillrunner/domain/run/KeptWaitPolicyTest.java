package skillrunner.domain.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class KeptWaitPolicyTest {
    private static final RunFailure FAULT = new RunFailure(RunFailureCode.INTERNAL_ERROR, "broken");

    @ParameterizedTest
    @CsvSource({
        // decided, works, canceled, fault, exceeded, expired, reason
        ", true,  false, false, false, false, ",
        ", true,  false, false, false, true,  INTERACTION_WAIT_TIMEOUT",
        ", true,  false, false, true,  true,  MEMORY_LIMIT_EXCEEDED",
        ", true,  false, true,  true,  true,  INTERNAL_ERROR",
        ", true,  true,  true,  true,  true,  CANCELED_BY_USER",
        ", true,  true,  false, false, false, CANCELED_BY_USER",
        "INTERACTION_WAIT_TIMEOUT, true,  true,  true,  true,  false, INTERACTION_WAIT_TIMEOUT",
        "INTERACTION_WAIT_TIMEOUT, true,  false, false, false, false, INTERACTION_WAIT_TIMEOUT",
        ", false, true,  true,  true,  true,  ",
        "INTERACTION_WAIT_TIMEOUT, false, false, false, false, false, ",
    })
    void an_engine_is_ended_for_the_first_reason_there_is(
            @Nullable RunFailureCode decided,
            boolean works,
            boolean canceled,
            boolean fault,
            boolean exceeded,
            boolean expired,
            @Nullable RunFailureCode reason) {
        assertThat(KeptWaitPolicy.reason(facts(decided, works, canceled, fault, exceeded, expired, true)))
                .isEqualTo(Optional.ofNullable(reason));
    }

    @ParameterizedTest
    @CsvSource({
        // decided, canceled, fault, seen, verdict
        ", false, false, true,  FAILED INTERACTION_PROCESS_LOST",
        ", false, false, false, INTERRUPTED INTERACTION_PROCESS_LOST",
        "INTERACTION_WAIT_TIMEOUT, false, false, true,  FAILED INTERACTION_WAIT_TIMEOUT",
        "INTERACTION_WAIT_TIMEOUT, false, false, false, FAILED INTERACTION_WAIT_TIMEOUT",
        "INTERACTION_WAIT_TIMEOUT, false, true,  true,  FAILED INTERNAL_ERROR",
        "INTERACTION_WAIT_TIMEOUT, true,  true,  true,  CANCELED",
        ", true,  false, false, CANCELED",
        ", false, true,  false, FAILED INTERNAL_ERROR",
    })
    void what_the_run_comes_to_is_told_by_why_its_engine_is_gone(
            @Nullable RunFailureCode decided, boolean canceled, boolean fault, boolean seen, String verdict) {
        assertThat(word(KeptWaitPolicy.end(facts(decided, false, canceled, fault, false, false, seen))))
                .isEqualTo(verdict);
    }

    @Test
    void a_wish_wins_whatever_else_is_known_and_nothing_else_cancels() {
        for (KeptWaitPolicy.Facts facts : everything()) {
            assertThat(KeptWaitPolicy.end(facts) instanceof Verdict.Canceled)
                    .as(facts.toString())
                    .isEqualTo(facts.cancelRequested());
            assertThat(KeptWaitPolicy.reason(facts).isPresent())
                    .as(facts.toString())
                    .isEqualTo(facts.works()
                            && (facts.decided().isPresent()
                                    || facts.cancelRequested()
                                    || facts.fault().isPresent()
                                    || facts.exceeded().isPresent()
                                    || facts.expired()));
        }
    }

    private static List<KeptWaitPolicy.Facts> everything() {
        List<KeptWaitPolicy.Facts> all = new ArrayList<>();
        Stream.of(Optional.<RunFailureCode>empty(), Optional.of(RunFailureCode.INTERACTION_WAIT_TIMEOUT))
                .forEach(decided -> {
                    for (int bits = 0; bits < 64; bits++) {
                        all.add(facts(
                                decided.orElse(null),
                                (bits & 1) != 0,
                                (bits & 2) != 0,
                                (bits & 4) != 0,
                                (bits & 8) != 0,
                                (bits & 16) != 0,
                                (bits & 32) != 0));
                    }
                });
        return all;
    }

    private static KeptWaitPolicy.Facts facts(
            @Nullable RunFailureCode decided,
            boolean works,
            boolean canceled,
            boolean fault,
            boolean exceeded,
            boolean expired,
            boolean seen) {
        return new KeptWaitPolicy.Facts(
                Optional.ofNullable(decided),
                works,
                canceled,
                fault ? Optional.of(FAULT) : Optional.empty(),
                exceeded ? Optional.of(RunFailureCode.MEMORY_LIMIT_EXCEEDED) : Optional.empty(),
                expired,
                seen);
    }

    private static String word(Verdict verdict) {
        if (verdict instanceof Verdict.Failed failed) {
            return "FAILED " + failed.failure().code();
        }
        return verdict instanceof Verdict.Interrupted interrupted
                ? "INTERRUPTED " + interrupted.failure().code()
                : "CANCELED";
    }
}
