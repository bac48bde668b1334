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
    void what_has_to_be_seen_exactly_hides_nothing_at_all() {
        assertThat(VisibleText.exactly("rm\u200B -rf\u00A0/\u202Eerom\u2066\uDB40\uDC41\tx\r\u0007"))
                .isEqualTo("rm\u27E8U+200B\u27E9 -rf\u27E8U+00A0\u27E9/\u27E8U+202E\u27E9erom\u27E8U+2066\u27E9"
                        + "\u27E8U+E0041\u27E9\u2409x\u240D\u2407");
        assertThat(VisibleText.exactly("one\ntwo")).isEqualTo("one\u240A\ntwo");
        assertThat(VisibleText.exactly("<ls> \u4E2D\u6587 \uD83D\uDE00")).isEqualTo("<ls> \u4E2D\u6587 \uD83D\uDE00");
    }

    @Test
    void everything_else_stays_as_it_is() {
        String plain = "<b>lines\nand\ttabs</b> \u4E2D\u6587 \uD83D\uDE00";
        assertThat(VisibleText.of(plain)).isEqualTo(plain);
    }
}
