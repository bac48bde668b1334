package skillrunner.commandline.terminal;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class VisibleTextTest {
    /** A colour, the name of the window, the clipboard (OSC 52), a C1 introducer, a bell, a backspace, a turn of direction. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "\u001b[31mred",
                "\u001b]0;name\u0007",
                "\u001b]52;c;ZXZpbA==\u0007",
                "\u009b2J",
                "a\u0007",
                "a\b",
                "\u202egnp.exe",
                "a\u2028b",
                "\ue000",
                "\udb40\udc41",
                "a\u0000b"
            })
    void nothing_that_acts_reaches_a_terminal(String hostile) {
        for (String shown : new String[] {
            VisibleText.lines(hostile),
            VisibleText.line(hostile),
            VisibleText.exactly(hostile),
            VisibleText.json(hostile)
        }) {
            assertThat(shown.codePoints()).allMatch(character -> switch (Character.getType(character)) {
                case Character.CONTROL, Character.FORMAT, Character.LINE_SEPARATOR, Character.PRIVATE_USE -> false;
                default -> true;
            });
            assertThat(shown).contains("\\u");
        }
    }

    @Test
    void lines_keep_their_ends_and_tabs() {
        assertThat(VisibleText.lines("a\tb\r\nc\rd\n")).isEqualTo("a\tb\nc\\u000dd\n");
    }

    @Test
    void a_line_stays_one() {
        assertThat(VisibleText.line(" a\r\n  b\tc\n")).isEqualTo("a b c");
    }

    @Test
    void what_counts_exactly_shows_its_ends_of_lines_and_blanks() {
        assertThat(VisibleText.exactly(" rm -rf /\n\tx ")).isEqualTo(" rm -rf /\\u000a\\u0009x ");
    }

    @Test
    void letters_of_all_scripts_and_joined_emoji_stay() {
        String text = "日本語 קול ‌می‌خواهم 👩‍👩‍👧";
        assertThat(VisibleText.lines(text)).isEqualTo(text);
    }

    @Test
    void a_json_document_stays_the_same_document() {
        String json = "{\"a\":\"\u202e\udb40\udc41\u009b日本\",\n\"b\": 1}";
        JsonMapper mapper = JsonMapper.builder().build();
        assertThat(mapper.readTree(VisibleText.json(json))).isEqualTo(mapper.readTree(json));
    }
}
