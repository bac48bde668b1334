package skillrunner.testkit.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.engine.TurnAccount;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.application.run.journal.EventSchemas;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What every {@link EngineOutputReader} promises. Tried on what the engine prints, on pieces of that put together anew, and
 * on rubbish.
 */
public abstract class EngineOutputContract {
    private static final int MOST_OF_A_PIECE = 600;
    private static final int FEW_BYTES = 200;
    private static final int SOME = 24;
    private static final int MUTATIONS = 60;

    /** A longer one may be told by its beginning. */
    private static final int LONG_LINE = 4_000;

    /**
     * Makes the driver of the engine.
     *
     * @return the driver
     */
    protected abstract EngineDriver driver();

    /**
     * Returns streams that the engine may print, on stdout or stderr: real ones if there are any, and odd ones.
     *
     * @return their bytes
     */
    protected abstract List<byte[]> streams();

    @Test
    void what_is_told_does_not_depend_on_how_the_bytes_come() {
        forAll(this::cutAnywhere);
    }

    @Test
    void a_reader_from_where_an_event_ended_tells_the_rest() {
        forAll((stream, bytes, draws) -> {
            List<EngineEvent> all = told(stream, bytes);
            for (EngineEvent event : all) {
                int from = (int) event.at().to();
                assertThat(told(stream, bytes, from)).as("from %s", from).isEqualTo(behind(all, from));
            }
        });
    }

    @Test
    void at_any_moment_the_position_parts_what_was_told_from_what_a_new_reader_tells() {
        forAll((stream, bytes, draws) -> {
            List<EngineEvent> all = told(stream, bytes);
            for (int cut : cuts(bytes, all, draws)) {
                List<EngineEvent> soFar = new ArrayList<>();
                EngineOutputReader reader = driver().newReader(OutputPosition.START, soFar::add);
                feed(reader, stream, bytes, 0, cut);
                int position = (int) reader.position().of(stream);
                assertThat(position).isBetween(0, cut);
                assertThat(soFar).allMatch(event -> event.at().to() <= position);

                soFar.addAll(told(stream, bytes, position));
                assertThat(soFar).as("cut at %s", cut).isEqualTo(all);
            }
        });
    }

    @Test
    void every_byte_but_blanks_belongs_to_one_range_and_ranges_ascend() {
        forAll((stream, bytes, draws) -> {
            long end = 0;
            for (EngineEvent event : told(stream, bytes)) {
                assertThat(event.at().stream()).isEqualTo(stream);
                if (event.at().to() != end) {
                    assertThat(event.at().from()).isGreaterThanOrEqualTo(end);
                    assertThat(text(bytes, end, event.at().from())).isBlank();
                    assertThat(text(bytes, event.at().from(), event.at().to())).isNotEmpty();
                }
                end = event.at().to();
            }
            assertThat(text(bytes, end, bytes.length)).isBlank();
        });
    }

    @Test
    void raw_text_is_what_stands_in_its_range() {
        forAll((stream, bytes, draws) -> told(stream, bytes).stream()
                .filter(EngineEvent.Raw.class::isInstance)
                .map(EngineEvent.Raw.class::cast)
                .filter(EngineEvent.Raw::whole)
                .forEach(raw -> assertThat(
                                text(bytes, raw.at().from(), raw.at().to()).strip())
                        .isEqualTo(raw.text().strip())));
    }

    @Test
    void the_streams_do_not_touch_each_other() {
        Seeds.tryOn(MUTATIONS, draws -> {
            byte[] stdout = mutation(streams(), draws);
            byte[] stderr = mutation(streams(), draws);
            List<EngineEvent> events = new ArrayList<>();
            EngineOutputReader reader = driver().newReader(OutputPosition.START, events::add);
            int out = 0;
            int err = 0;
            while (out < stdout.length || err < stderr.length) {
                int nextOut = Math.min(stdout.length, out + draws.between(0, 200));
                feed(reader, OutputStreamKind.STDOUT, stdout, out, nextOut);
                int nextErr = Math.min(stderr.length, err + draws.between(0, 200));
                feed(reader, OutputStreamKind.STDERR, stderr, err, nextErr);
                out = nextOut;
                err = nextErr;
            }
            reader.finish();

            assertThat(of(OutputStreamKind.STDOUT, events)).isEqualTo(told(OutputStreamKind.STDOUT, stdout));
            assertThat(of(OutputStreamKind.STDERR, events)).isEqualTo(told(OutputStreamKind.STDERR, stderr));
        });
    }

