package skillrunner.testkit.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.RunId;
import skillrunner.testkit.json.StrictJson;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.journal.JournalStream.FCMP;
import static skillrunner.domain.journal.JournalStream.ORCHESTRATOR;
import static skillrunner.domain.journal.JournalStream.RASP;

/** What every {@link RunJournal} promises. */
public abstract class RunJournalContract {
    /** The run of every test. */
    protected static final RunId RUN = new RunId("00000000-0000-4000-8000-000000000001");

    private static final Instant NOW = RunFixtures.NOW;
    private static final int MANY = 2_000;
    private final StrictJson json = new StrictJson();
    private RunJournal journal = new InMemoryRunJournal();

    /**
     * Makes a journal without any content.
     *
     * @return the journal to test
     */
    protected abstract RunJournal emptyJournal();

    @BeforeEach
    void start() {
        journal = emptyJournal();
    }

    @Test
    void a_run_without_events_has_none() {
        assertThat(journal.attempts(RUN)).isEmpty();
        assertThat(read(FCMP, 1, all())).isEmpty();
        assertThat(journal.last(RUN, FCMP, 1)).isEmpty();
        assertThat(journal.repair(RUN, 1)).isEmpty();
    }

    @Test
    void what_was_added_is_read_in_its_order() {
        add(1, FCMP, row(1), row(2));
        add(1, FCMP, row(3));

        assertThat(read(FCMP, 1, all())).containsExactly(1L, 2L, 3L);
        assertThat(journal.read(RUN, FCMP, 1, all()))
                .extracting(event -> json.parseObject(event.json()).orElseThrow())
                .containsExactly(row(1), row(2), row(3));
        assertThat(journal.last(RUN, FCMP, 1)).contains(row(3));
    }

    @Test
    void the_last_events_are_found() {
        add(1, RASP, row(1), row(2), row(3));

        assertThat(journal.ending(RUN, RASP, 1, 2)).containsExactly(row(2), row(3));
        assertThat(journal.ending(RUN, RASP, 1, 9)).containsExactly(row(1), row(2), row(3));
        assertThat(journal.ending(RUN, RASP, 2, 2)).isEmpty();
        assertThat(journal.isTorn(RUN, 1)).isFalse();
        assertThat(journal.isTorn(RUN, 2)).isFalse();
    }

    @Test
    void streams_and_attempts_are_kept_apart() {
        journal.append(RUN, 1, Map.of(ORCHESTRATOR, List.of(row(1)), RASP, List.of(row(1), row(2))));
        add(2, FCMP, row(7));

        assertThat(journal.attempts(RUN)).containsExactly(1, 2);
        assertThat(read(ORCHESTRATOR, 1, all())).containsExactly(1L);
        assertThat(read(RASP, 1, all())).containsExactly(1L, 2L);
        assertThat(read(FCMP, 1, all())).isEmpty();
        assertThat(read(FCMP, 2, all())).containsExactly(7L);
    }

    @Test
    void two_reads_give_the_same_text() {
        add(1, RASP, row(1), row(2));

        assertThat(journal.read(RUN, RASP, 1, all())).isEqualTo(journal.read(RUN, RASP, 1, all()));
    }

    @Test
    void what_is_scanned_is_all_there_is() {
        add(1, RASP, row(1), row(2));
        List<Map<String, Object>> seen = new ArrayList<>();

        journal.scan(RUN, RASP, 1, seen::add);

        assertThat(seen).containsExactly(row(1), row(2));
    }

    @Test
    void numbers_and_moments_limit_what_is_read_and_include_themselves() {
        add(1, FCMP, row(1), row(2), row(3), row(4));

        assertThat(read(FCMP, 1, numbers(2, 3))).containsExactly(2L, 3L);
        assertThat(read(FCMP, 1, numbers(3, 2))).isEmpty();
        assertThat(read(FCMP, 1, numbers(5, Long.MAX_VALUE))).isEmpty();
        assertThat(read(FCMP, 1, times(at(2), at(3)))).containsExactly(2L, 3L);
        assertThat(read(FCMP, 1, times(at(4).plusNanos(1_000), at(9)))).isEmpty();
        assertThat(read(FCMP, 1, new JournalQuery(2, 4, Optional.empty(), Optional.of(at(3)), 1)))
                .containsExactly(2L);
    }

