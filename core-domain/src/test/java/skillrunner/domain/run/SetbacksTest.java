package skillrunner.domain.run;

import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SetbacksTest {
    private static final RunFailure GIVEN_UP = new RunFailure(RunFailureCode.INTERNAL_ERROR, "given up");
    private static final RunFailure OVERDUE = new RunFailure(RunFailureCode.TIMEOUT, "overdue");
    private static final RunFailure OTHER = new RunFailure(RunFailureCode.STORAGE_FULL, "other");

    @Test
    void a_missed_look_is_taken_again_after_longer_and_longer_pauses_and_then_the_run_is_ended() {
        Setbacks setbacks = Setbacks.NONE;
        for (Duration pause : RetryPolicy.LOOK.pauses()) {
            Setbacks.Reaction reaction = setbacks.missedLook(Optional.empty(), GIVEN_UP);
            assertThat(reaction.next()).isEqualTo(Setbacks.Next.LOOK_AGAIN);
            assertThat(reaction.pause()).isEqualTo(pause);
            assertThat(reaction.setbacks().fault()).isEmpty();
            setbacks = reaction.setbacks();
        }

        Setbacks.Reaction last = setbacks.missedLook(Optional.empty(), GIVEN_UP);

        assertThat(last.next()).isEqualTo(Setbacks.Next.END);
        assertThat(last.pause()).isZero();
        assertThat(last.setbacks().fault()).contains(GIVEN_UP);
    }

    @Test
    void a_look_that_succeeds_makes_the_missed_ones_forgotten() {
        Setbacks missed = Setbacks.NONE.missedLook(Optional.empty(), GIVEN_UP).setbacks();

        assertThat(missed.missedLooks()).isEqualTo(1);
        assertThat(missed.looked()).isEqualTo(Setbacks.NONE);
    }

    @Test
    void a_run_whose_time_is_over_is_not_waited_for() {
        Setbacks.Reaction reaction = Setbacks.NONE.missedLook(Optional.of(OVERDUE), GIVEN_UP);

        assertThat(reaction.next()).isEqualTo(Setbacks.Next.END);
        assertThat(reaction.setbacks().fault()).contains(OVERDUE);
    }

    @Test
    void a_run_that_has_a_fault_is_not_waited_for_either_and_keeps_its_first_fault() {
        Setbacks faulty = Setbacks.NONE.faulted(OTHER);

        Setbacks.Reaction reaction = faulty.missedLook(Optional.of(OVERDUE), GIVEN_UP);

        assertThat(reaction.next()).isEqualTo(Setbacks.Next.END);
        assertThat(reaction.setbacks().fault()).contains(OTHER);
        assertThat(reaction.setbacks().failedEnds()).isEqualTo(1);
        assertThat(faulty.faulted(GIVEN_UP)).isEqualTo(faulty);
    }

    @Test
    void a_step_that_fails_ends_the_run_at_once_and_the_end_is_tried_as_the_ending_policy_says() {
        Setbacks.Reaction first = Setbacks.NONE.failed(OTHER);
        assertThat(first.next()).isEqualTo(Setbacks.Next.END);
        assertThat(first.pause()).isZero();

        Setbacks setbacks = first.setbacks();
        for (int failures = 1; failures < 20; failures++) {
            Setbacks.Reaction again = setbacks.failed(GIVEN_UP);
            setbacks = again.setbacks();
            assertThat(setbacks.fault()).contains(OTHER);
            assertThat(setbacks.ending()).isEqualTo(EndingPolicy.after(failures));
            assertThat(again.pause()).isEqualTo(EndingPolicy.after(failures).pause());
        }
        assertThat(setbacks.ending().holdsSlot()).isFalse();
        assertThat(setbacks.ending().withFiles()).isFalse();
    }

    @Test
    void what_will_always_fail_ends_the_run_at_once_and_gives_its_files_up_at_the_next_failure() {
        Setbacks.Reaction first = Setbacks.NONE.failedForGood(OTHER);
        assertThat(first.next()).isEqualTo(Setbacks.Next.END);
        assertThat(first.pause()).isZero();
        assertThat(first.setbacks().ending().withFiles()).isTrue();

        Setbacks.Reaction second = first.setbacks().failedForGood(GIVEN_UP);
        assertThat(second.setbacks().fault()).contains(OTHER);
        assertThat(second.setbacks().ending()).isEqualTo(EndingPolicy.after(EndingPolicy.FAILURES_WITH_FILES + 1));
        assertThat(second.setbacks().ending().withFiles()).isFalse();
        assertThat(second.setbacks().failedForGood(GIVEN_UP).setbacks().failedEnds())
                .isEqualTo(EndingPolicy.FAILURES_WITH_FILES + 2);
    }

    @Test
    void a_verdict_whose_record_can_never_be_written_is_given_up_with_the_reason() {
        Setbacks.Reaction reaction = Setbacks.NONE.judged().failedForGood(OTHER);

        assertThat(reaction.next()).isEqualTo(Setbacks.Next.END);
        assertThat(reaction.setbacks().fault()).contains(OTHER);
        assertThat(reaction.setbacks().ending().withFiles()).isFalse();
    }

    @Test
    void once_the_verdict_stands_only_its_record_is_written_again() {
        Setbacks.Reaction reaction = Setbacks.NONE.judged().missedLook(Optional.of(OVERDUE), GIVEN_UP);

        assertThat(reaction.next()).isEqualTo(Setbacks.Next.RECORD_AGAIN);
        assertThat(reaction.setbacks().fault()).isEmpty();
        assertThat(reaction.pause()).isEqualTo(EndingPolicy.after(1).pause());
    }
}
