package skillrunner.domain.run;

import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.skill.ExecutionMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RuntimeOptionsTest {
    @Test
    void what_was_written_is_read_back() {
        RuntimeOptions full = new RuntimeOptions(
                ExecutionMode.INTERACTIVE, Optional.of(false), 9, Optional.of(33), true, true, true, 2);
        RuntimeOptions bare = new RuntimeOptions(
                ExecutionMode.AUTO, Optional.empty(), 1200, Optional.empty(), false, false, false, 0);

        assertThat(RuntimeOptions.stored(full.toWire())).isEqualTo(full);
        assertThat(RuntimeOptions.stored(bare.toWire())).isEqualTo(bare);
    }

    /** No client could ask for this today; whoever could once must still be able to read the run. */
    @Test
    void what_a_client_may_ask_for_today_plays_no_part() {
        Map<String, Object> old = Map.of(
                "execution_mode",
                "auto",
                "session_timeout_sec",
                Integer.MAX_VALUE,
                "hard_timeout_seconds",
                Integer.MAX_VALUE,
                "verbose",
                77,
                "gone_option",
                "x");

        assertThat(RuntimeOptions.stored(old).verbose()).isEqualTo(77);
        assertThat(RuntimeOptions.stored(old).hardTimeoutSeconds()).contains(Integer.MAX_VALUE);
    }

    @Test
    void what_was_never_written_is_refused() {
        assertThatThrownBy(() -> RuntimeOptions.stored(Map.of())).isInstanceOf(NoSuchElementException.class);
        assertThatThrownBy(() -> RuntimeOptions.stored(Map.of("execution_mode", "auto")))
                .isInstanceOf(NoSuchElementException.class);
    }
}
