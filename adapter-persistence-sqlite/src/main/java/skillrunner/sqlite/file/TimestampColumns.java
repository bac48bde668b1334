package skillrunner.sqlite.file;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.TemporalAccessor;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Columns of time: moments as UTC text with six fraction digits, so that text order is time order. */
public final class TimestampColumns {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private static final DateTimeFormatter FOREIGN_FORM = new DateTimeFormatterBuilder()
            .append(DateTimeFormatter.ISO_LOCAL_DATE_TIME)
            .optionalStart()
            .appendOffsetId()
            .optionalEnd()
            .toFormatter();

    private TimestampColumns() {}

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
     * Reads a moment that we wrote ourselves.
     *
     * @param text its text
     * @return the moment
     */
    public static Instant moment(String text) {
        return Instant.parse(text);
    }

    /**
     * Reads a moment that we wrote ourselves, if there is one.
     *
     * @param text its text, or null
     * @return the moment, or empty
     */
    public static Optional<Instant> optional(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }

    /**
     * Reads a moment that another program may have written.
     *
     * @param text date and time with any fraction; without a zone it is UTC
     * @return the moment
     */
    public static Instant foreign(String text) {
        TemporalAccessor read = FOREIGN_FORM.parseBest(text, OffsetDateTime::from, LocalDateTime::from);
        return read instanceof OffsetDateTime zoned
                ? zoned.toInstant()
                : LocalDateTime.from(read).toInstant(ZoneOffset.UTC);
    }
}
