package skillrunner.acceptance;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Server-sent events out of their lines. An event whose end was cut off is none. */
public final class EventLines {
    private final Consumer<Frame> frames;
    private final List<String> data = new ArrayList<>();
    private String name = "";
    private String id = "";

    public EventLines(Consumer<Frame> frames) {
        this.frames = frames;
    }

    /** One event as it came. */
    public record Frame(String name, String data, String id) {}

    public void take(String line) {
        if (line.isEmpty()) {
            if (!name.isEmpty()) {
                frames.accept(new Frame(name, String.join("\n", data), id));
            }
            name = "";
            id = "";
            data.clear();
        } else if (line.startsWith("event:")) {
            name = value(line);
        } else if (line.startsWith("data:")) {
            data.add(value(line));
        } else if (line.startsWith("id:")) {
            id = value(line);
        }
    }

    private static String value(String line) {
        String value = line.substring(line.indexOf(':') + 1);
        return value.startsWith(" ") ? value.substring(1) : value;
    }
}
