package skillrunner.domain.run;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.run.RunLifecycle.Event;
import skillrunner.domain.state.ExpectedTransitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunLifecycleTest {
    private static final List<String> EXPECTED = List.of(
            "event                   | queued   | running      | waiting_user | succeeded | failed | canceled",
            "TURN_STARTED            | running  | -            | -            | -         | -      | -",
            "TURN_SUCCEEDED          | -        | succeeded    | -            | -         | -      | -",
            "TURN_FAILED             | -        | failed       | -            | -         | -      | -",
            "INPUT_NEEDED            | -        | waiting_user | -            | -         | -      | -",
            "REPLY_ACCEPTED          | -        | -            | queued       | -         | -      | -",
            "REPLY_DELIVERED         | -        | -            | running      | -         | -      | -",
            "AUTO_DECIDED            | -        | -            | queued       | -         | -      | -",
            "AUTO_DECISION_DELIVERED | -        | -            | running      | -         | -      | -",
            "WAIT_EXPIRED            | -        | -            | failed       | -         | -      | -",
            "PROCESS_LOST            | -        | -            | failed       | -         | -      | -",
            "CANCELED_BY_USER        | canceled | canceled     | canceled     | -         | -      | -",
            "RESTART_PRESERVED       | queued   | running      | waiting_user | -         | -      | -",
            "RESTART_INTERRUPTED     | -        | failed       | failed       | -         | -      | -");

    static Stream<Arguments> everyPair() {
        return ExpectedTransitions.everyPair(EXPECTED, RunStatus::of, RunStatus.values(), Event.class);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            RunStatus state, Event event, Optional<RunStatus> expected) {
        ExpectedTransitions.assertNext(RunLifecycle.TABLE, state, event, expected);
    }

    @Test
    void every_state_is_reachable_and_exactly_three_are_terminal() {
        assertThat(RunLifecycle.TABLE.initial()).isEqualTo(RunStatus.QUEUED);
        assertThat(RunLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(RunStatus.values());
        assertThat(Arrays.stream(RunStatus.values()).filter(RunStatus::isTerminal))
                .containsExactly(RunStatus.SUCCEEDED, RunStatus.FAILED, RunStatus.CANCELED);
    }

    @Test
    void a_restart_never_interrupts_a_queued_run_and_every_unfinished_run_survives_one() {
        assertThat(RunLifecycle.TABLE.accepts(RunStatus.QUEUED, Event.RESTART_INTERRUPTED))
                .isFalse();
        assertThat(Arrays.stream(RunStatus.values()).filter(status -> !status.isTerminal()))
                .allMatch(status ->
                        RunLifecycle.TABLE.next(status, Event.RESTART_PRESERVED).equals(Optional.of(status)));
    }

    @Test
    void wire_names_are_lower_case_and_read_back() {
        assertThat(RunStatus.values()).allMatch(status -> RunStatus.of(status.wire()) == status);
        assertThat(RunStatus.WAITING_USER.wire()).isEqualTo("waiting_user");
        assertThatThrownBy(() -> RunStatus.of("WAITING_USER")).isInstanceOf(IllegalArgumentException.class);
    }
}
