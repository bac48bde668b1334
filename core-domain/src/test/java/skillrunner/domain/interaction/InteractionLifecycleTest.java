package skillrunner.domain.interaction;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.interaction.InteractionLifecycle.Event;
import skillrunner.domain.state.ExpectedTransitions;
import skillrunner.domain.state.LifecyclePage;

import static org.assertj.core.api.Assertions.assertThat;

class InteractionLifecycleTest {
    private static final List<String> EXPECTED = List.of(
            "event           | pending  | answered | canceled | expired",
            "REPLIED         | answered | -        | -        | -",
            "AUTO_DECIDED    | answered | -        | -        | -",
            "WAIT_EXPIRED    | expired  | -        | -        | -",
            "RUN_CANCELED    | canceled | -        | -        | -",
            "RUN_INTERRUPTED | canceled | -        | -        | -");

    static Stream<Arguments> everyPair() {
        return ExpectedTransitions.everyPair(EXPECTED, InteractionStatus::of, InteractionStatus.values(), Event.class);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            InteractionStatus state, Event event, Optional<InteractionStatus> expected) {
        ExpectedTransitions.assertNext(InteractionLifecycle.TABLE, state, event, expected);
    }

    @Test
    void every_state_is_reachable_from_the_first() {
        assertThat(InteractionLifecycle.TABLE.initial()).isEqualTo(InteractionStatus.PENDING);
        assertThat(InteractionLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(InteractionStatus.values());
    }

    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        LifecyclePage.check(
                "interaction.md",
                "How a question moves",
                "InteractionLifecycle.TABLE",
                InteractionLifecycle.TABLE,
                InteractionStatus.values(),
                InteractionStatus::wire);
    }
}
