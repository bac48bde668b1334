package skillrunner.domain.skill;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.skill.InstallLifecycle.Event;
import skillrunner.domain.state.ExpectedTransitions;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstallLifecycleTest {
    private static final List<String> EXPECTED = List.of(
            "event     | queued  | running   | succeeded | failed",
            "STARTED   | running | -         | -         | -",
            "PUBLISHED | -       | succeeded | -         | -",
            "REJECTED  | -       | failed    | -         | -",
            "ABANDONED | failed  | failed    | -         | -");

    static Stream<Arguments> everyPair() {
        return ExpectedTransitions.everyPair(EXPECTED, InstallStatus::of, InstallStatus.values(), Event.class);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            InstallStatus state, Event event, Optional<InstallStatus> expected) {
        ExpectedTransitions.assertNext(InstallLifecycle.TABLE, state, event, expected);
    }

    @Test
    void every_state_is_reachable_and_exactly_two_are_terminal() {
        assertThat(InstallLifecycle.TABLE.initial()).isEqualTo(InstallStatus.QUEUED);
        assertThat(InstallLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(InstallStatus.values());
        assertThat(Arrays.stream(InstallStatus.values()).filter(InstallStatus::isTerminal))
                .containsExactly(InstallStatus.SUCCEEDED, InstallStatus.FAILED);
    }

    @Test
    void every_unfinished_installation_can_be_abandoned() {
        assertThat(Arrays.stream(InstallStatus.values()).filter(status -> !status.isTerminal()))
                .allMatch(status -> InstallLifecycle.TABLE.accepts(status, Event.ABANDONED));
    }

    @Test
    void wire_names_are_lower_case_and_read_back() {
        assertThat(InstallStatus.values()).allMatch(status -> InstallStatus.of(status.wire()) == status);
        assertThat(InstallStatus.QUEUED.wire()).isEqualTo("queued");
        assertThatThrownBy(() -> InstallStatus.of("QUEUED")).isInstanceOf(IllegalArgumentException.class);
    }
}