    @Test
    void the_outcome_does_not_depend_on_which_stream_comes_first() {
        Seeds.tryOn(MUTATIONS, draws -> {
            List<EngineEvent> out = told(OutputStreamKind.STDOUT, mutation(streams(), draws));
            List<EngineEvent> err = told(OutputStreamKind.STDERR, mutation(streams(), draws));

            assertThat(outcome(out, err)).isEqualTo(outcome(err, out));
        });
    }

    @Test
    void every_row_of_the_journal_that_comes_of_it_has_the_promised_form() {
        EventSchemas schemas = new EventSchemas(new StrictJson());
        forAll((stream, bytes, draws) -> EngineRows.of(driver(), told(stream, bytes))
                .forEach((journal, rows) -> rows.forEach(row ->
                        assertThat(schemas.breach(journal, row)).as("%s", row).isEmpty())));
    }

    @Test
    void every_byte_but_blanks_is_in_the_range_of_a_row_and_raw_rows_are_what_stands_there() {
        forAll((stream, bytes, draws) -> {
            byte[] left = bytes.clone();
            for (Map<String, Object> row : Objects.requireNonNull(
                    EngineRows.of(driver(), told(stream, bytes)).get(JournalStream.RASP))) {
                if (row.get("raw_ref") instanceof Map<?, ?> ref) {
                    int from = Objects.requireNonNull((Number) ref.get("byte_from"))
                            .intValue();
                    int to = Objects.requireNonNull((Number) ref.get("byte_to")).intValue();
                    assertThat(from).isBetween(0, to);
                    assertThat(to).isLessThanOrEqualTo(bytes.length);
                    assertThat(ref.get("stream")).isEqualTo(stream.wire());
                    checkRaw(row, text(bytes, from, to));
                    Arrays.fill(left, from, to, (byte) ' ');
                }
            }
            assertThat(text(left, 0, left.length)).isBlank();
        });
    }

    private static void checkRaw(Map<String, Object> row, String there) {
        if (row.get("event") instanceof Map<?, ?> event
                && String.valueOf(event.get("type")).startsWith("raw.")
                && row.get("data") instanceof Map<?, ?> data) {
            String line = String.valueOf(data.get("line")).strip();
            assertThat(there.strip()).startsWith(line);
            assertThat(line.equals(there.strip()) || there.length() > LONG_LINE)
                    .as("%s", row)
                    .isTrue();
        }
    }

    private TurnOutcome outcome(List<EngineEvent> first, List<EngineEvent> second) {
        TurnAccount account = new TurnAccount(driver()::signIn);
        first.forEach(account);
        second.forEach(account);
        return account.outcome();
    }

    private void cutAnywhere(OutputStreamKind stream, byte[] bytes, Draws draws) {
        List<EngineEvent> all = told(stream, bytes);
        for (int cut : cuts(bytes, all, draws)) {
            List<EngineEvent> events = new ArrayList<>();
            EngineOutputReader reader = driver().newReader(OutputPosition.START, events::add);
            feed(reader, stream, bytes, 0, cut);
            feed(reader, stream, bytes, cut, bytes.length);
            reader.finish();
            assertThat(events).as("cut at %s", cut).isEqualTo(all);
        }
        List<EngineEvent> events = new ArrayList<>();
        EngineOutputReader reader = driver().newReader(OutputPosition.START, events::add);
        for (int i = 0; i < bytes.length; i++) {
            feed(reader, stream, bytes, i, i + 1);
        }
        reader.finish();
        assertThat(events).as("byte by byte").isEqualTo(all);
    }

