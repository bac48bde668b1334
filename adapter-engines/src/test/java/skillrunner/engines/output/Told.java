package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;

/** What the reader of an engine tells. */
public final class Told {
    private Told() {}

    /** Returns all events of lines on one stream. */
    public static List<EngineEvent> of(EngineDriver driver, OutputStreamKind stream, String... lines) {
        return of(driver, stream, String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    /** Returns all events of one stream. */
    public static List<EngineEvent> of(EngineDriver driver, OutputStreamKind stream, byte[] bytes) {
        List<EngineEvent> events = new ArrayList<>();
        EngineOutputReader reader = driver.newReader(OutputPosition.START, events::add);
        Feeding.feed(reader, stream, bytes, 64);
        reader.finish();
        return events;
    }

    /** Returns the range of the n-th line of a text that LF ends, on stdout. */
    public static OutputRange line(byte[] bytes, int n) {
        int from = 0;
        for (int i = 0; i < n; i++) {
            from = end(bytes, from);
        }
        return new OutputRange(OutputStreamKind.STDOUT, from, end(bytes, from));
    }

    private static int end(byte[] bytes, int from) {
        int end = from;
        while (bytes[end] != '\n') {
            end++;
        }
        return end + 1;
    }
}
