package skillrunner.e2eclient.event;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class EventFramesTest {
    private static final int LIMIT = 100;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "event: a\ndata: 1\n\nevent: b\ndata: 2\n\n",
                "event: a\r\ndata: 1\r\n\r\n: note\r\n\r\n",
                "data: \u00e4\r\r\rdata: x\n\n",
                "\n\n\n",
                "id: 1\n:\n\n"
            })
    void wherever_a_stream_is_cut_its_bytes_come_out_unchanged(String stream) throws Exception {
        byte[] bytes = stream.getBytes(StandardCharsets.UTF_8);
        for (int size = 1; size <= bytes.length; size++) {
            EventFrames frames = new EventFrames(LIMIT);
            StringBuilder out = new StringBuilder();
            for (int at = 0; at < bytes.length; at += size) {
                byte[] piece = java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + size));
                out.append(new String(frames.take(piece), StandardCharsets.ISO_8859_1));
            }
            assertThat(out.toString()).isEqualTo(new String(bytes, StandardCharsets.ISO_8859_1));
        }
    }

    @Test
    void an_event_is_handed_on_when_it_is_whole() throws Exception {
        EventFrames frames = new EventFrames(LIMIT);
        assertThat(frames.take(bytes("event: a\ndata: {\"half"))).isEmpty();
        assertThat(frames.take(bytes("\": 1}\n"))).isEmpty();
        assertThat(text(frames.take(bytes("\nevent: b")))).isEqualTo("event: a\ndata: {\"half\": 1}\n\n");
    }

    @Test
    void an_event_without_an_end_is_not_held_for_ever() {
        EventFrames frames = new EventFrames(LIMIT);
        assertThatThrownBy(() -> frames.take(bytes("data: " + "x".repeat(LIMIT))))
                .isInstanceOf(EventFrames.TooLargeException.class);
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
