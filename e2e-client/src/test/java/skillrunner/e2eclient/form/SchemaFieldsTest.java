package skillrunner.e2eclient.form;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class SchemaFieldsTest {
    @Test
    void each_type_has_its_field() {
        Map<String, FieldKind> kinds = parameters(
                        """
                        {"type": "object", "properties": {
                          "text": {"type": "string"}, "short": {"type": "string", "maxLength": 10}, "date": {"type": "string", "format": "date"},
                          "whole": {"type": "integer"}, "number": {"type": "number"}, "flag": {"type": "boolean"},
                          "list": {"type": "array"}, "map": {"type": "object"}, "any": {}, "maybe": {"type": ["string", "null"]},
                          "two": {"type": ["string", "integer"]}, "odd": {"type": "strng"}, "choice": {"enum": [1, "a", null]},
                          "only": {"const": 7}, "guessed": {"properties": {}}, "items": {"items": {}}, "either": {"oneOf": [{"type": "string"}]}}}
                        """)
                .stream()
                .collect(Collectors.toMap(Field::key, Field::kind));
        assertThat(kinds)
                .containsEntry("text", FieldKind.LONG_TEXT)
                .containsEntry("short", FieldKind.TEXT)
                .containsEntry("date", FieldKind.TEXT)
                .containsEntry("whole", FieldKind.INTEGER)
                .containsEntry("number", FieldKind.NUMBER)
                .containsEntry("flag", FieldKind.BOOLEAN)
                .containsEntry("list", FieldKind.ARRAY)
                .containsEntry("map", FieldKind.OBJECT)
                .containsEntry("any", FieldKind.ANY)
                .containsEntry("maybe", FieldKind.LONG_TEXT)
                .containsEntry("two", FieldKind.ANY)
                .containsEntry("odd", FieldKind.ANY)
                .containsEntry("choice", FieldKind.CHOICE)
                .containsEntry("only", FieldKind.CHOICE)
                .containsEntry("guessed", FieldKind.OBJECT)
                .containsEntry("items", FieldKind.ARRAY)
                .containsEntry("either", FieldKind.ANY);
    }

    @Test
    void an_input_is_a_file_unless_it_says_inline() {
        List<Field> fields = SchemaFields.ofInput(Json.parse(
                        """
                        {"required": ["b"], "properties": {"a": {"x-input-source": "inline"}, "b": {}, "c": {"x-input-source": "file"}}}
                        """)
                .orElseThrow());
        assertThat(fields).extracting(Field::name).containsExactly("input__a", "file__b", "file__c");
        assertThat(fields).extracting(Field::required).containsExactly(false, true, false);
    }

    @Test
    void what_the_server_fills_in_may_be_left_empty() {
        List<Field> fields = parameters(
                "{\"required\": [\"a\", \"b\"], \"properties\": {\"a\": {\"default\": 1}, \"b\": {\"const\": 2}}}");
        assertThat(fields).extracting(Field::required).containsExactly(false, true);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "null",
                "true",
                "[]",
                "\"text\"",
                "{\"properties\": 3}",
                "{\"properties\": [1]}",
                "{\"required\": \"a\", \"properties\": null}"
            })
    void a_schema_that_is_none_makes_no_field(String schema) {
        assertThat(SchemaFields.ofParameters(Json.parse(schema).orElseThrow())).isEmpty();
    }

    @Test
    void references_are_followed_inside_the_schema_and_never_in_circles_or_elsewhere() {
        List<Field> fields = parameters(
                """
                {"$defs": {"n": {"type": "integer"}, "a": {"$ref": "#/$defs/b"}, "b": {"$ref": "#/$defs/a"}},
                 "properties": {"fine": {"$ref": "#/$defs/n"}, "circle": {"$ref": "#/$defs/a"}, "away": {"$ref": "http://127.0.0.1:1/x"}}}
                """);
        assertThat(fields).extracting(Field::kind).containsExactly(FieldKind.INTEGER, FieldKind.ANY, FieldKind.ANY);
    }

    @Test
    void far_too_many_fields_are_refused() {
        String many = IntStream.range(0, 600)
                .mapToObj(number -> "\"p" + number + "\": {}")
                .collect(Collectors.joining(",", "{\"properties\": {", "}}"));
        assertThatThrownBy(() -> parameters(many)).isInstanceOf(BackendException.class);
    }

    private static List<Field> parameters(String schema) {
        return SchemaFields.ofParameters(Json.parse(schema).orElseThrow());
    }
}
