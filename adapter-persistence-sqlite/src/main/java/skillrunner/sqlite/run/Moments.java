package skillrunner.sqlite.run;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Moments as UTC text with six fraction digits, so that text order is time order. */
final class Moments {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    private Moments() {}

    static String text(Instant moment) {
        return FORM.format(moment);
    }

    static Instant moment(String text) {
        return Instant.parse(text);
    }

    static Optional<Instant> optional(@Nullable String text) {
        return Optional.ofNullable(text).map(Instant::parse);
    }
}