    @Test
    void a_read_ends_behind_the_event_that_makes_it_enough() {
        add(1, FCMP, row(1), row(2), row(3));
        add(1, ORCHESTRATOR, row(1), row(2), row(3));
        int one = journal.read(RUN, FCMP, 1, all()).get(0).json().length();

        for (JournalStream stream : List.of(FCMP, ORCHESTRATOR)) {
            assertThat(read(stream, 1, all().upTo(1))).containsExactly(1L);
            assertThat(read(stream, 1, all().upTo(one + 1L))).containsExactly(1L, 2L);
            assertThat(read(stream, 1, all().upTo(10L * one))).containsExactly(1L, 2L, 3L);
        }
    }

    @Test
    void an_event_without_a_readable_moment_passes_every_limit_of_time() {
        Map<String, Object> without = new LinkedHashMap<>(row(2));
        without.put("ts", "yesterday");
        add(1, FCMP, row(1), without, row(3));

        assertThat(read(FCMP, 1, times(at(3), at(3)))).containsExactly(2L, 3L);
    }

    @Test
    void any_place_among_many_is_found() {
        for (int from = 1; from < MANY; from += 100) {
            add(1, FCMP, IntStream.range(from, from + 100).mapToObj(this::row).toArray(Map[]::new));
        }

        for (long seq : new long[] {1, 2, 777, 1_000, 1_501, MANY}) {
            assertThat(read(FCMP, 1, JournalQuery.behind(seq - 1, 3)))
                    .isEqualTo(IntStream.range(0, 3)
                            .mapToObj(i -> seq + i)
                            .filter(number -> number <= MANY)
                            .toList());
            assertThat(read(FCMP, 1, times(at(seq), at(seq)))).containsExactly(seq);
        }
    }

    @Test
    void half_a_character_keeps_no_event_from_being_kept() {
        Map<String, Object> broken = new LinkedHashMap<>(row(2));
        broken.put("data", Map.of("line", "a\uD83D, \uDE00 and \u0000"));
        add(1, FCMP, row(1), broken, row(3));

        assertThat(read(FCMP, 1, all())).containsExactly(1L, 2L, 3L);
        assertThat(journal.last(RUN, FCMP, 1)).contains(row(3));
    }

    @Test
    void facts_without_a_number_get_that_of_their_place() {
        add(1, ORCHESTRATOR, nameless(), nameless(), row(7), nameless());

        assertThat(read(ORCHESTRATOR, 1, all())).containsExactly(1L, 2L, 7L, 8L);
        assertThat(journal.read(RUN, ORCHESTRATOR, 1, numbers(8, 8)))
                .extracting(event -> String.valueOf(
                        json.parseObject(event.json()).orElseThrow().get("seq")))
                .containsExactly("8");
    }

    private void add(int attempt, JournalStream stream, Map<?, ?>... rows) {
        List<Map<String, Object>> all = new ArrayList<>();
        for (Map<?, ?> row : rows) {
            Map<String, Object> copy = new LinkedHashMap<>();
            row.forEach((name, value) -> copy.put(String.valueOf(name), value));
            all.add(copy);
        }
        journal.append(RUN, attempt, Map.of(stream, all));
    }

    private List<Long> read(JournalStream stream, int attempt, JournalQuery query) {
        return journal.read(RUN, stream, attempt, query).stream()
                .map(JournalEvent::seq)
                .toList();
    }

    private Map<String, Object> row(long seq) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("seq", (int) seq);
        row.put("ts", EventTime.text(at(seq)));
        row.put("type", "raw.stdout");
        row.put("data", Map.of("line", "行 " + "x".repeat((int) (seq % 97))));
        return row;
    }

    private Map<String, Object> nameless() {
        Map<String, Object> row = row(1);
        row.remove("seq");
        return row;
    }

    private static Instant at(long seq) {
        return NOW.plus(Duration.ofSeconds(seq));
    }

    private static JournalQuery all() {
        return JournalQuery.behind(0, Integer.MAX_VALUE);
    }

    private static JournalQuery numbers(long from, long to) {
        return new JournalQuery(from, to, Optional.empty(), Optional.empty(), MANY);
    }

    private static JournalQuery times(Instant from, Instant to) {
        return new JournalQuery(0, Long.MAX_VALUE, Optional.of(from), Optional.of(to), MANY);
    }
}
