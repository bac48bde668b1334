package skillrunner.http.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.ToldFrame;
import skillrunner.http.WireFormat;

/** Frames as server-sent events. Every frame but the heartbeat carries an id from which a client can go on. */
final class EventFrames {
    private static final String RETRY = "retry: 3000\n\n";

    private EventFrames() {}

    static byte[] encode(ToldFrame told) {
        StreamFrame frame = told.frame();
        if (frame instanceof StreamFrame.Chat chat) {
            return encoded("event: chat_event\ndata: " + chat.event().json() + "\n", told);
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
        String id = told.stdout() + "." + told.stderr() + "." + told.cursor().orElse(0L);
        return (event + "id: " + id + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    static byte[] heartbeat(Instant now) {
        return (event("heartbeat", new EventJson.Heartbeat(now)) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String name, Object data) {
        return "event: " + name + "\ndata: " + WireFormat.mapper().writeValueAsString(data) + "\n";
    }
}
