package skillrunner.http.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RequestId;
import skillrunner.http.WireFormat;

/**
 * An event of any stream of a run's journal as values, for a page. What its envelope lacks is neutral; of a very long text there is the
 * beginning.
 *
 * @param stream the stream
 * @param type its type, as it is stored
 * @param seq its number in its stream
 * @param attempt its attempt
 * @param at when
 * @param data its own members
 * @param source which bytes it came from; empty if from none, or from those of several others
 */
record JournalRow(
        JournalStream stream, String type, long seq, int attempt, Instant at, Map<?, ?> data, Optional<Source> source) {
    /** A longer text is cut, in bytes. */
    private static final int LONGEST_TEXT = 1 << 20;

    /**
     * Bytes of an attempt.
     *
     * @param stream which stream
     * @param attempt the attempt
     * @param from offset of the first byte in the attempt
     * @param to offset behind the last one
     */
    record Source(String stream, int attempt, long from, long to) {
        /** Where they can be had. */
        String address(RequestId request) {
            return "/v1/management/runs/" + request + "/logs/range?stream=" + stream + "&attempt=" + attempt
                    + "&byte_from=" + from + "&byte_to=" + to;
        }

        /** From these to others of the same stream. */
        Source until(Source last) {
            return new Source(stream, attempt, from, last.to);
        }
    }

    /** Reads an event. */
    static JournalRow of(JournalStream stream, JournalEvent event) {
        Map<?, ?> row = values(event);
        Map<?, ?> typed = stream == JournalStream.RASP ? object(row, "event") : row;
        return new JournalRow(
                stream,
                text(typed, "type"),
                event.seq(),
                event.attempt(),
                moment(text(row, "ts")),
                object(row, "data"),
                source(object(row, "raw_ref"), event.attempt()));
    }

    /** Many pages may be asked for at once, and none shows more than the beginning of what is long. */
    private static Map<?, ?> values(JournalEvent event) {
        if (!event.isLong()) {
            return WireFormat.mapper().readValue(event.json(), Map.class);
        }
        try (InputStream json = new CutTexts(event.open(), LONGEST_TEXT)) {
            return WireFormat.mapper().readValue(json, Map.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Within a stream numbers say what comes first: a row that lacks its moment, or has one from before, has that of the row before it. */
    JournalRow notBefore(Instant earlier) {
        return at.isBefore(earlier) ? new JournalRow(stream, type, seq, attempt, earlier, data, source) : this;
    }

    /** Where exactly the bytes can be had that it came from; empty if it came from none. */
    String address(RequestId request) {
        return source.map(bytes -> bytes.address(request)).orElseGet(() -> {
            // A message without bytes of its own came in pieces.
            String message = text("message_id");
            return message.isEmpty() ? "" : TimelinePages.source(request, attempt, message);
        });
    }

    /** A member of its data, if it is a text. */
    String text(String member) {
        return text(data, member);
    }

    /** A member of its data, if it is a whole number. */
    long number(String member) {
        return data.get(member) instanceof Number number ? number.longValue() : 0;
    }

    private static Optional<Source> source(Map<?, ?> ref, int attempt) {
        return ref.get("byte_from") instanceof Number from && ref.get("byte_to") instanceof Number to
                ? Optional.of(new Source(text(ref, "stream"), attempt, from.longValue(), to.longValue()))
                : Optional.empty();
    }

    private static Instant moment(String text) {
        return EventTime.read(text).orElse(Instant.EPOCH);
    }

    private static String text(Map<?, ?> values, String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    private static Map<?, ?> object(Map<?, ?> values, String name) {
        return values.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
