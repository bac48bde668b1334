package skillrunner.domain.run;

import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.domain.skill.PackageFinding;

import static org.assertj.core.api.Assertions.assertThat;

class DefaultOptionRulesTest {
    @Test
    void a_client_wins_option_by_option() {
        Map<String, Object> presets = Map.of("no_cache", true, "hard_timeout_seconds", 60);

        assertThat(DefaultOptionRules.merged(presets, Map.of("hard_timeout_seconds", 5)))
                .isEqualTo(Map.of("no_cache", true, "hard_timeout_seconds", 5));
        assertThat(DefaultOptionRules.merged(presets, Map.of())).isEqualTo(presets);
    }

    @Test
    void a_client_that_uses_an_older_name_wins_as_well() {
        assertThat(DefaultOptionRules.merged(Map.of("session_timeout_sec", 60), Map.of("wait_timeout_sec", 5)))
                .isEqualTo(Map.of("wait_timeout_sec", 5));
    }

    @Test
    void null_gives_nothing() {
        Map<String, Object> given = new HashMap<>();
        given.put("no_cache", null);

        assertThat(DefaultOptionRules.merged(Map.of("no_cache", true), given)).isEqualTo(Map.of("no_cache", true));
    }

    @Test
    void what_a_client_may_not_write_a_skill_may_not_preset() {
        assertThat(DefaultOptionRules.check(Map.of("runtime", Map.of("default_options", Map.of("no_cash", true)))))
                .extracting(PackageFinding::place)
                .containsExactly("/runtime/default_options/no_cash");
        assertThat(DefaultOptionRules.check(Map.of("runtime", Map.of("default_options", 7))))
                .hasSize(1);
        assertThat(DefaultOptionRules.check(Map.of("runtime", Map.of("default_options", Map.of("no_cache", true)))))
                .isEmpty();
        assertThat(DefaultOptionRules.check(Map.of())).isEmpty();
    }
}
