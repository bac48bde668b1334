package skillrunner.domain.output;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.SignInSign;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EngineEventTest {
    private static final OutputRange AT = new OutputRange(OutputStreamKind.STDOUT, 3, 7);
    private static final String LONG = "x".repeat(EngineEvent.MOST_CHARACTERS + 1);

    @Test
    void what_an_engine_says_beside_its_messages_is_cut() {
        assertThat(new EngineEvent.Thought(AT, LONG).text()).hasSize(EngineEvent.MOST_CHARACTERS);
        assertThat(new EngineEvent.Notice(AT, LONG).text()).hasSize(EngineEvent.MOST_CHARACTERS);
        assertThat(new EngineEvent.ToolCall(AT, Optional.of(LONG), LONG, LONG))
                .extracting(
                        call -> call.call().orElseThrow().length(),
                        call -> call.tool().length(),
                        call -> call.summary().length())
                .containsOnly(EngineEvent.MOST_CHARACTERS);
        EngineEvent.ToolResult result = new EngineEvent.ToolResult(
                AT,
                Optional.of(LONG),
                Optional.of(LONG),
                Optional.of(LONG),
                EngineEvent.ToolResult.Ending.UNKNOWN,
                OptionalInt.empty());
        assertThat(result.call().orElseThrow()).hasSize(EngineEvent.MOST_CHARACTERS);
        assertThat(result.tool().orElseThrow()).hasSize(EngineEvent.MOST_CHARACTERS);
        assertThat(result.summary().orElseThrow()).hasSize(EngineEvent.MOST_CHARACTERS);
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "none",
            value = {
                "SUCCEEDED, none, SUCCEEDED",
                "SUCCEEDED, 0, SUCCEEDED",
                "SUCCEEDED, 1, FAILED",
                "UNKNOWN, none, UNKNOWN",
                "UNKNOWN, 0, SUCCEEDED",
                "UNKNOWN, -1, FAILED",
                "FAILED, none, FAILED",
                "FAILED, 0, FAILED",
                "FAILED, 1, FAILED"
            })
    void a_command_has_failed_whose_exit_code_says_so(
            EngineEvent.ToolResult.Ending said, @Nullable Integer exitCode, EngineEvent.ToolResult.Ending ending) {
        OptionalInt told = exitCode == null ? OptionalInt.empty() : OptionalInt.of(exitCode);

        assertThat(new EngineEvent.ToolResult(AT, Optional.empty(), Optional.empty(), Optional.empty(), said, told)
                        .ending())
                .isEqualTo(ending);
    }

    @Test
    void no_cut_goes_through_a_character() {
        String text = "x".repeat(EngineEvent.MOST_CHARACTERS - 1) + "😀";

        assertThat(EngineEvent.beginning(text)).isEqualTo("x".repeat(EngineEvent.MOST_CHARACTERS - 1));
        assertThat(EngineEvent.beginning("x😀")).isEqualTo("x😀");
    }

    @Test
    void nothing_is_used_less_than_not_at_all() {
        assertThat(new EngineEvent.Usage(AT, EngineEvent.Usage.Span.STEP, -1, -2, 3, -4, OptionalDouble.empty()))
                .isEqualTo(new EngineEvent.Usage(AT, EngineEvent.Usage.Span.STEP, 0, 0, 3, 0, OptionalDouble.empty()));
    }

    @Test
    void a_session_has_a_name_of_sane_length() {
        assertThat(EngineEvent.SessionNamed.of(AT, "x".repeat(256))).isPresent();
        assertThat(EngineEvent.SessionNamed.of(AT, "x".repeat(257))).isEmpty();
        assertThatThrownBy(() -> new EngineEvent.SessionNamed(AT, "x".repeat(257)))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void no_sign_is_no_event_and_no_range_runs_backwards() {
        assertThatThrownBy(() -> new EngineEvent.SignInAsked(AT, SignInSign.NONE))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutputRange(OutputStreamKind.STDERR, 5, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutputRange(OutputStreamKind.STDERR, -1, 4))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> new OutputPosition(0, -1)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void a_position_has_an_offset_in_each_stream() {
        OutputPosition position = new OutputPosition(1, 2);

        assertThat(position.of(OutputStreamKind.STDOUT)).isEqualTo(1);
        assertThat(position.of(OutputStreamKind.STDERR)).isEqualTo(2);
        assertThat(OutputPosition.START).isEqualTo(new OutputPosition(0, 0));
    }
}
