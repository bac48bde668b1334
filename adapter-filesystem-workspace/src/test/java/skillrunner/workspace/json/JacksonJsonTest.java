package skillrunner.workspace.json;

import java.math.BigDecimal;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class JacksonJsonTest {
    private final JacksonJson json = new JacksonJson();

    @ParameterizedTest
    @ValueSource(ints = {201, 1_000, 100_000})
    void a_text_nested_without_measure_is_no_object(int levels) {
        assertThat(json.parseObject("{\"a\":".repeat(levels) + "1" + "}".repeat(levels)))
                .isEmpty();
        assertThat(json.parseObject("{\"a\":" + "[".repeat(levels))).isEmpty();
    }

    @Test
    void the_deepest_object_that_is_read_can_be_written_again_inside_of_others() {
        Object value =
                json.parseObject("{\"a\":".repeat(200) + "1" + "}".repeat(200)).orElseThrow();

        for (int level = 0; level < 10; level++) {
            value = Map.of("in", value);
        }

        assertThat(json.pretty(value)).contains("in");
        assertThat(json.canonical(value)).contains("in");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "null",
                "[]",
                "\"text\"",
                "1",
                "{",
                "{}}",
                "{} {}",
                "{} x",
                "{\"a\":1,\"a\":2}",
                "{\"a\":NaN}",
                "{\"a\":1,}",
                "{a:1}",
                "{'a':1}",
                "{\"a\":01}",
                "{\"a\":1} // comment",
                "{/* comment */}",
                "{\"a\":1e2147483648}",
                "{\"a\":\"line\nbreak\"}",
                "```json\n{}\n```"
            })
    void whatever_is_not_one_strict_object_is_not_read(String text) {
        assertThat(json.parseObject(text)).isEmpty();
    }

    @Test
    void an_object_is_read_as_plain_values_in_its_order() {
        Map<String, Object> object = json.parseObject(
                        " \r\n{\"z\":1,\"a\":[true,null,\"\\u4e2d\"],\"m\":{\"x\":1.10}} \n")
                .orElseThrow();

        assertThat(object.keySet()).containsExactly("z", "a", "m");
        assertThat(object.get("a")).asInstanceOf(InstanceOfAssertFactories.LIST).containsExactly(true, null, "\u4e2d");
        assertThat(object.get("m")).isEqualTo(Map.of("x", new BigDecimal("1.10")));
    }

    @Test
    void something_nested_very_deeply_is_refused_and_breaks_nothing() {
        assertThat(json.parseObject("{\"a\":" + "[".repeat(100_000) + "]".repeat(100_000) + "}"))
                .isEmpty();
    }

    @Test
    void equal_values_have_one_canonical_text_whatever_their_order() {
        Map<String, Object> one = new LinkedHashMap<>();
        one.put("b", List.of(2, 1));
        one.put("a", Map.of("y", "\u4e2d/\"", "x", true));
        Map<String, Object> other = new LinkedHashMap<>();
        other.put("a", new LinkedHashMap<>(Map.of("x", true, "y", "\u4e2d/\"")));
        other.put("b", List.of(2, 1));

        assertThat(json.canonical(one))
                .isEqualTo("{\"a\":{\"x\":true,\"y\":\"\u4e2d/\\\"\"},\"b\":[2,1]}")
                .isEqualTo(json.canonical(other));
        assertThat(json.canonical(null)).isEqualTo("null");
    }

    @Test
    void the_pretty_text_keeps_the_order_and_ends_with_a_line_break() {
        Map<String, Object> value = new LinkedHashMap<>();
        value.put("b", 1);
        value.put("a", null);

        String text = json.pretty(value);

        assertThat(text).endsWith("}\n").containsSubsequence("\"b\"", "\"a\"");
        assertThat(json.parseObject(text)).contains(value);
    }
}
