package skillrunner.domain.run;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.run.TempRequestLifecycle.Event;
import skillrunner.domain.state.ExpectedTransitions;
import skillrunner.domain.state.LifecyclePage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TempRequestLifecycleTest {
    private static final List<String> EXPECTED = List.of(
            "event            | created  | rejected | started",
            "PACKAGE_REJECTED | rejected | rejected | -",
            "PACKAGE_TAKEN    | started  | started  | -");

    static Stream<Arguments> everyPair() {
        return ExpectedTransitions.everyPair(EXPECTED, TempRequestStatus::of, TempRequestStatus.values(), Event.class);
    }

    @ParameterizedTest
    @MethodSource("everyPair")
    void every_pair_of_state_and_event_leads_where_the_table_says(
            TempRequestStatus state, Event event, Optional<TempRequestStatus> expected) {
        ExpectedTransitions.assertNext(TempRequestLifecycle.TABLE, state, event, expected);
    }

    @Test
    void every_state_is_reachable_from_the_first() {
        assertThat(TempRequestLifecycle.TABLE.initial()).isEqualTo(TempRequestStatus.CREATED);
        assertThat(TempRequestLifecycle.TABLE.reachable()).containsExactlyInAnyOrder(TempRequestStatus.values());
    }

    @Test
    void the_page_shows_exactly_the_rows_of_the_table() throws IOException {
        LifecyclePage.check(
                "temporary-request.md",
                "How a request moves that brings its own skill",
                "TempRequestLifecycle.TABLE",
                TempRequestLifecycle.TABLE,
                TempRequestStatus.values(),
                TempRequestStatus::wire);
    }

    @Test
    void names_are_lower_case_and_read_back() {
        assertThat(TempRequestStatus.values()).allMatch(status -> TempRequestStatus.of(status.wire()) == status);
        assertThat(RequestKind.values()).allMatch(kind -> RequestKind.of(kind.wire()) == kind);
        assertThat(RequestKind.TEMP.wire()).isEqualTo("temp");
        assertThatThrownBy(() -> TempRequestStatus.of("CREATED")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> RequestKind.of("other")).isInstanceOf(IllegalArgumentException.class);
    }
}
