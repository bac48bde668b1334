package skillrunner.workspace.json;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EcmaPatternTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            value = {
                "(?<first_name>x)\\k<first_name> ~ xx",
                "^[\\w.]+@[\\w.]+$ ~ a.b@c.d",
                "^[[]$ ~ [",
                "^[a&&b]$ ~ &",
                "^[^]$ ~ a",
                "^a{,3}$ ~ a{,3}",
                "^{a}$ ~ {a}",
                "^\\u4e2d\\u{1F600}\\x41$ ~ 中😀A",
                "^\\p{Letter}\\p{Lu}\\p{Script=Greek}\\p{Alphabetic}$ ~ aBγx",
                "^[\\s]\\S$ ~ \u00A0x",
                "^[\\s-x]{3}$ ~ x-\u00A0",
                "^[\\w\\s-]+$ ~ a-b c",
                "^[\\s-_]+$ ~ - _",
                "^[^\\s-]$ ~ a",
                "^\\/\\-\\_$ ~ /-_",
                "(?<=a)b(?!c) ~ ab",
                "^(?:a|b)+?$ ~ ab"
            })
    void a_pattern_of_ecma_262_finds_what_it_finds_there(String pattern, String text) {
        assertThat(EcmaPattern.fault(pattern)).isEmpty();
        assertThat(EcmaPattern.compile(pattern).matcher(text).find()).isTrue();
    }

    @Test
    void the_end_is_the_very_end_and_a_dot_is_no_line_break() {
        assertThat(EcmaPattern.compile("^a$").matcher("a\n").find()).isFalse();
        assertThat(EcmaPattern.compile("^.$").matcher("\u2028").find()).isFalse();
        assertThat(EcmaPattern.compile("^.$").matcher("\u0085").find()).isTrue();
        assertThat(EcmaPattern.compile("[]").matcher("a").find()).isFalse();
    }

    @Test
    void a_hyphen_behind_a_class_is_a_hyphen() {
        assertThat(EcmaPattern.compile("^[^\\s-]$").matcher("-").find()).isFalse();
        assertThat(EcmaPattern.compile("^[\\s-x]$").matcher("b").find()).isFalse();
        assertThat(EcmaPattern.compile("^[\\s-\\d]$").matcher("-").find()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"(", "[", "a**", "\\", "(?<a", "\\k<none>"})
    void what_is_no_pattern_is_told_in_words(String pattern) {
        assertThat(EcmaPattern.fault(pattern)).hasValueSatisfying(fault -> assertThat(fault)
                .doesNotContain("java")
                .containsAnyOf("not complete or not allowed", "longest match"));
    }
}
