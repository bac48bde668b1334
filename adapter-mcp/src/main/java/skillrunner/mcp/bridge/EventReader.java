package skillrunner.mcp.bridge;

import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Reads server-sent events. Used by one thread. */
final class EventReader {
    private final LineReader lines;
    private final Runnable contact;

    /** @param contact called whenever anything came, were it only a sign of life */
    EventReader(InputStream in, Runnable contact) {
        this.lines = new LineReader(in);
        this.contact = contact;
    }

    /**
     * An event.
     *
     * @param id names its place in the stream; empty if it has none
     * @param data what it says
     */
    record Event(Optional<String> id, String data) {}

    /** Waits for the next event that says something. @return empty at the end of the stream */
    Optional<Event> next() throws IOException {
        StringBuilder data = new StringBuilder();
        Optional<String> id = Optional.empty();
        for (Optional<String> read = lines.next(); read.isPresent(); read = lines.next()) {
            contact.run();
            String line = read.get();
            if (line.isEmpty()) {
                if (data.length() > 0) {
                    return Optional.of(new Event(id, data.toString()));
                }
                id = Optional.empty();
            } else if (line.startsWith("data:")) {
                data.append(data.length() > 0 ? " " : "")
                        .append(line.substring("data:".length()).strip());
            } else if (line.startsWith("id:")) {
                id = Optional.of(line.substring("id:".length()).strip());
            }
        }
        return Optional.empty();
    }
}
