package skillrunner.delegate.screen;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class TerminalTextTest {
    private static final String SHOWN = "\u001b[2J\u001b[H\u001b]0;a title\u0007您希望如何为此项目进行身份验证？\r\n"
            + "\u001b[32m\u25cf\u001b[39m 1. 登录\r\n\u001b]8;;https://example.org\u001b\\link\u001b]8;;\u001b\\ 50%\u001b[3Cdone";

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 1000})
    void however_it_is_cut_the_text_is_the_same(int size) {
        TerminalText text = new TerminalText(1000);
        byte[] bytes = SHOWN.getBytes(StandardCharsets.UTF_8);
        for (int at = 0; at < bytes.length; at += size) {
            byte[] part = Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
            text.add(part, part.length);
        }
        assertThat(text.now().text()).isEqualTo("您希望如何为此项目进行身份验证？\n\u25cf 1. 登录\nlink 50%   done");
    }

    @Test
    void what_is_written_over_a_line_is_a_line_of_its_own() {
        assertThat(shown("10%\r20%\u001b[2K\u001b[G30%\r\r\nend")).isEqualTo("10%\n20%\n30%\nend");
    }

    @Test
    void what_is_erased_is_not_there() {
        assertThat(shown("a\nbcd\b\be\b\b\b\b")).isEqualTo("a\n");
    }

    @Test
    void what_is_no_text_in_utf_8_does_no_harm() {
        TerminalText text = new TerminalText(100);
        text.add(new byte[] {'a', (byte) 0xff, (byte) 0xc3, 'b', 0}, 5);
        assertThat(text.now().text()).isEqualTo("a\ufffd\ufffdb");
    }

    @Test
    void a_command_without_end_hides_the_rest_and_takes_no_memory() {
        TerminalText text = new TerminalText(100);
        byte[] digits = "1".repeat(8192).getBytes(StandardCharsets.UTF_8);
        text.add("a\u001b[".getBytes(StandardCharsets.UTF_8), 3);
        for (int i = 0; i < 100; i++) {
            text.add(digits, digits.length);
        }
        text.add("mb".getBytes(StandardCharsets.UTF_8), 2);
        assertThat(text.now().text()).isEqualTo("ab");
    }

    @Test
    void of_a_flood_the_end_is_held_and_places_stay_true() {
        TerminalText text = new TerminalText(1000);
        byte[] flood = "y\n".repeat(4096).getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < 2000; i++) {
            text.add(flood, flood.length);
        }
        byte[] last = "Enter the authorization code: ".getBytes(StandardCharsets.UTF_8);
        text.add(last, last.length);
        ScreenText screen = text.now();
        assertThat(screen.text()).hasSize(1000);
        assertThat(screen.last("enter the authorization code")).isEqualTo(2000L * 8192);
        assertThat(screen.from(screen.last("code:"))).isEqualTo("code: ");
        assertThat(screen.end()).isEqualTo(2000L * 8192 + last.length);
    }

    private static String shown(String bytes) {
        TerminalText text = new TerminalText(1000);
        byte[] all = bytes.getBytes(StandardCharsets.UTF_8);
        text.add(all, all.length);
        return text.now().text();
    }
}
