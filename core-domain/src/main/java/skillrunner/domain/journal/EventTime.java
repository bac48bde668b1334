package skillrunner.domain.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;

/** Moments as events tell them: UTC with six fraction digits, so that text order is time order. */
public final class EventTime {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private EventTime() {}

    /**
     * Writes a moment.
     *
     * @param moment the moment
     * @return its text
     */
    public static String text(Instant moment) {
        return FORM.format(moment);
    }

    /**
     * Reads a moment that somebody else may have written.
     *
     * @param text ISO 8601 with any fraction; without a zone it is UTC
     * @return the moment, or empty if it is none
     */
    public static Optional<Instant> read(String text) {
        try {
            TemporalAccessor read =
                    DateTimeFormatter.ISO_DATE_TIME.parseBest(text.strip(), OffsetDateTime::from, LocalDateTime::from);
            return Optional.of(
                    read instanceof OffsetDateTime zoned
                            ? zoned.toInstant()
                            : LocalDateTime.from(read).toInstant(ZoneOffset.UTC));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }
}
