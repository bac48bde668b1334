package skillrunner.application.run.journal;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.SingleNodeSignals;
import skillrunner.application.run.output.UntoldOutput;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.journal.ParserProfile;
import skillrunner.domain.output.EngineEvent;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.json.StrictJson;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.run.InMemoryInteractions;
import skillrunner.testkit.run.InMemoryOutput;
import skillrunner.testkit.run.InMemoryRunCache;
import skillrunner.testkit.run.InMemoryRunJournal;
import skillrunner.testkit.run.InMemoryRunRemovals;
import skillrunner.testkit.run.InMemoryRuns;
import skillrunner.testkit.run.JournalInvariants;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.storage.ScriptedDisk;

import static org.assertj.core.api.Assertions.assertThat;

class KeepJournalTest {
    private static final int STORIES = 60;
    private static final int MOST_WRITES = 6;

    private final RunFixtures fixtures = new RunFixtures();
    private final InMemoryRuns runs = new InMemoryRuns();
    private final ScriptedDisk disk = new ScriptedDisk();
    private final InMemoryRunJournal journal = new InMemoryRunJournal(disk);
    private final InMemoryOutput output = new InMemoryOutput();
    private final InMemoryInteractions interactions = new InMemoryInteractions(runs);
    private final ManualClock clock = new ManualClock();
    private EventSchemas schemas = new EventSchemas(new StrictJson());
    private KeepJournal keeping = server();

    @Test
    void whoever_reads_finds_what_is_stored_though_nobody_told_it() {
        Run run = running();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(shown(run))
                .containsExactly("conversation.state.changed", "conversation.state.changed", "conversation.completed");
        new JournalInvariants(journal, run.id()).check();
    }

    @Test
    void a_run_that_waits_has_no_events_and_no_files() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        runs.admit(request.servedBy(run.id(), false), run, 10, Optional.empty());

