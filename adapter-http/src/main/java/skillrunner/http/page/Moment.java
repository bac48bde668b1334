package skillrunner.http.page;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Objects;
import skillrunner.http.WireFormat;

/**
 * A moment as a page shows it; a script turns it into the reader's own time zone.
 *
 * @param machine RFC 3339
 * @param human UTC text for a page without scripts
 */
public record Moment(String machine, String human) {
    private static final DateTimeFormatter HUMAN =
            DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss 'UTC'").withZone(ZoneOffset.UTC);

    /** Refuses null parts. */
    public Moment {
        Objects.requireNonNull(machine);
        Objects.requireNonNull(human);
    }

    /**
     * Shows a moment.
     *
     * @param instant the moment
     * @return what a page shows
     */
    public static Moment of(Instant instant) {
        return new Moment(WireFormat.moment(instant), HUMAN.format(instant));
    }
}
