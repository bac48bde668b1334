package skillrunner.mcp.tool;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.application.skill.InstalledSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SchemaKind;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class ToolSchemaTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void a_skill_that_takes_nothing_asks_for_nothing() {
        JsonNode schema = schema(aSkill().build());

        assertThat(schema.at("/properties/input").isMissingNode()).isTrue();
        assertThat(schema.at("/properties/parameter").isMissingNode()).isTrue();
        assertThat(schema.get("required")).isEmpty();
        assertThat(schema.get("additionalProperties").booleanValue()).isFalse();
    }

    @Test
    void both_schemas_are_there_whole_and_files_are_objects() {
        JsonNode schema = schema(aSkill().takingInline("n", "integer")
                .takingFile("paper", true)
                .takingParameter("depth", "integer")
                .build());

        assertThat(schema.at("/properties/input/properties/n/type").stringValue())
                .isEqualTo("integer");
        assertThat(schema.at("/properties/input/properties/paper/properties/blob/type")
                        .stringValue())
                .isEqualTo("string");
        assertThat(schema.at("/properties/input/required")).hasSize(2);
        assertThat(schema.at("/properties/parameter/properties/depth/type").stringValue())
                .isEqualTo("integer");
        assertThat(schema.get("required").toString()).isEqualTo("[\"input\"]");
    }

    @Test
    void what_a_schema_points_to_inside_itself_is_found_where_it_lies_now() {
        Map<String, Object> input = JSON.readValue(
                """
                {"$schema": "https://json-schema.org/draft/2020-12/schema", "type": "object",
                 "$defs": {"size": {"type": "integer"}},
                 "properties": {"a": {"$ref": "#/$defs/size", "x-input-source": "inline"},
                                "default": {"$ref": "#", "x-input-source": "inline"},
                                "b": {"x-input-source": "inline", "default": {"$ref": "#/no/schema"}}}}
                """,
                new TypeReference<Map<String, Object>>() {});
        JsonNode schema = schema(with(input));

        assertThat(schema.at("/properties/input/properties/a/$ref").stringValue())
                .isEqualTo("#/properties/input/$defs/size");
        assertThat(schema.at("/properties/input/properties/default/$ref").stringValue())
                .isEqualTo("#/properties/input");
        assertThat(schema.at("/properties/input/properties/b/default/$ref").stringValue())
                .isEqualTo("#/no/schema");
        assertThat(schema.at("/properties/input/$schema").isMissingNode()).isTrue();
        assertThat(schema.at("/properties/input/$defs/size/type").stringValue()).isEqualTo("integer");
    }

    @Test
    void a_call_without_an_engine_gets_the_usual_one_or_the_first_there_is() {
        assertThat(ToolSchema.defaultEngine(List.of(EngineId.CODEX, EngineId.GEMINI)))
                .isEqualTo("codex");
        assertThat(ToolSchema.defaultEngine(List.of(EngineId.GEMINI, EngineId.IFLOW)))
                .isEqualTo("gemini");
        assertThat(ToolSchema.defaultEngine(List.of())).isEqualTo("codex");
    }

    private static InstalledSkill with(Map<String, Object> input) {
        InstalledSkill skill = aSkill().build();
        Map<SchemaKind, Map<String, Object>> schemas = new LinkedHashMap<>(skill.schemas());
        schemas.put(SchemaKind.INPUT, input);
        return new InstalledSkill(skill.manifest(), skill.location(), schemas);
    }

    private static JsonNode schema(InstalledSkill skill) {
        return JSON.valueToTree(ToolSchema.of(skill, List.of(EngineId.CODEX)));
    }
}
