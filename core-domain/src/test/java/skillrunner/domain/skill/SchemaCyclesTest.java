package skillrunner.domain.skill;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SchemaCyclesTest {
    @ParameterizedTest
    @MethodSource("circles")
    void references_that_never_descend_are_found(Map<String, Object> schema) {
        assertThat(SchemaCycles.find(schema)).isPresent();
        assertThat(SchemaRules.check(SchemaKind.OUTPUT, "assets/output.schema.json", typed(schema)))
                .anyMatch(finding -> finding.message().contains("circle"));
    }

    static Stream<Map<String, Object>> circles() {
        return Stream.of(
                Map.of("$ref", "#"),
                Map.of("$defs", Map.of("a", Map.of("$ref", "#/$defs/a"))),
                Map.of("$defs", Map.of("a", Map.of("$ref", "#/$defs/b"), "b", Map.of("$ref", "#/$defs/a"))),
                Map.of("allOf", List.of(Map.of("$ref", "#"))),
                Map.of("anyOf", List.of(Map.of("type", "string"), Map.of("not", Map.of("$ref", "#")))),
                Map.of("if", Map.of("$ref", "#/$defs/x"), "$defs", Map.of("x", Map.of("$ref", "#"))),
                Map.of("dependentSchemas", Map.of("a/b", Map.of("$ref", "#"))),
                Map.of("$defs", Map.of("a/b~c", Map.of("$ref", "#/$defs/a~1b~0c"))),
                Map.of("properties", Map.of("n", Map.of("$anchor", "here", "oneOf", List.of(Map.of("$ref", "#here"))))),
                Map.of("$dynamicAnchor", "node", "$dynamicRef", "#node"),
                Map.of("$recursiveRef", "#"));
    }

    @ParameterizedTest
    @MethodSource("trees")
    void references_that_descend_are_fine(Map<String, Object> schema) {
        assertThat(SchemaCycles.find(schema)).isEmpty();
    }

    static Stream<Map<String, Object>> trees() {
        return Stream.of(
                Map.of(),
                Map.of("properties", Map.of("child", Map.of("$ref", "#"))),
                Map.of("items", Map.of("$ref", "#")),
                Map.of("additionalProperties", Map.of("anyOf", List.of(Map.of("type", "null"), Map.of("$ref", "#")))),
                Map.of(
                        "allOf",
                        List.of(Map.of("$ref", "#/$defs/a"), Map.of("$ref", "#/$defs/a")),
                        "$defs",
                        Map.of("a", Map.of("type", "object"))),
                Map.of("$ref", "#/$defs/missing"),
                Map.of("$ref", "https://json-schema.org/draft/2020-12/schema"));
    }

    @Test
    void a_chain_of_references_longer_than_a_stack_is_deep_is_followed_to_its_end() {
        Map<String, Object> chain = new HashMap<>();
        for (int i = 0; i < 200_000; i++) {
            chain.put("d" + i, Map.of("$ref", "#/$defs/d" + (i + 1)));
        }
        assertThat(SchemaCycles.find(Map.of("$defs", chain))).isEmpty();
        chain.put("d200000", Map.of("$ref", "#/$defs/d0"));
        assertThat(SchemaCycles.find(Map.of("$defs", chain))).isPresent();
    }

    private static Map<String, Object> typed(Map<String, Object> schema) {
        Map<String, Object> whole = new HashMap<>(schema);
        whole.put("type", "object");
        return whole;
    }
}
