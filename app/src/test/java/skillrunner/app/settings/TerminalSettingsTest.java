package skillrunner.app.settings;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class TerminalSettingsTest {
    @Test
    void without_anything_the_server_shows_terminals_itself() {
        TerminalSettings settings = read(Map.of());

        assertThat(settings.byTtyd()).isFalse();
        assertThat(settings.life()).isEqualTo(Duration.ofMinutes(30));
        assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(15));
        assertThat(settings.ttydHost()).isEqualTo("127.0.0.1");
        assertThat(settings.ttydPort()).isEmpty();
        assertThat(settings.ttyd()).isEmpty();
    }

    @Test
    void ttyd_is_chosen_by_name_and_times_have_a_floor() {
        TerminalSettings settings = read(Map.of(
                "UI_SHELL_GATEWAY",
                "TTYD",
                "UI_SHELL_TTYD_PORT",
                "7700",
                "SKILL_RUNNER_TTYD_PATH",
                "/opt/ttyd",
                "UI_SHELL_HARD_TTL_SECONDS",
                "1",
                "UI_SHELL_IDLE_SECONDS",
                "5"));

        assertThat(settings.byTtyd()).isTrue();
        assertThat(settings.ttydPort()).hasValue(7700);
        assertThat(settings.ttyd()).contains(Path.of("/opt/ttyd"));
        assertThat(settings.life()).isEqualTo(Duration.ofMinutes(1));
        assertThat(settings.idle()).isEqualTo(Duration.ofMinutes(1));
    }

    @ParameterizedTest
    @CsvSource({
        "UI_SHELL_GATEWAY, telnet",
        "UI_SHELL_TTYD_PORT, 0",
        "UI_SHELL_TTYD_PORT, 65536",
        "UI_SHELL_HARD_TTL_SECONDS, 0",
        "UI_SHELL_TTYD_BIND_HOST, 0.0.0.0"
    })
    void what_can_not_be_used_is_named(String variable, String value) {
        assertThatExceptionOfType(BadSettingException.class)
                .isThrownBy(() -> read(Map.of(variable, value)))
                .withMessageContaining(variable);
    }

    @Test
    void ttyd_is_open_to_others_only_if_that_is_allowed_on_purpose() {
        assertThat(read(Map.of("UI_SHELL_TTYD_BIND_HOST", "0.0.0.0", "SKILL_RUNNER_ALLOW_INSECURE_BIND", "true"))
                        .ttydHost())
                .isEqualTo("0.0.0.0");
    }

    private static TerminalSettings read(Map<String, String> environment) {
        return TerminalSettings.read(new EnvironmentReader(environment));
    }
}
