package skillrunner.domain.state;

import java.util.Set;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.state.TransitionTable.row;

class TransitionTableTest {
    private enum Light {
        RED,
        GREEN,
        BROKEN,
        UNUSED
    }

    private enum Event {
        SWITCHED,
        HIT
    }

    private static final TransitionTable<Light, Event> TABLE = TransitionTable.of(
            Light.RED,
            Set.of(Light.BROKEN),
            row(Light.RED, Event.SWITCHED, Light.GREEN),
            row(Light.GREEN, Event.SWITCHED, Light.RED),
            row(Light.GREEN, Event.HIT, Light.BROKEN));

    @Test
    void a_row_moves_on() {
        assertThat(TABLE.apply(Light.RED, Event.SWITCHED)).isEqualTo(Light.GREEN);
        assertThat(TABLE.next(Light.GREEN, Event.HIT)).contains(Light.BROKEN);
        assertThat(TABLE.accepts(Light.GREEN, Event.HIT)).isTrue();
    }

    @Test
    void a_pair_without_a_row_is_illegal_and_the_message_names_both() {
        assertThat(TABLE.next(Light.RED, Event.HIT)).isEmpty();
        assertThat(TABLE.accepts(Light.RED, Event.HIT)).isFalse();
        assertThatThrownBy(() -> TABLE.apply(Light.RED, Event.HIT))
                .isInstanceOf(IllegalTransitionException.class)
                .hasMessageContaining("RED")
                .hasMessageContaining("HIT");
    }

    @Test
    void nothing_leaves_a_terminal_state() {
        assertThat(TABLE.isTerminal(Light.BROKEN)).isTrue();
        assertThat(TABLE.isTerminal(Light.RED)).isFalse();
        assertThat(TABLE.accepts(Light.BROKEN, Event.SWITCHED)).isFalse();
    }

    @Test
    void a_row_out_of_a_terminal_state_can_not_be_built() {
        assertThatThrownBy(() -> TransitionTable.of(
                        Light.RED, Set.of(Light.BROKEN), row(Light.BROKEN, Event.SWITCHED, Light.RED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("BROKEN");
    }

    @Test
    void two_rows_for_one_pair_can_not_be_built() {
        assertThatThrownBy(() -> TransitionTable.of(
                        Light.RED,
                        Set.of(),
                        row(Light.RED, Event.SWITCHED, Light.GREEN),
                        row(Light.RED, Event.SWITCHED, Light.RED)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("RED")
                .hasMessageContaining("SWITCHED");
    }

    @Test
    void only_states_that_events_lead_to_are_reachable() {
        assertThat(TABLE.initial()).isEqualTo(Light.RED);
        assertThat(TABLE.reachable()).containsExactlyInAnyOrder(Light.RED, Light.GREEN, Light.BROKEN);
    }

    @Test
    void a_state_leads_to_itself_and_to_what_events_lead_to_unless_it_is_terminal() {
        assertThat(TABLE.leads(Light.RED, Light.RED)).isTrue();
        assertThat(TABLE.leads(Light.RED, Light.GREEN)).isTrue();
        assertThat(TABLE.leads(Light.RED, Light.BROKEN)).isTrue();
        assertThat(TABLE.leads(Light.BROKEN, Light.RED)).isFalse();
        assertThat(TABLE.leads(Light.BROKEN, Light.BROKEN)).isFalse();
    }

    @Test
    void rows_keep_their_written_order() {
        assertThat(TABLE.rows())
                .containsExactly(
                        row(Light.RED, Event.SWITCHED, Light.GREEN),
                        row(Light.GREEN, Event.SWITCHED, Light.RED),
                        row(Light.GREEN, Event.HIT, Light.BROKEN));
    }
}
