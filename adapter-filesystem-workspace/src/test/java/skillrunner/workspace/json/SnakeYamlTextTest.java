package skillrunner.workspace.json;

import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnakeYamlTextTest {
    private final SnakeYamlText yaml = new SnakeYamlText();

    @Test
    void a_mapping_is_read_as_plain_values() {
        assertThat(
                        yaml.parseObject(
                                """

                kind: choose_one
                1: one
                options:
                  - label: Go on
                    value: 7
                  - yes
                nothing: null
                ratio: 0.5
                """))
                .contains(Map.of(
                        "kind",
                        "choose_one",
                        "1",
                        "one",
                        "options",
                        List.of(Map.of("label", "Go on", "value", 7), "yes"),
                        "ratio",
                        0.5));
    }

    @Test
    void what_json_does_not_know_becomes_text() {
        assertThat(yaml.parseObject("limit: .inf\nnone: .nan")).contains(Map.of("limit", "Infinity", "none", "NaN"));
    }

    static Stream<String> unacceptable() {
        return Stream.of(
                "",
                "just text",
                "- a\n- b",
                "a: [",
                "a: b: c",
                "!!javax.script.ScriptEngineManager [!!java.net.URL [\"http://localhost\"]]",
                "a: &a [x]\nb: &b [*a, *a]\nc: [*b, *b]",
                "a: &a\n  self: *a",
                "a: " + "[".repeat(5_000) + "]".repeat(5_000),
                "a: " + "{b: ".repeat(2_000) + "}".repeat(2_000),
                "a: 1\na: 2",
                "a: " + "x".repeat(100_000),
                "a: \u0000");
    }

    @ParameterizedTest
    @MethodSource("unacceptable")
    void what_is_no_plain_mapping_is_nothing(String text) {
        assertThat(yaml.parseObject(text)).isEmpty();
    }
}
