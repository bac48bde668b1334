package skillrunner.http.run;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.run.RequestId;
import skillrunner.http.WireFormat;

/**
 * An event of a run's journal as values, for a page. What its envelope lacks is neutral.
 *
 * @param type what it is
 * @param seq its number in the run
 * @param attempt its attempt
 * @param at when
 * @param data its own members
 * @param source which bytes it came from, as the query of a request for them; empty if from none
 */
record ShownEvent(FcmpType type, long seq, int attempt, Instant at, Map<?, ?> data, String source) {
    /** Reads an event. @return empty for one of a type that is not known here */
    static Optional<ShownEvent> of(JournalEvent event) {
        Map<?, ?> row = WireFormat.mapper().readValue(event.json(), Map.class);
        return FcmpType.of(text(row, "type"))
                .map(type -> new ShownEvent(
                        type,
                        event.seq(),
                        event.attempt(),
                        moment(text(row, "ts")),
                        object(row, "data"),
                        source(object(row, "raw_ref"), event.attempt())));
    }

    /** Where exactly the bytes can be had that it came from. */
    String address(RequestId request) {
        return source.isEmpty() ? "" : "/v1/management/runs/" + request + "/logs/range?" + source;
    }

    String text(String member) {
        return text(data, member);
    }

    private static String source(Map<?, ?> ref, int attempt) {
        return ref.get("byte_from") instanceof Number from && ref.get("byte_to") instanceof Number to
                ? "stream=" + text(ref, "stream") + "&attempt=" + attempt + "&byte_from=" + from + "&byte_to=" + to
                : "";
    }

    private static Instant moment(String text) {
        try {
            return Instant.parse(text);
        } catch (DateTimeParseException e) {
            return Instant.EPOCH;
        }
    }

    private static String text(Map<?, ?> values, String name) {
        return values.get(name) instanceof String text ? text : "";
    }

    private static Map<?, ?> object(Map<?, ?> values, String name) {
        return values.get(name) instanceof Map<?, ?> map ? map : Map.of();
    }
}
