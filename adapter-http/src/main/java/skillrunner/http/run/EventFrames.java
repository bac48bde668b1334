package skillrunner.http.run;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import skillrunner.application.run.output.RunStream;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.http.WireFormat;

/** Frames as server-sent events. Every frame but the heartbeat carries an id from which a client can go on. */
final class EventFrames {
    private static final String RETRY = "retry: 3000\n\n";

    private EventFrames() {}

    static byte[] encode(StreamFrame frame, RunStream place) {
        Map<String, Object> data = new LinkedHashMap<>();
        String name;
        if (frame instanceof StreamFrame.Snapshot snapshot) {
            name = "snapshot";
            data.put("status", snapshot.status().wire());
            data.put("stdout_offset", snapshot.stdoutOffset());
            data.put("stderr_offset", snapshot.stderrOffset());
        } else if (frame instanceof StreamFrame.Output output) {
            name = output.stream().wire();
            data.put("from", output.from());
            data.put("to", output.to());
            data.put("chunk", output.text());
        } else if (frame instanceof StreamFrame.Status status) {
            name = "status";
            data.put("status", status.status().wire());
            data.put("updated_at", WireFormat.moment(status.updatedAt()));
            status.error().ifPresent(code -> data.put("error_code", code.name()));
        } else {
            StreamFrame.End end = (StreamFrame.End) frame;
            name = "end";
            data.put("reason", end.reason());
            end.receipt().ifPresent(receipt -> data.put("receipt", JobJson.Receipt.of(receipt)));
        }
        String id = place.stdoutSent() + "." + place.stderrSent() + ".0";
        return ((frame instanceof StreamFrame.Snapshot ? RETRY : "") + event(name, data) + "id: " + id + "\n\n")
                .getBytes(StandardCharsets.UTF_8);
    }

    static byte[] heartbeat(Instant now) {
        return (event("heartbeat", Map.of("ts", WireFormat.moment(now))) + "\n").getBytes(StandardCharsets.UTF_8);
    }

    private static String event(String name, Map<String, ?> data) {
        return "event: " + name + "\ndata: " + WireFormat.mapper().writeValueAsString(data) + "\n";
    }
}
