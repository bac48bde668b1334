package skillrunner.e2eclient.form;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.e2eclient.backend.Json;

import static org.assertj.core.api.Assertions.assertThat;

class CoercionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER | 12 | 12",
                "INTEGER | -0 | 0",
                "INTEGER | 123456789012345678901234567890 | 123456789012345678901234567890",
                "NUMBER | 0.10 | 0.10",
                "NUMBER | .5 | 0.5",
                "NUMBER | 3 | 3",
                "BOOLEAN | Yes | true",
                "BOOLEAN | on | true",
                "BOOLEAN | 1 | true",
                "BOOLEAN | OFF | false",
                "ARRAY | [1, \"a\"] | [1,\"a\"]",
                "OBJECT | {\"a\": {\"b\": 1.50}} | {\"a\":{\"b\":1.50}}",
                "ANY | null | null",
                "ANY | {\"a\": 1} | {\"a\":1}",
                "ANY | plain words | \"plain words\"",
                "TEXT | 12 | \"12\"",
            })
    void what_was_typed_becomes_a_value_of_its_kind(FieldKind kind, String typed, String json) {
        assertThat(Coercion.of(field(kind), typed).value().map(Json::text)).contains(json);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "INTEGER | 1.5 | integer",
                "INTEGER | 1e3 | integer",
                "INTEGER | 0x10 | integer",
                "NUMBER | one | number",
                "NUMBER | NaN | number",
                "NUMBER | 1e999999999 | number",
                "BOOLEAN | perhaps | boolean",
                "ARRAY | {} | array",
                "ARRAY | [1 | array",
                "ARRAY | [1] [2] | array",
                "OBJECT | [] | object",
                "OBJECT | {\"a\": 1, \"a\": 2} | object",
            })
    void what_is_none_is_said_to_be_none(FieldKind kind, String typed, String fault) {
        assertThat(Coercion.of(field(kind), typed).fault()).contains(fault);
    }

    @ParameterizedTest
    @ValueSource(ints = {301, 100_000})
    void numbers_that_nobody_means_are_refused_before_they_are_computed(int digits) {
        assertThat(Coercion.of(field(FieldKind.INTEGER), "9".repeat(digits)).fault())
                .contains("integer");
    }

    @Test
    void json_that_is_nested_without_end_is_refused() {
        String deep = "[".repeat(5_000) + "]".repeat(5_000);
        assertThat(Coercion.of(field(FieldKind.ARRAY), deep).fault()).contains("array");
    }

    @Test
    void a_choice_of_words_may_come_without_their_quotes() {
        Field field = choice("3", "\"3\"", "\"users\"");
        assertThat(Coercion.of(field, "users").value().orElseThrow().stringValue())
                .isEqualTo("users");
        assertThat(Coercion.of(field, "\"users\"").value().orElseThrow().stringValue())
                .isEqualTo("users");
    }

    @Test
    void a_choice_is_one_of_the_values_of_the_schema_with_its_type() {
        Field field = choice("3", "\"3\"");
        assertThat(Coercion.of(field, "3").value().orElseThrow().isNumber()).isTrue();
        assertThat(Coercion.of(field, "\"3\"").value().orElseThrow().isString()).isTrue();
        assertThat(Coercion.of(field, "4").fault()).contains("choice");
    }

    @Test
    void sizes_that_the_schema_names_are_kept_to() {
        Bounds bounds = Bounds.of(Json.parse("{\"minimum\": 2, \"maximum\": 3.5, \"minLength\": 2, \"maxLength\": 3}")
                .orElseThrow());
        assertThat(Coercion.of(field(FieldKind.NUMBER, bounds), "1.9").fault()).contains("least");
        assertThat(Coercion.of(field(FieldKind.NUMBER, bounds), "3.6").fault()).contains("most");
        assertThat(Coercion.of(field(FieldKind.NUMBER, bounds), "3.5").fault()).isEmpty();
        assertThat(Coercion.of(field(FieldKind.TEXT, bounds), "a").fault()).contains("short");
        assertThat(Coercion.of(field(FieldKind.TEXT, bounds), "abcd").fault()).contains("long");
        // A character that takes two places of memory is one character.
        assertThat(Coercion.of(field(FieldKind.TEXT, bounds), "😀😀😀").fault()).isEmpty();
    }

    private static Field field(FieldKind kind) {
        return field(kind, Bounds.NONE);
    }

    private static Field field(FieldKind kind, Bounds bounds) {
        return new Field(FieldGroup.INPUT, "k", kind, "", "", false, List.of(), Optional.empty(), true, bounds);
    }

    private static Field choice(String... values) {
        return new Field(
                FieldGroup.INPUT,
                "k",
                FieldKind.CHOICE,
                "",
                "",
                false,
                Stream.of(values).map(value -> Json.parse(value).orElseThrow()).toList(),
                Optional.empty(),
                true,
                Bounds.NONE);
    }
}
