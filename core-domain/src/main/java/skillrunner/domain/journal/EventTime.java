package skillrunner.domain.journal;

import java.time.DateTimeException;
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

    private static final int LAST_YEAR = 9_999;
    private static final char[] BLANK = "0000-00-00T00:00:00.000000Z".toCharArray();

    private EventTime() {}

    /**
     * Writes a moment.
     *
     * @param moment the moment
     * @return its text
     */
    public static String text(Instant moment) {
        LocalDateTime time = LocalDateTime.ofEpochSecond(moment.getEpochSecond(), moment.getNano(), ZoneOffset.UTC);
        if (time.getYear() < 0 || time.getYear() > LAST_YEAR) {
            return FORM.format(moment);
        }
        // By hand, since each event of an engine is told twice: a formatter takes several times as long.
        char[] text = BLANK.clone();
        digits(text, 4, time.getYear());
        digits(text, 7, time.getMonthValue());
        digits(text, 10, time.getDayOfMonth());
        digits(text, 13, time.getHour());
        digits(text, 16, time.getMinute());
        digits(text, 19, time.getSecond());
        digits(text, 26, time.getNano() / 1_000);
        return new String(text);
    }

    /** Fills in a number whose last digit stands before the place. */
    private static void digits(char[] text, int behind, int number) {
        int left = number;
        for (int at = behind - 1; left > 0; at--) {
            text[at] = (char) ('0' + left % 10);
            left /= 10;
        }
    }

    /**
     * Reads a moment that somebody else may have written.
     *
     * @param text ISO 8601 with any fraction; without a zone it is UTC
     * @return the moment, or empty if it is none
     */
    public static Optional<Instant> read(String text) {
        return ours(text).or(() -> any(text));
    }

    /** Reads what {@link #text} wrote. By hand as well, since a page is made of some hundred events; empty if it is anything else. */
    private static Optional<Instant> ours(String text) {
        if (text.length() != BLANK.length) {
            return Optional.empty();
        }
        for (int at = 0; at < BLANK.length; at++) {
            char found = text.charAt(at);
            if (BLANK[at] == '0' ? found < '0' || found > '9' : found != BLANK[at]) {
                return Optional.empty();
            }
        }
        try {
            return Optional.of(LocalDateTime.of(
                            number(text, 0, 4),
                            number(text, 5, 7),
                            number(text, 8, 10),
                            number(text, 11, 13),
                            number(text, 14, 16),
                            number(text, 17, 19),
                            number(text, 20, 26) * 1_000)
                    .toInstant(ZoneOffset.UTC));
        } catch (DateTimeException e) {
            return Optional.empty();
        }
    }

    private static int number(String text, int from, int to) {
        return Integer.parseInt(text, from, to, 10);
    }

    private static Optional<Instant> any(String text) {
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
