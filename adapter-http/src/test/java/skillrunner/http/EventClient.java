package skillrunner.http;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** Reads server-sent events frame by frame, as they stand on the wire. */
final class EventClient implements AutoCloseable {
    /** One frame: its lines as they came, and what they say. */
    record Frame(List<String> lines, String name, Optional<String> id, JsonNode data) {
        String chunk() {
            return data.get("chunk").stringValue();
        }
    }

    private final Socket socket;
    private final BufferedReader in;
    final String head;
    private boolean ended;

    EventClient(int port, String target, String... headers) throws IOException {
        this.socket = RawHttp.open(port, RawHttp.request("GET", target, headers));
        this.in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8));
        StringBuilder read = new StringBuilder();
        for (String line = in.readLine(); line != null && !line.isEmpty(); line = in.readLine()) {
            read.append(line).append('\n');
        }
        this.head = read.toString();
    }

    /** The next frame that is no heartbeat; empty at the end of the stream. */
    Optional<Frame> next() throws IOException {
        Optional<Frame> frame = any();
        while (frame.isPresent() && frame.get().name().equals("heartbeat")) {
            frame = any();
        }
        return frame;
    }

    Optional<Frame> any() throws IOException {
        List<String> lines = new ArrayList<>();
        while (!ended) {
            @Nullable String line = in.readLine();
            if (line == null) {
                ended = true;
            } else if (!line.isEmpty()) {
                lines.add(line);
            } else if (lines.stream().anyMatch(present -> present.startsWith("event: "))) {
                return Optional.of(new Frame(
                        lines,
                        field(lines, "event").orElseThrow(),
                        field(lines, "id"),
                        WireFormat.mapper().readTree(field(lines, "data").orElseThrow())));
            }
        }
        return Optional.empty();
    }

    List<Frame> rest() throws IOException {
        List<Frame> frames = new ArrayList<>();
        for (Optional<Frame> frame = next(); frame.isPresent(); frame = next()) {
            frames.add(frame.get());
        }
        return frames;
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }

    private static Optional<String> field(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .findFirst();
    }
}
