package skillrunner.domain.upgrade;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.state.ExpectedTransitions;
import skillrunner.domain.upgrade.UpgradeLifecycle.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpgradeLifecycleTest {
    private static final List<String> EXPECTED = List.of(
            "event                  | queued  | running   | succeeded | failed",
            "STARTED                | running | -         | -         | -",
            "EVERY_ENGINE_SUCCEEDED | -       | succeeded | -         | -",
            "AN_ENGINE_FAILED       | -       | failed    | -         | -",
            "ABANDONED              | failed  | failed    | -         | -");

    static Stream<Arguments> everyPair() {
        return ExpectedTransitions.everyPair(EXPECTED, UpgradeStatus::of, UpgradeStatus.values(), Event.class);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            UpgradeStatus state, Event event, Optional<UpgradeStatus> expected) {
        ExpectedTransitions.assertNext(UpgradeLifecycle.TABLE, state, event, expected);
    }

    @Test
    void every_state_is_reachable_and_exactly_two_are_terminal() {
        assertThat(UpgradeLifecycle.TABLE.initial()).isEqualTo(UpgradeStatus.QUEUED);
        assertThat(UpgradeLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(UpgradeStatus.values());
        assertThat(Arrays.stream(UpgradeStatus.values()).filter(UpgradeStatus::isTerminal))
                .containsExactly(UpgradeStatus.SUCCEEDED, UpgradeStatus.FAILED);
    }

    @Test
    void every_unfinished_task_can_be_abandoned() {
        assertThat(Arrays.stream(UpgradeStatus.values()).filter(status -> !status.isTerminal()))
                .allMatch(status -> UpgradeLifecycle.TABLE.accepts(status, Event.ABANDONED));
    }

    @Test
    void wire_names_are_lower_case_and_read_back() {
        assertThat(UpgradeStatus.values()).allMatch(status -> UpgradeStatus.of(status.wire()) == status);
        assertThat(EngineUpgradeStatus.values()).allMatch(status -> EngineUpgradeStatus.of(status.wire()) == status);
        assertThat(UpgradeStatus.QUEUED.wire()).isEqualTo("queued");
        assertThat(EngineUpgradeStatus.SKIPPED.wire()).isEqualTo("skipped");
        assertThatThrownBy(() -> UpgradeStatus.of("QUEUED")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> EngineUpgradeStatus.of("")).isInstanceOf(IllegalArgumentException.class);
    }
}
