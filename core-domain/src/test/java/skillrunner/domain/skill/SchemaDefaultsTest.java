package skillrunner.domain.skill;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaDefaultsTest {
    private static final Map<String, Object> SCHEMA = Map.of(
            "properties",
            Map.of(
                    "depth", Map.of("type", "integer", "default", 3),
                    "tags", Map.of("default", List.of("a")),
                    "free", Map.of("type", "string")));

    @Test
    void what_is_left_out_is_filled_in_and_what_is_given_stays() {
        assertThat(SchemaDefaults.filled(SCHEMA, Map.of())).isEqualTo(Map.of("depth", 3, "tags", List.of("a")));
        assertThat(SchemaDefaults.filled(SCHEMA, Map.of("depth", 0, "other", true)))
                .isEqualTo(Map.of("depth", 0, "other", true, "tags", List.of("a")));
    }

    @Test
    void a_schema_without_defaults_changes_nothing() {
        assertThat(SchemaDefaults.filled(Map.of(), Map.of("a", 1))).isEqualTo(Map.of("a", 1));
        assertThat(SchemaDefaults.filled(Map.of("properties", Map.of("a", true)), Map.of()))
                .isEmpty();
    }
}
