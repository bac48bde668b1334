package skillrunner.app.settings;

import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.embedding.settings.TempSkillSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TempSkillVariablesTest {
    @Test
    void without_any_variable_the_documented_defaults_hold() {
        TempSkillSettings settings = read(Map.of());

        assertThat(settings.packageBytes()).hasValue(20L << 20);
        assertThat(settings.sweepInterval()).contains(Duration.ofHours(12));
        assertThat(settings.retention()).isEqualTo(Duration.ofHours(24));
    }

    @ParameterizedTest
    @ValueSource(strings = {"0", "-1"})
    void limit_and_interval_can_be_switched_off(String off) {
        TempSkillSettings settings =
                read(Map.of("TEMP_SKILL_PACKAGE_MAX_BYTES", off, "TEMP_SKILL_CLEANUP_INTERVAL_HOURS", off));

        assertThat(settings.packageBytes()).isEmpty();
        assertThat(settings.sweepInterval()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "TEMP_SKILL_PACKAGE_MAX_BYTES, 20MB",
        "TEMP_SKILL_CLEANUP_INTERVAL_HOURS, daily",
        "TEMP_SKILL_ORPHAN_RETENTION_HOURS, -1"
    })
    void what_is_no_such_number_is_named(String name, String value) {
        assertThatThrownBy(() -> read(Map.of(name, value)))
                .isInstanceOf(BadSettingException.class)
                .hasMessageContaining(name);
    }

    private static TempSkillSettings read(Map<String, String> environment) {
        return TempSkillVariables.read(new EnvironmentReader(environment));
    }
}
