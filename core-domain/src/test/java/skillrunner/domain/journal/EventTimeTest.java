package skillrunner.domain.journal;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class EventTimeTest {
    private static final DateTimeFormatter FORM =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    @ParameterizedTest
    @CsvSource({
        "1970-01-01T00:00:00Z, 1970-01-01T00:00:00.000000Z",
        "2026-02-28T23:59:59.999999999Z, 2026-02-28T23:59:59.999999Z",
        "2024-02-29T01:02:03.000004Z, 2024-02-29T01:02:03.000004Z",
        "0001-01-01T00:00:00.5Z, 0001-01-01T00:00:00.500000Z",
        "-0005-01-01T00:00:00Z, -0005-01-01T00:00:00.000000Z",
    })
    void a_moment_is_told_with_six_digits(Instant moment, String told) {
        assertThat(EventTime.text(moment)).isEqualTo(told);
    }

    @Test
    void moments_are_told_as_a_formatter_tells_them() {
        Random draws = new Random(67);
        long last = LocalDateTime.of(12_000, 1, 1, 0, 0).toEpochSecond(ZoneOffset.UTC);
        for (int i = 0; i < 2_000; i++) {
            Instant moment = Instant.ofEpochSecond((long) (draws.nextDouble() * last), draws.nextInt(1_000_000_000));

            assertThat(EventTime.text(moment)).isEqualTo(FORM.format(moment));
            assertThat(EventTime.read(FORM.format(moment))).contains(moment.truncatedTo(ChronoUnit.MICROS));
        }
    }

    @Test
    void what_was_told_is_read_again() {
        Instant moment = Instant.parse("2026-11-30T05:06:07.000008Z");

        assertThat(EventTime.read(EventTime.text(moment))).contains(moment);
    }

    @ParameterizedTest
    @CsvSource({
        "2026-11-30T05:06:07Z, 2026-11-30T05:06:07Z",
        "2026-11-30T05:06:07, 2026-11-30T05:06:07Z",
        "2026-11-30T05:06:07.123456789+02:00, 2026-11-30T03:06:07.123456789Z",
        "2026-11-30T05:06:07.12+02:00, 2026-11-30T03:06:07.120Z",
    })
    void what_others_told_is_read(String told, Instant moment) {
        assertThat(EventTime.read(told)).contains(moment);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "yesterday",
                "2026-02-30T05:06:07.000008Z",
                "2026-11-30T25:06:07.000008Z",
                "2026-11-30 05:06:07.000008Z",
                "2026-11-30T05:06:07.00000xZ",
                "2026-11-30T05:06:07.-00008Z",
                "2026-11-30T05:06:07.\u0660\u0660\u0660\u0660\u0660\u0660Z",
            })
    void what_is_no_moment_is_none(String told) {
        assertThat(EventTime.read(told)).isEmpty();
    }
}
