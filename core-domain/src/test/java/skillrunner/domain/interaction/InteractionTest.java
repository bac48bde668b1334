package skillrunner.domain.interaction;

import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.state.IllegalTransitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InteractionTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final Interaction ASKED =
            Interaction.asked(1, 1, Question.openText("Which one?"), NOW, Optional.empty());

    @ParameterizedTest
    @EnumSource(DecidedBy.class)
    void is_decided_once_whoever_comes_later(DecidedBy first) {
        Interaction decided = ASKED.decided(new Decision(Optional.of("a"), first, NOW));

        assertThat(decided.isPending()).isFalse();
        assertThat(decided.decision().orElseThrow().decidedBy()).isEqualTo(first);
        for (DecidedBy later : DecidedBy.values()) {
            assertThatThrownBy(() -> decided.decided(new Decision(Optional.of("b"), later, NOW)))
                    .isInstanceOf(IllegalTransitionException.class);
        }
    }

    @Test
    void has_a_decision_exactly_if_it_does_not_wait() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Interaction(
                        1,
                        1,
                        ASKED.question(),
                        InteractionStatus.ANSWERED,
                        Optional.empty(),
                        NOW,
                        Optional.empty(),
                        Optional.empty()));
        assertThat(ASKED.decision()).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(DecidedBy.class)
    void names_are_read_back(DecidedBy by) {
        assertThat(DecidedBy.of(by.wire())).isEqualTo(by);
    }

    @ParameterizedTest
    @CsvSource({
        "choose_one, CHOOSE_ONE",
        "confirm, CONFIRM",
        "fill_fields, FILL_FIELDS",
        "open_text, OPEN_TEXT",
        "risk_ack, RISK_ACK",
        "decision, CHOOSE_ONE",
        "single_select, CHOOSE_ONE",
        "confirmation, CONFIRM",
        "clarification, OPEN_TEXT",
        "Risk-Ack, RISK_ACK",
        "password, OPEN_TEXT",
        "'', OPEN_TEXT"
    })
    void a_kind_has_aliases_and_what_is_none_is_open(String said, InteractionKind kind) {
        assertThat(InteractionKind.of(said)).isEqualTo(kind);
    }

    @Test
    void a_kind_that_is_no_text_is_open() {
        assertThat(InteractionKind.of(7)).isEqualTo(InteractionKind.OPEN_TEXT);
        assertThat(InteractionKind.of(null)).isEqualTo(InteractionKind.OPEN_TEXT);
    }
}
