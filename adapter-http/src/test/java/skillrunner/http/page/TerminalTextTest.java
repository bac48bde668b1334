package skillrunner.http.page;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTextTest {
    @Test
    void colours_titles_and_links_go_and_their_text_stays() {
        assertThat(TerminalText.of("\033[1;31mred\033[0m \033]0;title\007\033]8;;http://x\033\\link\033]8;;\033\\"))
                .isEqualTo("red link");
        assertThat(TerminalText.of("\033Pprivate\033\\a\033(Bb\033=c\033[?25ld"))
                .isEqualTo("abcd");
    }

    @Test
    void a_line_that_was_written_over_shows_as_it_was_left() {
        assertThat(TerminalText.of("10%\r50%\r100%\nnext\r\n\r\nlast\r\r")).isEqualTo("100%\nnext\n\nlast");
    }

    @Test
    void what_is_cut_off_or_does_not_show_itself_becomes_visible() {
        assertThat(TerminalText.of("a\033[12")).isEqualTo("a␛[12");
        assertThat(TerminalText.of("\033")).isEqualTo("␛");
        assertThat(TerminalText.of("nul \0 \u202E")).isEqualTo("nul ␀ ⟨U+202E⟩");
        assertThat(TerminalText.of("")).isEmpty();
    }

    @Test
    void hostile_text_of_any_length_is_read_to_its_end() {
        assertThat(TerminalText.of("\033[31m".repeat(100_000) + "\r".repeat(100_000) + "end"))
                .isEqualTo("end");
    }
}
