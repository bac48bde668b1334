package skillrunner.domain.run;

import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.run.ProcessesEnded.Last;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ProcessesEndedTest {
    private static final Last SLEEP = new Last(7, "sleep", ProcessEnd.TERMINATED);
    private static final Last SHED = new Last(9, "shed", ProcessEnd.WITH_NAMESPACE);

    @Test
    void who_was_left_at_first_is_counted_once() {
        ProcessesEnded first = new ProcessesEnded(3, 2, true, Optional.of(new Last(5, "x", ProcessEnd.STILL_THERE)));
        ProcessesEnded second = new ProcessesEnded(2, 0, true, Optional.of(SLEEP));

        assertThat(first.and(second)).isEqualTo(new ProcessesEnded(5, 0, true, Optional.of(SLEEP)));
    }

    @Test
    void a_look_that_found_nothing_takes_nothing_back() {
        ProcessesEnded first = new ProcessesEnded(3, 0, true, Optional.of(SLEEP));

        assertThat(first.and(ProcessesEnded.NONE)).isEqualTo(first);
        assertThat(first.and(ProcessesEnded.UNSEEN)).isEqualTo(first);
        assertThat(ProcessesEnded.UNSEEN.and(first)).isEqualTo(first);
    }

    @Test
    void the_end_of_a_namespace_is_counted_once() {
        ProcessesEnded stopped = new ProcessesEnded(4, 0, true, Optional.of(SLEEP));
        ProcessesEnded told = new ProcessesEnded(3, 0, true, Optional.of(SHED));

        assertThat(stopped.and(told)).isEqualTo(stopped);
        assertThat(ProcessesEnded.UNSEEN.and(told)).isEqualTo(told);
    }

    @Test
    void a_name_is_cut_and_what_could_deceive_is_replaced() {
        Last last = new Last(1, "a\nb\u202Ec" + "x".repeat(100), ProcessEnd.KILLED);

        assertThat(last.name()).startsWith("a\uFFFDb\uFFFDcx").hasSize(64);
    }

    @Test
    void no_number_is_negative() {
        assertThatIllegalArgumentException().isThrownBy(() -> new ProcessesEnded(-1, 0, true, Optional.empty()));
        assertThatIllegalArgumentException().isThrownBy(() -> new ProcessesEnded(0, -1, true, Optional.empty()));
    }

    @ParameterizedTest
    @EnumSource(ProcessEnd.class)
    void every_end_has_a_word(ProcessEnd end) {
        assertThat(ProcessEnd.parse(end.wire())).isEqualTo(end);
    }
}
