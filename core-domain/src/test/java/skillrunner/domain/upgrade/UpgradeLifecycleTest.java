package skillrunner.domain.upgrade;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.state.IllegalTransitionException;
import skillrunner.domain.upgrade.UpgradeLifecycle.Event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpgradeLifecycleTest {
    /** Written out by hand: columns are the states before, a dash is an illegal pair. */
    private static final List<String> EXPECTED = List.of(
            "event                  | queued  | running   | succeeded | failed",
            "STARTED                | running | -         | -         | -",
            "EVERY_ENGINE_SUCCEEDED | -       | succeeded | -         | -",
            "AN_ENGINE_FAILED       | -       | failed    | -         | -",
            "ABANDONED              | failed  | failed    | -         | -");

    static Stream<Arguments> everyPair() {
        List<UpgradeStatus> states =
                cells(EXPECTED.get(0)).skip(1).map(UpgradeStatus::of).toList();
        Map<Event, List<String>> rows = new EnumMap<>(Event.class);
        EXPECTED.stream()
                .skip(1)
                .map(line -> cells(line).toList())
                .forEach(row -> rows.put(Event.valueOf(row.get(0)), row.subList(1, row.size())));
        assertThat(states).containsExactly(UpgradeStatus.values());
        assertThat(rows).containsOnlyKeys(Event.values());
        return rows.entrySet().stream().flatMap(row -> states.stream()
                .map(state -> Arguments.of(
                        state,
                        row.getKey(),
                        Optional.of(row.getValue().get(states.indexOf(state)))
                                .filter(text -> !text.equals("-"))
                                .map(UpgradeStatus::of))));
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            UpgradeStatus state, Event event, Optional<UpgradeStatus> expected) {
        assertThat(UpgradeLifecycle.TABLE.next(state, event)).isEqualTo(expected);
        if (expected.isEmpty()) {
            assertThatThrownBy(() -> UpgradeLifecycle.TABLE.apply(state, event))
                    .isInstanceOf(IllegalTransitionException.class);
        }
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

    private static Stream<String> cells(String line) {
        return Arrays.stream(line.split("\\|", -1)).map(String::strip);
    }
}
