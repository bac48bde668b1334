package skillrunner.application.terminal;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenRecordingTest {
    @Test
    void what_fits_is_kept_as_it_is() {
        assertThat(drawn(64, "\u001b[?1049hhello\n")).isEqualTo("\u001b[?1049hhello\n");
    }

    @Test
    void of_what_does_not_fit_the_end_is_kept() {
        assertThat(drawn(8, "0123456789abcdef")).isEqualTo("89abcdef");
    }

    @Test
    void the_rest_begins_with_a_whole_sequence_or_character() {
        assertThat(drawn(8, "xxxx\u001b[31mred!!")).isEqualTo("red!!");
        assertThat(drawn(8, "x\u001b]52;c;c2VjcmV0\u0007end")).isEqualTo("end");
        assertThat(drawn(8, "\u001b]0;title\u001b\\end")).isEqualTo("end");
        assertThat(drawn(4, "中文!")).isEqualTo("文!");
        assertThat(drawn(4, "0\u001b(Babcd")).isEqualTo("abcd");
    }

    @Test
    void modes_of_the_lost_beginning_are_switched_again() {
        assertThat(drawn(4, "\u001b[?1049h\u001b[?25lxxxxxxxxend!")).isEqualTo("\u001b[?25l\u001b[?1049hend!");
        assertThat(drawn(4, "\u001b[?1;2004hxxxxxxxxxxxxend!")).isEqualTo("\u001b[?1h\u001b[?2004hend!");
        assertThat(drawn(4, "\u001b[?1049h\u001b[?1049lxxxxxxend!")).isEqualTo("\u001b[?1049lend!");
    }

    @Test
    void a_reset_forgets_them_and_others_are_not_kept() {
        assertThat(drawn(4, "\u001b[?1049h\u001bcxxxxxxend!")).isEqualTo("end!");
        assertThat(drawn(4, "\u001b[?2026h\u001b[4h\u001b[?hxxxxxxend!")).isEqualTo("end!");
        assertThat(drawn(4, "\u001b[?99999999999999999999hxxend!")).isEqualTo("end!");
    }

    @Test
    void a_mode_that_is_torn_is_read_whole() {
        assertThat(drawn(8, "xxxxxxxx\u001b[?1049hend!")).isEqualTo("\u001b[?1049hend!");
    }

    private static String drawn(int room, String output) {
        ScreenRecording recording = new ScreenRecording(room);
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        for (byte value : bytes) {
            recording.add(new byte[] {value});
        }
        return new String(recording.drawn(), StandardCharsets.UTF_8);
    }
}
