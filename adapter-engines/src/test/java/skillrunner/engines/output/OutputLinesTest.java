package skillrunner.engines.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

class OutputLinesTest {
    @Test
    void the_next_line_end_is_found_wherever_it_stands_and_whatever_stands_around_it() {
        Seeds.tryOn(2_000, draws -> {
            byte[] bytes = draws.bytes(40);
            for (int i = 0; i < bytes.length; i++) {
                if (draws.between(0, 2) == 0) {
                    bytes[i] = draws.of((byte) '\n', (byte) '\r', (byte) '\u000b', (byte) '\t', (byte) -118, (byte) 0);
                }
            }
            int from = draws.between(0, bytes.length);
            int end = draws.between(from, bytes.length);
            int expected = from;
            while (expected < end && bytes[expected] != '\n' && bytes[expected] != '\r') {
                expected++;
            }
            assertThat(LineEnds.next(bytes, from, end)).isEqualTo(expected);
        });
    }

    @Test
    void of_crlf_the_line_feed_belongs_to_no_line() {
        List<EngineEvent> events = new ArrayList<>();
        OutputLines lines = lines(7, events);
        feed(lines, "a\r\n\r\nb");
        assertThat(lines.position()).isEqualTo(12);
        lines.finish();

        assertThat(events).containsExactly(raw(7, 9, "a"), raw(12, 13, "b"));
        assertThat(lines.position()).isEqualTo(13);
    }

    @Test
    void a_line_without_an_end_is_held_back() {
        List<EngineEvent> events = new ArrayList<>();
        OutputLines lines = lines(0, events);
        feed(lines, "torn");
        assertThat(events).isEmpty();
        assertThat(lines.position()).isZero();

        feed(lines, " no more\n");
        assertThat(events).containsExactly(raw(0, 13, "torn no more"));
    }

    @Test
    void of_a_line_that_never_ends_only_the_beginning_is_kept_and_its_range_is_true() {
        List<EngineEvent> events = new ArrayList<>();
        OutputLines lines = lines(0, events);
        byte[] piece = new byte[OutputLines.MAX_LINE];
        Arrays.fill(piece, (byte) 'x');
        int pieces = 300;
        for (int i = 0; i < pieces; i++) {
            lines.feed(piece, piece.length);
        }
        feed(lines, "\nnext\n");

        long end = (long) pieces * piece.length + 1;
        assertThat(events).hasSize(2);
        assertThat(events.get(0)).isInstanceOfSatisfying(EngineEvent.Raw.class, raw -> {
            assertThat(raw.at()).isEqualTo(new OutputRange(OutputStreamKind.STDERR, 0, end));
            assertThat(raw.text()).hasSize(OutputLines.MAX_LINE);
            assertThat(raw.whole()).isFalse();
        });
        assertThat(events.get(1)).isEqualTo(raw(end, end + 5, "next"));
    }

    @Test
    void a_line_just_as_long_as_it_may_be_is_whole_and_one_byte_more_is_not() {
        for (int more = 0; more <= 1; more++) {
            for (String ending : List.of("", "\n")) {
                List<EngineEvent> events = new ArrayList<>();
                OutputLines lines = lines(0, events);
                feed(lines, "x".repeat(OutputLines.MAX_LINE + more) + ending);
                lines.finish();
                boolean whole = more == 0;
                assertThat(events).singleElement().isInstanceOfSatisfying(EngineEvent.Raw.class, raw -> assertThat(
                                raw.whole())
                        .isEqualTo(whole));
            }
        }
    }

    private static OutputLines lines(long from, List<EngineEvent> events) {
        return new OutputLines(OutputStreamKind.STDERR, from, new RawLines(events::add));
    }

    private static void feed(OutputLines lines, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        lines.feed(bytes, bytes.length);
    }

    private static EngineEvent raw(long from, long to, String text) {
        return new EngineEvent.Raw(
                new OutputRange(OutputStreamKind.STDERR, from, to), text, true, EngineEvent.Raw.Sort.TEXT);
    }
}