        assertThat(shown(run)).isEmpty();
        assertThat(journal.attempts(run.id())).isEmpty();
    }

    @Test
    void a_cancellation_in_the_queue_is_told_without_a_start() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        runs.admit(request.servedBy(run.id(), false), run, 10, Optional.empty());
        runs.requestCancel(run.id(), RunFixtures.NOW);

        assertThat(shown(run)).containsExactly("conversation.state.changed", "conversation.failed");
        new JournalInvariants(journal, run.id()).check();
    }

    @Test
    void what_its_events_come_to_is_kept_of_an_attempt_that_has_ended() {
        Run run = running();
        say(run);
        assertThat(journal.summary(run.id(), 1)).isEmpty();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        keeping.settle(run.id());

        AttemptSummary summary = journal.summary(run.id(), 1).orElseThrow();
        assertThat(summary.diagnostics())
                .isEqualTo(told(run).stream()
                        .filter(row -> row.get("event") instanceof Map<?, ?> event
                                && "diagnostic".equals(event.get("category")))
                        .toList())
                .hasSize(2);
        assertThat(summary.metrics())
                .containsExactly(
                        Map.entry("parser_profile", "ndjson"),
                        Map.entry("event_count", (long) told(run).size()),
                        Map.entry("diagnostic_count", 2L),
                        Map.entry("raw_event_count", 6L),
                        Map.entry("parser_fallback_count", 1L),
                        Map.entry("unknown_terminal_count", 0L),
                        Map.entry("avg_confidence", 0.8353),
                        Map.entry("unreadable_event_count", 0L));
    }

    @Test
    void an_engine_that_complains_without_end_leaves_a_bounded_list_of_it() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        for (int i = 0; i < 5_000; i++) {
            attempt.accept(new EngineEvent.Notice(at(i * 10L, i * 10L + 5), "x".repeat(i % 3 == 0 ? 4_000 : 10)));
        }
        attempt.finish();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        keeping.settle(run.id());

        AttemptSummary summary = journal.summary(run.id(), 1).orElseThrow();
        assertThat(summary.diagnostics().size()).isBetween(200, 400);
        assertThat(summary.metrics()).containsEntry("diagnostic_count", 5_001L);
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void a_server_that_finds_a_run_ended_does_not_go_through_all_of_it(Ending ending) {
        Run run = running();
        say(run);
        AttemptJournal attempt = keeping.attempt(run);
        said().forEach(attempt);
        attempt.accept(says("{\"__SKILL_DONE__\": true} or \"__SKILL_DONE__\": true", 200));
        attempt.finish();
        end(run, ending);
        keeping.settle(run.id());
        List<String> before = shown(run);
        int scans = journal.scans();
        keeping = server();

        assertThat(keeping.settle(run.id())).isTrue();

        assertThat(journal.scans()).isEqualTo(scans);
        assertThat(shown(run)).isEqualTo(before);
    }

    @Test
    void a_row_that_can_not_be_read_is_counted() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("one", 0));
        attempt.write();
        journal.cut(run.id(), JournalStream.RASP, 1, 1);
        journal.plant(run.id(), JournalStream.RASP, 1, "garbage");
        attempt.accept(says("two", 10));
        attempt.write();
        keeping = server();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        keeping.settle(run.id());

        assertThat(journal.summary(run.id(), 1).orElseThrow().metrics()).containsEntry("unreadable_event_count", 1L);
    }

    @Test
    void an_attempt_ends_though_what_its_events_come_to_can_not_be_kept() {
        Run run = running();
        say(run);
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        journal.onSummary(() -> {
            throw new StorageFaultException(new IOException("a folder is in its place"));
        });

        assertThat(keeping.settle(run.id())).isTrue();

        assertThat(shown(run)).endsWith("conversation.state.changed", "conversation.completed");
        assertThat(journal.summary(run.id(), 1)).isEmpty();
    }

    @Test
    void what_is_told_behind_the_end_of_an_attempt_is_left_out() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        keeping.settle(run.id());
        List<String> before = shown(run);

        attempt.accept(says("too late", 0));
        attempt.finish();

        assertThat(shown(run)).isEqualTo(before);
    }

    @Test
    void nothing_is_left_of_a_run_that_is_removed_while_it_is_told() {
        Run run = running();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        InMemoryRunRemovals removals = new InMemoryRunRemovals(runs, new InMemoryRunCache(runs, disk));
        disk.onNextWrite("journal orchestrator", () -> {
            removals.mark(List.of(run.id()), RunFixtures.NOW);
            journal.remove(run.id());
            removals.delete(List.of(run.id()));
        });

        keeping.settle(run.id());

        assertThat(runs.find(run.id())).isEmpty();
        assertThat(journal.attempts(run.id())).isEmpty();
    }

    @Test
    void output_that_was_never_told_is_said_to_be_missing() {
        Run run = running();
        output.open(run.id(), 1, "do it");
        output.append(run.id(), OutputStreamKind.STDOUT, "lost\n".getBytes(StandardCharsets.UTF_8));
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        keeping.settle(run.id());

        assertThat(facts(run)).contains("JOURNAL_INCOMPLETE");
    }

    @Test
    void of_what_is_told_nothing_is_missing_on_a_full_disk_and_of_the_rest_something_is() {
        Run run = running();
        keeping.settle(run.id());
        disk.becomeTight();
        disk.release();
        KeepJournal later = server();

        assertThat(later.settle(run.id())).isTrue();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        assertThat(later.settle(run.id())).isFalse();

        disk.free();
        assertThat(later.settle(run.id())).isTrue();
    }

    @Test
    void on_a_full_disk_nothing_takes_the_room_that_ends_runs() {
        Run run = running();
        keeping.settle(run.id());
        List<String> before = shown(run);
        disk.becomeTight();
        disk.release();

        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("much", 0));
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(attempt.finish()).isFalse();
        assertThat(shown(run)).isEqualTo(before);

        disk.free();

        assertThat(shown(run)).contains("conversation.completed");
        new JournalInvariants(journal, run.id()).check();
    }

    @Test
    void blanks_are_nothing_to_miss() {
        Run run = running();
        output.open(run.id(), 1, "do it");
        output.append(run.id(), OutputStreamKind.STDERR, "\n \r\n".getBytes(StandardCharsets.UTF_8));
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        keeping.settle(run.id());

        assertThat(facts(run)).doesNotContain("JOURNAL_INCOMPLETE");
    }

    @Test
    void a_full_disk_keeps_nobody_from_anything_and_is_made_up_for() {
        Run run = running();
        disk.fill();
        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("Hello", 0));
        assertThat(attempt.finish()).isFalse();
        assertThat(shown(run)).isEmpty();
        disk.free();

        attempt.startAgain();
        attempt.accept(says("Hello", 0));
        assertThat(attempt.finish()).isTrue();

        assertThat(shown(run)).containsExactly("conversation.state.changed", "assistant.message.final");
    }

    /** A folder in the place of a file, for example: whoever waits for the rest would wait for ever. */
    @Test
    void what_something_stands_in_the_way_of_is_tried_once_and_not_waited_for() {
        Run run = running();
        AtomicInteger tries = new AtomicInteger();
        journal.onAppend((stream, rows) -> {
            tries.incrementAndGet();
            throw new StorageFaultException(new IOException("in the way"), true);
        });

        assertThat(keeping.settle(run.id())).isTrue();
        assertThat(keeping.settle(run.id())).isTrue();
        assertThat(tries).hasValue(1);
        assertThat(keeping.attempt(run).finish()).isFalse();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        journal.onAppend((stream, rows) -> rows);

        assertThat(shown(run)).endsWith("conversation.state.changed", "conversation.completed");
    }

    @Test
    void a_clock_that_is_set_back_takes_no_event_back() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("one", 0));
        attempt.write();
        clock.set(clock.instant().minus(Duration.ofDays(1)));
        attempt.accept(says("two", 10));
        attempt.finish();

        new JournalInvariants(journal, run.id()).check();
    }

    @Test
    void who_can_not_read_what_is_stored_tells_nothing_again() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("one", 0));
        attempt.finish();
        List<String> before = shown(run);
        journal.becomeReadable(false);
        keeping = server();

        attempt = keeping.attempt(run);
        attempt.accept(says("one", 0));
        assertThat(attempt.finish()).isFalse();
        journal.becomeReadable(true);

        assertThat(shown(run)).isEqualTo(before);
        new JournalInvariants(journal, run.id()).check();
    }

    @Test
    void garbage_between_events_is_a_hole_and_no_event_is_told_twice() {
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        attempt.accept(says("one", 0));
        attempt.write();
        for (JournalStream stream : JournalStream.values()) {
            journal.plant(run.id(), stream, 1, "garbage");
        }
        keeping = server();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));

        assertThat(shown(run))
                .containsExactly(
                        "conversation.state.changed",
                        "assistant.message.final",
                        "conversation.state.changed",
                        "conversation.completed");
    }

    /** As a fault of the disk leaves it, or somebody who removes files. */
    @ParameterizedTest
    @EnumSource(JournalStream.class)
    void whatever_is_lost_of_a_stream_nothing_is_shown_twice_and_no_number_given_twice(JournalStream stream) {
        Run whole = running();
        say(whole);
        runs.save(whole.succeeded(List.of(), RunFixtures.NOW));
        List<String> expected = shown(whole);
        for (int left = 0; left < expected.size(); left++) {
            for (boolean ended : List.of(false, true)) {
                Run run = running();
                say(run);
                if (ended) {
                    runs.save(run.succeeded(List.of(), RunFixtures.NOW));
                    keeping.settle(run.id());
                }
                journal.cut(run.id(), stream, 1, left);
                keeping = server();
                if (!ended) {
                    say(run);
                    runs.save(run.succeeded(List.of(), RunFixtures.NOW));
                }

                String what = left + " rows left, ended: " + ended;
                assertThat(shown(run)).as(what).isEqualTo(expected);
                for (JournalStream each : JournalStream.values()) {
                    assertThat(numbers(run, each))
                            .as(what + ", " + each)
                            .isSorted()
                            .doesNotHaveDuplicates();
                }
            }
        }
    }

    private void say(Run run) {
        AttemptJournal attempt = keeping.attempt(run);
        said().forEach(attempt);
        assertThat(attempt.finish()).isTrue();
    }

    private List<Integer> numbers(Run run, JournalStream stream) {
        List<Integer> numbers = new ArrayList<>();
        journal.scan(
                run.id(), stream, 1, row -> numbers.add(row.get("seq") instanceof Number seq ? seq.intValue() : 0));
        return numbers;
    }

    @Test
    void an_event_without_the_promised_form_is_told_by_a_warning_in_its_place() {
        schemas = new EventSchemas(new StricterSchemas(Map.of(
                "agent.message.final", Map.of("type", "array"), "lifecycle.run.status", Map.of("type", "array"))));
        keeping = server();
        Run run = running();
        AttemptJournal attempt = keeping.attempt(run);
        said().forEach(attempt);
        attempt.finish();
        keeping = server();
        attempt = keeping.attempt(run);
        said().forEach(attempt);
        attempt.finish();
        runs.save(run.succeeded(List.of(), RunFixtures.NOW));
        keeping.settle(run.id());

        List<Map<String, Object>> refused = told(run).stream()
                .filter(row ->
                        row.get("data") instanceof Map<?, ?> data && "SCHEMA_INTERNAL_INVALID".equals(data.get("code")))
                .toList();
        assertThat(refused)
                .extracting(row -> row.get("data") instanceof Map<?, ?> data ? data.get("path") : "")
                .containsExactly("lifecycle.run.status", "agent.message.final", "agent.message.final");
        assertThat(refused.get(1)).containsKey("raw_ref");
        assertThat(shown(run)).endsWith("conversation.state.changed", "conversation.completed");
        new JournalInvariants(journal, run.id()).check();
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void a_server_that_dies_beside_events_without_their_form_leaves_what_the_next_one_completes(Ending ending) {
        schemas = new EventSchemas(new StricterSchemas(Map.of(
                "raw.stdout",
                Map.of("properties", Map.of("line", Map.of("enum", List.of("one", "two", "four")))),
                "agent.message.final",
                Map.of("properties", Map.of("text", Map.of("enum", List.of("one\ntwo\nthree")))),
                "lifecycle.run.terminal",
                Map.of("type", "array"))));
        keeping = server();
        List<String> whole = story(ending, new Draws(1), Integer.MAX_VALUE);
        for (int dies = 0; dies < STORIES / 2; dies++) {
            assertThat(story(ending, new Draws(dies), dies))
                    .as("dies at %s", dies)
                    .isEqualTo(whole);
        }
    }

    private List<Map<String, Object>> told(Run run) {
        List<Map<String, Object>> rows = new ArrayList<>();
        journal.scan(run.id(), JournalStream.RASP, 1, rows::add);
        return rows;
    }

    /** How a run ends. */
    enum Ending {
        SUCCESS,
        FAILURE,
        FAULT,
        CANCELLATION,
        INTERRUPTION
    }

    @ParameterizedTest
    @EnumSource(Ending.class)
    void a_server_that_dies_at_any_write_leaves_what_the_next_one_completes(Ending ending) {
        List<String> whole = story(ending, new Draws(1), Integer.MAX_VALUE);
        for (int dies = 0; dies < STORIES; dies++) {
            assertThat(story(ending, new Draws(dies), dies))
                    .as("dies at %s", dies)
                    .isEqualTo(whole);
        }
    }

    /** The disk refuses the writes that are drawn, each of them is the end of a server. @return what is shown at last */
    private List<String> story(Ending ending, Draws draws, int seed) {
        Run run = running();
        List<EngineEvent> said = said();
        boolean told = false;
        while (!told) {
            maybeFail(draws, seed);
            AttemptJournal attempt = keeping.attempt(run);
            for (EngineEvent event : said) {
                attempt.accept(event);
                if (draws.between(0, 2) == 0) {
                    attempt.write();
                    maybeFail(draws, seed);
                    clock.set(clock.instant().plus(Duration.ofSeconds(draws.between(-5, 5))));
                }
                checkIfWhole(run);
            }
            told = attempt.finish();
            keeping = server();
        }
        end(run, ending);
        for (int i = 0; i < 3; i++) {
            maybeFail(draws, seed);
            keeping.settle(run.id());
            keeping = server();
        }
        passFailures();
        keeping = server();
        List<String> shown = shown(run);
        new JournalInvariants(journal, run.id()).check();
        assertThat(facts(run)).doesNotContain("JOURNAL_INCOMPLETE");
        summarized(run);
        return shown;
    }

    private void end(Run run, Ending ending) {
        runs.save(
                switch (ending) {
                    case SUCCESS -> run.succeeded(List.of(), clock.instant());
                    case FAILURE -> run.failed(failure(RunFailureCode.TIMEOUT), List.of(), clock.instant());
                    case FAULT -> run.failed(failure(RunFailureCode.INTERNAL_ERROR), List.of(), clock.instant());
                    case CANCELLATION -> run.canceled(clock.instant());
                    case INTERRUPTION ->
                        run.interrupted(failure(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED), clock.instant());
                });
    }

    private void summarized(Run run) {
        AttemptSummary summary = journal.summary(run.id(), 1).orElseThrow();
        assertThat(summary.metrics())
                .containsEntry("event_count", (long) told(run).size())
                .containsEntry("unreadable_event_count", 0L);
        assertThat(summary.diagnostics())
                .isEqualTo(told(run).stream()
                        .filter(row -> row.get("event") instanceof Map<?, ?> event
                                && "diagnostic".equals(event.get("category")))
                        .toList());
    }

    private void maybeFail(Draws draws, int seed) {
        if (seed != Integer.MAX_VALUE && draws.between(0, 5) == 0) {
            disk.failWrite(draws.between(1, MOST_WRITES));
        }
    }

    /** Whatever was still to fail fails here. */
    private void passFailures() {
        for (int i = 0; i < MOST_WRITES; i++) {
            try {
                disk.beforeWrite("nothing");
            } catch (StorageFullException e) {
                assertThat(e).hasMessageContaining("full");
            }
        }
    }

    private void checkIfWhole(Run run) {
        List<String> events = new ArrayList<>();
        journal.scan(run.id(), JournalStream.FCMP, 1, row -> events.add(String.valueOf(row.get("seq"))));
        for (int i = 0; i < events.size(); i++) {
            assertThat(events.get(i)).isEqualTo(String.valueOf(i + 1));
        }
    }

    private static RunFailure failure(RunFailureCode code) {
        return new RunFailure(code, "because");
    }

    private static List<EngineEvent> said() {
        return List.of(
                new EngineEvent.SessionNamed(at(0, 5), "s"),
                new EngineEvent.TurnBegan(at(0, 5)),
                says("one\ntwo\nthree", 10),
                raw("one", 40),
                raw("two", 50),
                raw("three", 60),
                raw("four", 70),
                raw("one", 80),
                new EngineEvent.Message(
                        at(90, 95),
                        Optional.of("Hel"),
                        EngineEvent.Message.Extent.PIECE,
                        Optional.empty(),
                        Optional.empty()),
                new EngineEvent.Message(
                        at(95, 99),
                        Optional.of("lo"),
                        EngineEvent.Message.Extent.PIECE,
                        Optional.empty(),
                        Optional.empty()),
                new EngineEvent.Notice(at(100, 105), "hm"),
                raw("two", 110));
    }

    private static EngineEvent says(String text, long from) {
        return EngineEvent.Message.whole(at(from, from + text.length()), Optional.of(text));
    }

    private static EngineEvent raw(String text, long from) {
        return new EngineEvent.Raw(at(from, from + text.length()), text, true, EngineEvent.Raw.Sort.TEXT);
    }

    private static OutputRange at(long from, long to) {
        return new OutputRange(OutputStreamKind.STDOUT, from, to);
    }

    private KeepJournal server() {
        return new KeepJournal(
                journal,
                runs,
                runs,
                runs,
                interactions,
                journal::remove,
                new UntoldOutput(output),
                new SingleNodeSignals(),
                disk,
                engine -> ParserProfile.LINES,
                schemas,
                clock);
    }

    private List<String> shown(Run run) {
        return new JournalReader(journal, keeping)
                .fcmpAfter(run.id(), 0, Integer.MAX_VALUE).stream()
                        .map(event -> new StrictJson()
                                .parseObject(event.json())
                                .map(row -> String.valueOf(row.get("type")))
                                .orElseThrow())
                        .toList();
    }

    private List<String> facts(Run run) {
        List<String> codes = new ArrayList<>();
        journal.scan(
                run.id(),
                JournalStream.ORCHESTRATOR,
                1,
                row -> codes.add(
                        row.get("data") instanceof Map<?, ?> data ? String.valueOf(data.get("code")) : "none"));
        return codes;
    }

    private Run running() {
        RunRequest request = fixtures.awaitingRequest();
        Run run = fixtures.queuedRun(request);
        runs.admit(request.servedBy(run.id(), false), run, 1_000, Optional.empty());
        return runs.takeNextQueued(RunFixtures.LEASE, RunFixtures.NOW).orElseThrow();
    }
}
