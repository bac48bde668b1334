package skillrunner.domain.run;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;

class StopPolicyTest {
    private static final RunFailure FAULT = new RunFailure(RunFailureCode.INTERNAL_ERROR, "fault");

    /** Written a second time, as people would say it; the table must come to the same whatever is known. */
    @Test
    void whatever_is_known_the_first_reason_decides() {
        for (Optional<RunFailureCode> decided :
                List.of(Optional.<RunFailureCode>empty(), Optional.of(RunFailureCode.CANCELED_BY_USER))) {
            for (Optional<RunFailure> fault : List.of(Optional.<RunFailure>empty(), Optional.of(FAULT))) {
                for (int bits = 0; bits < 32; bits++) {
                    StopPolicy.Facts facts = new StopPolicy.Facts(
                            decided,
                            (bits & 1) != 0,
                            (bits & 2) != 0,
                            fault,
                            (bits & 4) != 0,
                            (bits & 16) != 0 ? Optional.of(RunFailureCode.FILE_LIMIT_EXCEEDED) : Optional.empty(),
                            (bits & 8) != 0);

                    assertThat(StopPolicy.reason(facts)).as("%s", facts).isEqualTo(expected(facts));
                }
            }
        }
    }

    private static Optional<RunFailureCode> expected(StopPolicy.Facts facts) {
        if (facts.decided().isPresent()) {
            return facts.decided();
        }
        if (facts.works()) {
            if (facts.cancelRequested()) {
                return Optional.of(RunFailureCode.CANCELED_BY_USER);
            }
            if (facts.fault().isPresent()) {
                return facts.fault().map(RunFailure::code);
            }
        }
        if (facts.diskWasFull() && facts.fault().isEmpty()) {
            return Optional.of(RunFailureCode.STORAGE_FULL);
        }
        if (facts.breach().isPresent() && facts.fault().isEmpty()) {
            return facts.breach();
        }
        return facts.works() && facts.overdue() ? Optional.of(RunFailureCode.TIMEOUT) : Optional.empty();
    }

    @ParameterizedTest
    @EnumSource(RunFailureCode.class)
    void only_who_takes_too_much_is_not_asked_to_end(RunFailureCode reason) {
        assertThat(StopPolicy.endsAtOnce(reason))
                .isEqualTo(reason.name().endsWith("_LIMIT_EXCEEDED") && reason != RunFailureCode.ANSWER_LIMIT_EXCEEDED);
    }

    @ParameterizedTest
    @EnumSource(RunFailureCode.class)
    void every_reason_can_be_said_to_people(RunFailureCode reason) {
        RunFailure failure = StopPolicy.failure(reason, 9);

        assertThat(failure.code()).isEqualTo(reason);
        assertThat(failure.message()).isNotBlank();
    }
}
