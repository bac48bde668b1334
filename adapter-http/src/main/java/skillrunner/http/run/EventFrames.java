package skillrunner.http.run;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.ToldFrame;
import skillrunner.http.WireFormat;

/** Frames as server-sent events. Every frame but the heartbeat carries an id from which a client can go on. */
final class EventFrames {
    /** What stands before an event of the journal. */
    static final String CHAT = "event: chat_event\ndata: ";

    private static final String RETRY = "retry: 3000\n\n";

    /** What stands around a text, and all of most other frames, in bytes. */
    private static final int OTHERS = 256;

    private EventFrames() {}

    static byte[] encode(ToldFrame told) {
        StreamFrame frame = told.frame();
        if (frame instanceof StreamFrame.Chat chat) {
            return (CHAT + chat.event().json() + "\n" + id(told)).getBytes(StandardCharsets.UTF_8);
        } else if (frame instanceof StreamFrame.Output output) {
            // Nearly all that is sent: the text is written once, as what goes out.
            return encoded(
                    output.stream().wire(),
                    EventJson.Output.of(output),
                    id(told),
                    output.text().length());
        } else if (frame instanceof StreamFrame.Snapshot snapshot) {
            return encoded(RETRY, "snapshot", EventJson.Snapshot.of(snapshot), id(told), 0);
        } else if (frame instanceof StreamFrame.Status status) {
            return encoded("status", EventJson.Status.of(status), id(told), 0);
        }
        return encoded("end", EventJson.End.of((StreamFrame.End) frame), id(told), 0);
    }

    /** From where a client can go on, and the end of the frame. */
    static String id(ToldFrame told) {
        return "id: " + told.stdout() + "." + told.stderr() + "."
                + told.cursor().orElse(0L) + "\n\n";
    }

    static byte[] heartbeat(Instant now) {
        return encoded("heartbeat", new EventJson.Heartbeat(now), "\n", 0);
    }

    private static byte[] encoded(String name, Object data, String end, int text) {
        return encoded("", name, data, end, text);
    }

    private static byte[] encoded(String before, String name, Object data, String end, int text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(text + text / 8 + OTHERS);
        bytes.writeBytes((before + "event: " + name + "\ndata: ").getBytes(StandardCharsets.UTF_8));
        WireFormat.mapper().writeValue(bytes, data);
        bytes.writeBytes(("\n" + end).getBytes(StandardCharsets.UTF_8));
        return bytes.toByteArray();
    }
}
