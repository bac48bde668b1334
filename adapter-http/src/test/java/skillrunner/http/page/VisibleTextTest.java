package skillrunner.http.page;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleTextTest {
    @Test
    void what_would_turn_or_hide_text_is_shown() {
        assertThat(VisibleText.of("a\u202Egnp.exe")).isEqualTo("a\u27E8U+202E\u27E9gnp.exe");
        assertThat(VisibleText.of("\u001b[31mred\u0000\r")).isEqualTo("\u241B[31mred\u2400\u240D");
    }

    @Test
    void everything_else_stays_as_it_is() {
        String plain = "<b>lines\nand\ttabs</b> \u4E2D\u6587 \uD83D\uDE00";
        assertThat(VisibleText.of(plain)).isEqualTo(plain);
    }
}
