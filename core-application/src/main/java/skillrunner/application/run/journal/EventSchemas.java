package skillrunner.application.run.journal;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.json.JsonText;
import skillrunner.domain.journal.JournalStream;

/** The JSON Schemas of the envelopes, which ship beside this class: what everybody may rely on, and what is checked before it is written. Safe for concurrent use. */
public final class EventSchemas {
    private final JsonText json;

    /** Made at the first event: it would be a part of every start that no start needs. */
    private volatile @Nullable Map<JournalStream, EventSchema> ready;

    /**
     * Makes an instance; one is enough.
     *
     * @param json reads the schemas
     */
    public EventSchemas(JsonText json) {
        this.json = Objects.requireNonNull(json);
    }

    /**
     * Returns a schema as it ships.
     *
     * @param stream the stream
     * @return JSON
     */
    public static String text(JournalStream stream) {
        try (InputStream in = Objects.requireNonNull(EventSchemas.class.getResourceAsStream(name(stream)))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(name(stream), e);
        }
    }

    /**
     * Checks an event.
     *
     * @param stream its stream
     * @param row its envelope as plain values
     * @return the first thing that is wrong, with its place and without any value; empty if it fits
     */
    public Optional<String> breach(JournalStream stream, Map<String, Object> row) {
        Map<JournalStream, EventSchema> schemas = ready;
        if (schemas == null) {
            schemas = read();
            ready = schemas;
        }
        return Objects.requireNonNull(schemas.get(stream)).breach(row);
    }

    private Map<JournalStream, EventSchema> read() {
        Map<JournalStream, EventSchema> schemas = new EnumMap<>(JournalStream.class);
        for (JournalStream stream : JournalStream.values()) {
            schemas.put(
                    stream,
                    EventSchema.of(
                            json.parseObject(text(stream)).orElseThrow(() -> new IllegalStateException(name(stream)))));
        }
        return schemas;
    }

    private static String name(JournalStream stream) {
        return stream.wire() + ".schema.json";
    }
}
