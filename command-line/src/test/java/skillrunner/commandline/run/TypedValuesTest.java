package skillrunner.commandline.run;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Json;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class TypedValuesTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "string"}                       | 007         | "007"
                    {"type": "string"}                       | true        | "true"
                    {"type": "string"}                       | {"a": 1}    | "{\\"a\\": 1}"
                    {"type": "integer"}                      | 42          | 42
                    {"type": "integer"}                      | 1.0         | 1.0
                    {"type": "integer"}                      | 12345678901234567890 | 12345678901234567890
                    {"type": "number"}                       | 0.1         | 0.1
                    {"type": "number"}                       | -1e3        | -1e3
                    {"type": "boolean"}                      | Yes         | true
                    {"type": "boolean"}                      | 0           | false
                    {"type": "object"}                       | {"a": [1]}  | {"a": [1]}
                    {"type": "array"}                        | [1, "x"]    | [1, "x"]
                    {"type": "array", "items": {"type": "integer"}} | 7    | [7]
                    {"type": "array", "items": {"type": "string"}}  | 7    | ["7"]
                    {"type": ["integer", "null"]}            | null        | null
                    {"type": ["string", "integer"]}          | 7           | "7"
                    {"enum": [1, "two", null]}               | 1           | 1
                    {"enum": [1, "two", null]}               | two         | "two"
                    {}                                       | 7           | 7
                    {}                                       | seven       | "seven"
                    """)
    void a_text_becomes_what_the_schema_names(String schema, String typed, String expected) {
        assertThat(value(schema, typed)).isEqualTo(Json.read(expected));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    {"type": "integer"} | 1.5
                    {"type": "integer"} | 0x10
                    {"type": "integer"} | 1 2
                    {"type": "number"}  | NaN
                    {"type": "number"}  | 1,5
                    {"type": "boolean"} | maybe
                    {"type": "object"}  | [1]
                    {"type": "object"}  | {"a": 1} x
                    """)
    void a_text_that_can_be_nothing_of_the_kind_is_refused_with_its_name(String schema, String typed) {
        assertThatThrownBy(() -> value(schema, typed))
                .isInstanceOf(CommandFailedException.class)
                .hasMessageContaining("limit")
                .hasMessageContaining(typed);
    }

    @Test
    void a_list_takes_several_and_nothing_else_does() {
        assertThat(TypedValues.value("x", List.of("1", "2"), Json.read("{\"type\": \"array\"}"), ValueSchema.ANY_VALUE))
                .isEqualTo(Json.read("[1, 2]"));
        assertThatThrownBy(() -> TypedValues.value(
                        "x", List.of("1", "2"), Json.read("{\"type\": \"integer\"}"), ValueSchema.ANY_VALUE))
                .hasMessageContaining("2 times");
    }

    private static JsonNode value(String schema, String typed) {
        return TypedValues.value("limit", List.of(typed), Json.read(schema), ValueSchema.ANY_VALUE);
    }
}
