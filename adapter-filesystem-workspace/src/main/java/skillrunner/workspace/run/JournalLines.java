package skillrunner.workspace.run;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.domain.journal.EventTime;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.exc.JacksonIOException;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.ObjectReader;
import tools.jackson.databind.json.JsonMapper;

/** Events as lines of JSON. Safe for concurrent use. */
final class JournalLines {
    private static final TypeReference<Map<String, Object>> OBJECT = new TypeReference<>() {};

    private static final String SAID = "data";

    /** A message has up to 16 Mi characters. */
    private static final int LONGEST_TEXT = 17 << 20;

    private final JsonMapper mapper = JsonMapper.builder(JsonFactory.builder()
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxStringLength(LONGEST_TEXT)
                            .maxNestingDepth(200)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    /** Behind a member others follow. */
    private final ObjectReader member =
            mapper.readerFor(Object.class).without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    /**
     * Where an event stands.
     *
     * @param seq its number
     * @param at its moment, if it can be read
     */
    record Place(long seq, Optional<Instant> at) {
        /** Tells whether everything that is wanted comes later. */
        boolean isBefore(JournalQuery query) {
            return seq < query.fromSeq()
                    || at.flatMap(moment -> query.fromTime().map(moment::isBefore))
                            .orElse(false);
        }

        /** Tells whether everything that is wanted came earlier. */
        boolean isBehind(JournalQuery query) {
            return seq > query.toSeq()
                    || at.flatMap(moment -> query.toTime().map(moment::isAfter)).orElse(false);
        }
    }

    /** Lines of events that will be written together. */
    WrittenLines toWrite() {
        return new WrittenLines(mapper);
    }

    String text(Map<String, Object> row) {
        return mapper.writeValueAsString(row);
    }

    String text(byte[] line) {
        return new String(line, StandardCharsets.UTF_8);
    }

    /** Reads a line, however long. @return empty if it is no object in JSON */
    Optional<Map<String, Object>> row(JournalLine line) throws IOException {
        if (line.isLong() && place(line).isEmpty()) {
            // Several at once would not have room for what is none of ours.
            return Optional.empty();
        }
        byte[] whole = line.whole();
        try {
            return isObject(whole) ? Optional.ofNullable(mapper.readValue(whole, OBJECT)) : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Reads a line, and of a long one all but what it says. @return empty if it is no object in JSON */
    Optional<Map<String, Object>> envelope(JournalLine line) throws IOException {
        if (!line.isLong()) {
            return row(line);
        }
        if (place(line).isEmpty()) {
            return Optional.empty();
        }
        Map<String, Object> envelope = new LinkedHashMap<>();
        try (JsonParser parser = mapper.createParser(line.open())) {
            parser.nextToken();
            while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
                String name = parser.currentName();
                parser.nextToken();
                if (name.equals(SAID)) {
                    parser.skipChildren();
                } else {
                    envelope.put(name, member.readValue(parser));
                }
            }
            return Optional.of(envelope);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    /** Finds number and moment of a line, of which no more than a piece is held. @return empty if it is no object in JSON that has a number */
    Optional<Place> place(JournalLine line) {
        byte[] held = line.held();
        if (held != null && !isObject(held)) {
            return Optional.empty();
        }
        try (JsonParser parser = held == null ? mapper.createParser(line.open()) : mapper.createParser(held)) {
            return place(parser);
        } catch (JacksonIOException e) {
            throw new UncheckedIOException(e.getCause());
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static Optional<Place> place(JsonParser parser) {
        long seq = 0;
        @Nullable String moment = null;
        if (parser.nextToken() != JsonToken.START_OBJECT) {
            return Optional.empty();
        }
        while (parser.nextToken() == JsonToken.PROPERTY_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (value == JsonToken.VALUE_NUMBER_INT && name.equals("seq")) {
                seq = parser.getLongValue();
            } else if (value == JsonToken.VALUE_STRING && name.equals("ts")) {
                moment = parser.getString();
            } else {
                parser.skipChildren();
            }
        }
        return parser.nextToken() != null || seq < 1
                ? Optional.empty()
                : Optional.of(new Place(seq, Optional.ofNullable(moment).flatMap(EventTime::read)));
    }

    private static boolean isObject(byte[] line) {
        return line.length > 1 && line[0] == '{';
    }
}
