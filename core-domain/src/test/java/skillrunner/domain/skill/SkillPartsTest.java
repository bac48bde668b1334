package skillrunner.domain.skill;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** A skill's id, what it takes and what it leaves. */
class SkillPartsTest {
    @ParameterizedTest
    @ValueSource(strings = {"a", "9", "a.b_c-D", "a123456789012345678901234567890123456789012345678901234567890123"})
    void a_skill_id_is_a_safe_path_segment(String text) {
        assertThat(SkillId.parse(text)).contains(new SkillId(text));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                ".",
                "..",
                ".git",
                "-a",
                "a/b",
                "a\\b",
                "a b",
                "a\n",
                "汉",
                "a1234567890123456789012345678901234567890123456789012345678901234"
            })
    void other_forms_are_no_skill_ids(String text) {
        assertThat(SkillId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new SkillId(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void inputs_are_files_unless_they_say_inline() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("topic", Map.of("type", "string", "x-input-source", "inline"));
        properties.put("doc", Map.of("type", "string"));
        properties.put("extra", Map.of("type", "string", "x-input-source", "file"));

        InputContract contract = InputContract.of(
                Map.of("type", "object", "properties", properties, "required", List.of("topic", "doc", "unknown")));

        assertThat(contract.inlineKeys()).containsExactly("topic");
        assertThat(contract.fileKeys()).containsExactly("doc", "extra");
        assertThat(contract.requiredFileKeys()).containsExactly("doc");
        assertThat(contract.inlineSchema())
                .containsEntry("type", "object")
                .containsEntry("properties", Map.of("topic", Map.of("type", "string", "x-input-source", "inline")))
                .containsEntry("required", List.of("topic", "unknown"));
    }

    @Test
    void a_schema_without_properties_takes_nothing() {
        InputContract contract = InputContract.of(Map.of("type", "object"));

        assertThat(contract.inlineKeys()).isEmpty();
        assertThat(contract.fileKeys()).isEmpty();
        assertThat(contract.requiredFileKeys()).isEmpty();
    }

    @Test
    void artifacts_are_inferred_from_the_output_schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put(
                "report", Map.of("type", "string", "x-type", "artifact", "x-filename", "out/r.md", "x-role", "main"));
        properties.put("data", Map.of("type", "string", "x-type", "file"));
        properties.put("count", Map.of("type", "integer"));
        properties.put("image", Map.of("x-type", "picture"));

        assertThat(ArtifactDeclaration.inferFrom(
                        Map.of("properties", properties, "required", List.of("report", "count"))))
                .containsExactly(
                        new ArtifactDeclaration("main", "out/r.md", Optional.empty(), true),
                        new ArtifactDeclaration("output", "data", Optional.empty(), false));
        assertThat(ArtifactDeclaration.inferFrom(Map.of())).isEmpty();
    }
}
