package skillrunner.application.terminal;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.testkit.terminal.InMemoryScreen;

import static org.assertj.core.api.Assertions.assertThat;

class ScreenRecordingTest {
    @Test
    void what_fits_is_kept_as_it_is() {
        assertThat(drawn(64, "\u001b[?1049hhello\n")).isEqualTo("\u001b[?1049hhello\n");
        assertThat(drawn(4, "01234567")).isEqualTo("01234567");
    }

    @Test
    void of_what_does_not_fit_the_end_is_kept_in_a_bounded_room() {
        assertThat(drawn(4, "0123456789abcdef")).isEqualTo("89abcdef");
        assertThat(drawn(4, "0123456789abcdefg")).isEqualTo("cdefg");
        InMemoryScreen file = new InMemoryScreen();
        ScreenRecording recording = new ScreenRecording(8, Optional.of(file));
        recording.add("0123456789abcdef".repeat(1000).getBytes(StandardCharsets.UTF_8));
        assertThat(file.length()).isEqualTo(16);
    }

    @Test
    void it_tells_whether_the_beginning_is_lost() {
        ScreenRecording recording = new ScreenRecording(4, Optional.of(new InMemoryScreen()));
        assertThat(recording.isCut()).isFalse();
        recording.add(new byte[8]);
        assertThat(recording.isCut()).isFalse();
        recording.add(new byte[1]);
        assertThat(recording.isCut()).isTrue();
        recording.add(new byte[100]);
        assertThat(recording.isCut()).isTrue();
    }

    @Test
    void the_rest_begins_with_a_whole_sequence_or_character() {
        assertThat(drawn(4, "xxxx\u001b[31mred!!")).isEqualTo("red!!");
        assertThat(drawn(8, "x\u001b]52;c;c2VjcmV0\u0007end")).isEqualTo("end");
        assertThat(drawn(4, "\u001b]0;title\u001b\\end")).isEqualTo("end");
        assertThat(drawn(4, "中文字!")).isEqualTo("字!");
        assertThat(drawn(3, "0\u001b(Babcd")).isEqualTo("abcd");
    }

    @Test
    void modes_of_the_lost_beginning_are_switched_again() {
        assertThat(drawn(4, "\u001b[?1049h\u001b[?25lxxxxxxxxend!")).isEqualTo("\u001b[?25l\u001b[?1049hxxend!");
        assertThat(drawn(4, "\u001b[?1;2004hxxxxxxxxxxxxend!")).isEqualTo("\u001b[?1h\u001b[?2004hxxend!");
        assertThat(drawn(4, "\u001b[?1049h\u001b[?1049lxxxxxxend!")).isEqualTo("\u001b[?1049lxxend!");
    }

    @Test
    void a_reset_forgets_them_and_others_are_not_kept() {
        assertThat(drawn(4, "\u001b[?1049h\u001bcxxxxxxend!")).isEqualTo("xxxxend!");
        assertThat(drawn(4, "\u001b[?2026h\u001b[4h\u001b[?hxxxxxxend!")).isEqualTo("xxend!");
        assertThat(drawn(4, "\u001b[?99999999999999999999hxxend!")).isEqualTo("xxend!");
    }

    @Test
    void a_mode_that_is_torn_is_read_whole() {
        assertThat(drawn(4, "xxxxxxxx\u001b[?1049hend!")).isEqualTo("\u001b[?1049hend!");
    }

    @Test
    void what_can_not_be_kept_is_lost_and_the_modes_are_known_all_the_same() {
        InMemoryScreen file = new InMemoryScreen();
        ScreenRecording recording = new ScreenRecording(64, Optional.of(file));
        recording.add("\u001b[?1049hhello".getBytes(StandardCharsets.UTF_8));
        file.breaks();
        recording.add("there".getBytes(StandardCharsets.UTF_8));

        assertThat(new String(recording.drawn(), StandardCharsets.UTF_8)).isEqualTo("\u001b[?1049h");
        assertThat(recording.isCut()).isTrue();
        assertThat(file.closed()).isTrue();
        ScreenRecording none = new ScreenRecording(64, Optional.empty());
        assertThat(none.drawn()).isEmpty();
        assertThat(none.isCut()).isFalse();
    }

    @Test
    void what_can_not_be_read_is_lost_too() {
        InMemoryScreen file = new InMemoryScreen();
        ScreenRecording recording = new ScreenRecording(64, Optional.of(file));
        recording.add("hello".getBytes(StandardCharsets.UTF_8));
        file.breaks();

        assertThat(recording.drawn()).isEmpty();
        recording.add("there".getBytes(StandardCharsets.UTF_8));
        assertThat(recording.drawn()).isEmpty();
    }

    /** Byte by byte and in one piece is the same. */
    private static String drawn(int half, String output) {
        byte[] bytes = output.getBytes(StandardCharsets.UTF_8);
        ScreenRecording bits = new ScreenRecording(half, Optional.of(new InMemoryScreen()));
        for (byte value : bytes) {
            bits.add(new byte[] {value});
        }
        ScreenRecording whole = new ScreenRecording(half, Optional.of(new InMemoryScreen()));
        whole.add(bytes);
        assertThat(whole.drawn()).isEqualTo(bits.drawn());
        return new String(bits.drawn(), StandardCharsets.UTF_8);
    }
}
