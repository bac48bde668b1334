package skillrunner.http.run;

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

    private EventFrames() {}

    static byte[] encode(ToldFrame told) {
        StreamFrame frame = told.frame();
        if (frame instanceof StreamFrame.Chat chat) {
            return encoded(CHAT + chat.event().json() + "\n", told);
        }
        String name;
        Object data;
        if (frame instanceof StreamFrame.Snapshot snapshot) {
            name = "snapshot";
            data = EventJson.Snapshot.of(snapshot);
        } else if (frame instanceof StreamFrame.Output output) {
            name = output.stream().wire();
            data = EventJson.Output.of(output);
        } else if (frame instanceof StreamFrame.Status status) {
            name = "status";
            data = EventJson.Status.of(status);
        } else {
            name = "end";
            data = EventJson.End.of((StreamFrame.End) frame);
        }
        return encoded((frame instanceof StreamFrame.Snapshot ? RETRY : "") + event(name, data), told);
    }

    private static byte[] encoded(String event, ToldFrame told) {
        return (event + id(told)).getBytes(StandardCharsets.UTF_8);
    }

    /** From where a client can go on, and the end of the frame. */
    static String id(ToldFrame told) {
        return "id: " + told.stdout() + "." + told.stderr() + "."
                + told.cursor().orElse(0L) + "\n\n";
    }

    static byte[] heartbeat(Instant now) {
        return (event("heartbeat", new EventJson.Heartbeat(now)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String name, Object data) {
        return "event: " + name + "\ndata: " + WireFormat.mapper().writeValueAsString(data) + "\n";
    }
}
