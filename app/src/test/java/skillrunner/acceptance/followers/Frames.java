package skillrunner.acceptance.followers;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import skillrunner.acceptance.EventLines;
import skillrunner.client.Download;

/** Hands on the events of an answer as they arrive. */
final class Frames {
    private Frames() {}

    /** @throws IOException if the answer was cut off; what came whole until then was handed on */
    static void read(Download answer, Consumer<EventLines.Frame> each) throws IOException {
        EventLines lines = new EventLines(each);
        try (BufferedReader in = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                lines.take(line);
            }
        }
    }
}