    /** A rule about one stream. */
    private interface Rule {
        void holdsFor(OutputStreamKind stream, byte[] bytes, Draws draws);
    }

    private void forAll(Rule rule) {
        List<byte[]> streams = streams();
        for (OutputStreamKind kind : OutputStreamKind.values()) {
            for (byte[] stream : streams) {
                Seeds.tryOn(1, draws -> rule.holdsFor(kind, stream, draws));
            }
            Seeds.tryOn(MUTATIONS, draws -> rule.holdsFor(kind, mutation(streams, draws), draws));
        }
    }

    /** Pieces of streams behind one another, some with a broken byte, with other line ends, or with rubbish between them. */
    private static byte[] mutation(List<byte[]> streams, Draws draws) {
        ByteArrayOutputStream mixed = new ByteArrayOutputStream();
        int pieces = draws.between(1, 6);
        for (int i = 0; i < pieces; i++) {
            byte[] stream = streams.get(draws.between(0, streams.size() - 1));
            int from = draws.between(0, stream.length);
            int to = Math.min(stream.length, from + draws.between(0, MOST_OF_A_PIECE));
            // Whole lines are more telling than pieces of them.
            byte[] piece = Arrays.copyOfRange(stream, draws.between(0, 2) == 0 ? from : lineStart(stream, from), to);
            if (piece.length > 0 && draws.between(0, 3) == 0) {
                piece[draws.between(0, piece.length - 1)] = (byte) draws.between(-128, 127);
            }
            mixed.writeBytes(piece);
            mixed.writeBytes(draws.of("\n", "\r\n", "\r", "", "{\n", "}\n", "{", "\n\n  \n", "\"")
                    .getBytes(StandardCharsets.UTF_8));
            if (draws.between(0, 4) == 0) {
                mixed.writeBytes(draws.bytes(40));
            }
        }
        return mixed.toByteArray();
    }

    private static int lineStart(byte[] bytes, int at) {
        int start = at;
        while (start > 0 && bytes[start - 1] != '\n') {
            start--;
        }
        return start;
    }

    /** All places in a short stream; in a long one some, and those around the ends of its first events. */
    private static SortedSet<Integer> cuts(byte[] bytes, List<EngineEvent> events, Draws draws) {
        SortedSet<Integer> cuts = new TreeSet<>();
        boolean all = bytes.length <= FEW_BYTES;
        for (int i = 0; i <= (all ? bytes.length : SOME); i++) {
            cuts.add(all ? i : draws.between(0, bytes.length));
        }
        for (EngineEvent event : events) {
            int end = (int) event.at().to();
            if (cuts.size() < FEW_BYTES) {
                cuts.addAll(List.of(end - 1, end, Math.min(bytes.length, end + 1)));
            }
        }
        return cuts;
    }

    private List<EngineEvent> told(OutputStreamKind stream, byte[] bytes) {
        return told(stream, bytes, 0);
    }

    private List<EngineEvent> told(OutputStreamKind stream, byte[] bytes, int from) {
        List<EngineEvent> events = new ArrayList<>();
        OutputPosition position =
                stream == OutputStreamKind.STDOUT ? new OutputPosition(from, 0) : new OutputPosition(0, from);
        EngineOutputReader reader = driver().newReader(position, events::add);
        feed(reader, stream, bytes, from, bytes.length);
        reader.finish();
        return events;
    }

    private static void feed(EngineOutputReader reader, OutputStreamKind stream, byte[] bytes, int from, int to) {
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        reader.feed(stream, part, part.length);
        // The caller's buffer is used again.
        Arrays.fill(part, (byte) '#');
    }

    private static List<EngineEvent> behind(List<EngineEvent> events, long place) {
        return events.stream().filter(event -> event.at().from() >= place).toList();
    }

    private static List<EngineEvent> of(OutputStreamKind stream, List<EngineEvent> events) {
        return events.stream().filter(event -> event.at().stream() == stream).toList();
    }

    private static String text(byte[] bytes, long from, long to) {
        return new String(bytes, (int) from, (int) (to - from), StandardCharsets.UTF_8);
    }
}
