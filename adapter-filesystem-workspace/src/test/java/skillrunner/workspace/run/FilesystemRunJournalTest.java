package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.journal.AttemptSummary;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.RunJournal;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.testkit.run.RunJournalContract;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.journal.JournalStream.FCMP;
import static skillrunner.domain.journal.JournalStream.ORCHESTRATOR;

class FilesystemRunJournalTest extends RunJournalContract {
    private static final JournalQuery ALL = JournalQuery.behind(0, Integer.MAX_VALUE);

    @TempDir
    private Path data;

    @Override
    protected RunJournal emptyJournal() {
        return new FilesystemRunJournal(new RunLayout(data));
    }

    @Test
    void an_event_that_was_never_finished_is_not_read_and_removed_before_the_next() throws IOException {
        emptyJournal().append(RUN, 1, Map.of(FCMP, List.of(row(1))));
        plant("{\"seq\": 2, \"ts\": \"2026");
        RunJournal journal = emptyJournal();

        assertThat(numbers(journal)).containsExactly(1L);
        assertThat(journal.isTorn(RUN, 1)).isTrue();
        assertThat(journal.repair(RUN, 1)).containsExactly(new RunJournal.Repair("fcmp_events.1.jsonl", 22));
        assertThat(journal.isTorn(RUN, 1)).isFalse();
        journal.append(RUN, 1, Map.of(FCMP, List.of(row(2))));

        assertThat(numbers(journal)).containsExactly(1L, 2L);
        assertThat(Files.readAllLines(file())).hasSize(2);
    }

    @Test
    void what_the_events_of_an_attempt_come_to_lies_beside_them() throws IOException {
        RunJournal journal = emptyJournal();
        journal.append(RUN, 2, Map.of(FCMP, List.of(row(1))));
        journal.summarize(RUN, 2, new AttemptSummary(List.of(row(9)), Map.of("event_count", 7)));
        journal.summarize(RUN, 2, new AttemptSummary(List.of(row(1), row(2)), Map.of("event_count", 3)));

        Path audit = Objects.requireNonNull(file().getParent());
        JacksonJson json = new JacksonJson();
        assertThat(Files.readAllLines(audit.resolve("parser_diagnostics.2.jsonl")))
                .extracting(line -> json.parseObject(line).orElseThrow())
                .containsExactly(row(1), row(2));
        assertThat(json.parseObject(Files.readString(audit.resolve("protocol_metrics.2.json"))))
                .contains(Map.of("event_count", 3));
        assertThat(journal.attempts(RUN)).containsExactly(2);
    }

    @Test
    void a_whole_event_is_left_alone_by_a_repair() throws IOException {
        emptyJournal().append(RUN, 1, Map.of(FCMP, List.of(row(1))));
        byte[] before = Files.readAllBytes(file());

        assertThat(emptyJournal().repair(RUN, 1)).isEmpty();

        assertThat(Files.readAllBytes(file())).isEqualTo(before);
    }

    @Test
    void garbage_between_events_is_passed_over() throws IOException {
        RunJournal journal = emptyJournal();
        journal.append(RUN, 1, Map.of(FCMP, List.of(row(1))));
        plant("no json\n{\"seq\": \n[1]\n\n{}\n{\"seq\": -4}\n\u0000\n");
        journal.close(RUN);
        journal.append(RUN, 1, Map.of(FCMP, List.of(row(3))));
        journal.close(RUN);

        assertThat(numbers(journal)).containsExactly(1L, 3L);
        assertThat(journal.last(RUN, FCMP, 1)).contains(row(3));
    }

    /** Sparse, so that it costs the disk nothing. */
    @Test
    void a_line_that_is_longer_than_any_event_is_passed_over_and_not_held() throws IOException {
        RunJournal journal = emptyJournal();
        journal.append(RUN, 1, Map.of(FCMP, List.of(row(1))));
        journal.close(RUN);
        try (FileChannel channel = FileChannel.open(file(), StandardOpenOption.WRITE)) {
            channel.write(ByteBuffer.wrap(new byte[] {'{'}), channel.size());
            channel.write(ByteBuffer.wrap(new byte[] {'\n'}), channel.size() + (300L << 20));
        }
        journal.append(RUN, 1, Map.of(FCMP, List.of(row(3))));
        journal.close(RUN);

        assertThat(numbers(journal)).containsExactly(1L, 3L);
        assertThat(journal.last(RUN, FCMP, 1)).contains(row(3));
        List<Map<String, Object>> rows = new ArrayList<>();
        journal.scan(RUN, FCMP, 1, rows::add);
        assertThat(rows).containsExactly(row(1), row(3));
    }

    /** Several at once would not have room for it. */
    @Test
    void a_long_line_that_is_no_event_is_known_by_its_beginning_and_one_that_is_an_event_is_read() throws IOException {
        RunJournal journal = emptyJournal();
        Map<String, Object> talkative = new LinkedHashMap<>(row(1));
        talkative.put("data", Map.of("text", "x".repeat(1 << 20)));
        journal.append(RUN, 1, Map.of(FCMP, List.of(talkative)));
        plant("{\"seq\": \"" + "x".repeat(1 << 20) + "\"}\n{\"seq\": 2, \"x\": " + "[".repeat(1 << 20) + "\n");
        journal.close(RUN);

        assertThat(numbers(journal)).containsExactly(1L);
        assertThat(journal.last(RUN, FCMP, 1)).contains(row(1));
        JournalEvent event = journal.read(RUN, FCMP, 1, ALL).get(0);
        assertThat(event.isLong()).isTrue();
        assertThat(new JacksonJson().parseObject(event.json())).contains(talkative);
        assertThat(event.bytes()).isEqualTo(event.json().length());
        try (InputStream end = event.stored().orElseThrow().opening().open(event.bytes() - 4, 100)) {
            assertThat(end).hasContent("x\"}}");
        }
    }

    @Test
    void whoever_can_not_write_for_what_stands_in_the_way_is_told_that_it_stays_so() throws IOException {
        Files.createDirectories(file());

        assertThatThrownBy(() -> emptyJournal().append(RUN, 1, Map.of(FCMP, List.of(row(1)))))
                .isInstanceOfSatisfying(StorageFaultException.class, fault -> assertThat(fault.isLasting())
                        .isTrue());
    }

    @Test
    void what_is_no_file_is_no_journal_and_can_not_be_added_to() throws IOException {
        Files.createDirectories(file());
        RunJournal journal = emptyJournal();

        assertThat(numbers(journal)).isEmpty();
        assertThat(journal.last(RUN, FCMP, 1)).isEmpty();
        assertThatThrownBy(() -> journal.append(RUN, 1, Map.of(FCMP, List.of(row(1)))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_pipe_holds_nobody_up() throws IOException, InterruptedException {
        Files.createDirectories(file().getParent());
        assertThat(new ProcessBuilder("mkfifo", file().toString()).start().waitFor())
                .isZero();
        RunJournal journal = emptyJournal();

        assertThat(numbers(journal)).isEmpty();
        assertThatThrownBy(() -> journal.append(RUN, 1, Map.of(FCMP, List.of(row(1)))))
                .isInstanceOf(UncheckedIOException.class);
    }

    @Test
    void a_pipe_in_the_place_of_the_folder_holds_nobody_up() throws IOException, InterruptedException {
        Path folder = Objects.requireNonNull(file().getParent());
        Files.createDirectories(folder.getParent());
        assertThat(new ProcessBuilder("mkfifo", folder.toString()).start().waitFor())
                .isZero();
        RunJournal journal = emptyJournal();

        assertThat(journal.attempts(RUN)).isEmpty();
        assertThat(numbers(journal)).isEmpty();
    }

    @Test
    void a_link_is_no_journal() throws IOException {
        Files.createDirectories(file().getParent());
        Path secret = Files.writeString(data.resolve("secret"), "{\"seq\": 1}\n");
        Files.createSymbolicLink(file(), secret);
        RunJournal journal = emptyJournal();

        assertThat(numbers(journal)).isEmpty();
        assertThatThrownBy(() -> journal.append(RUN, 1, Map.of(FCMP, List.of(row(1)))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(secret).hasContent("{\"seq\": 1}\n");
    }

    @Test
    void a_link_in_the_place_of_the_folder_is_neither_read_nor_written_through() throws IOException {
        emptyJournal().append(RUN, 1, Map.of(FCMP, List.of(row(1))));
        Path folder = Objects.requireNonNull(file().getParent());
        Path elsewhere = Files.move(folder, data.resolve("elsewhere"));
        Files.createSymbolicLink(folder, elsewhere);
        RunJournal journal = emptyJournal();

        assertThat(journal.attempts(RUN)).isEmpty();
        assertThat(numbers(journal)).isEmpty();
        assertThat(journal.repair(RUN, 1)).isEmpty();
        assertThatThrownBy(() -> journal.append(RUN, 1, Map.of(FCMP, List.of(row(2)))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(elsewhere.resolve("fcmp_events.1.jsonl")).content().hasLineCount(1);
    }

    @Test
    void a_file_that_has_another_name_elsewhere_is_not_written_to() throws IOException {
        Files.createDirectories(file().getParent());
        Path other = Files.writeString(data.resolve("other"), "");
        Files.createLink(file(), other);
        RunJournal journal = emptyJournal();

        assertThatThrownBy(() -> journal.append(RUN, 1, Map.of(FCMP, List.of(row(1)))))
                .isInstanceOf(UncheckedIOException.class);
        assertThat(other).isEmptyFile();
    }

    @Test
    void what_has_the_name_of_output_and_is_none_tells_of_no_attempt() throws IOException, InterruptedException {
        Path folder = Files.createDirectories(file().getParent());
        Files.createDirectory(folder.resolve("stdout.1.log"));
        Files.createSymbolicLink(folder.resolve("stdout.2.log"), folder.resolve("stdout.4.log"));
        assertThat(new ProcessBuilder("mkfifo", folder.resolve("stderr.3.log").toString())
                        .start()
                        .waitFor())
                .isZero();
        Files.writeString(folder.resolve("stdout.4.log"), "");

        assertThat(emptyJournal().attempts(RUN)).containsExactly(4);
    }

    @Test
    void reading_makes_no_file() {
        RunJournal journal = emptyJournal();

        numbers(journal);
        journal.attempts(RUN);
        journal.repair(RUN, 1);

        assertThat(data).isEmptyDirectory();
    }

    @Test
    void attempts_are_found_by_what_there_is_of_them() throws IOException {
        Files.createDirectories(file().getParent());
        for (String name : List.of(
                "stdout.3.log",
                "meta.12.json",
                "orchestrator_events.2.jsonl",
                "stdout.0.log",
                "stdout.log",
                "stdout.x.log",
                "process.9.json",
                "stdout.99999999999.log")) {
            Files.writeString(file().resolveSibling(name), "");
        }

        assertThat(emptyJournal().attempts(RUN)).containsExactly(2, 3, 12);
    }

    @Test
    void a_place_is_found_between_long_lines_and_garbage() throws IOException {
        RunJournal journal = emptyJournal();
        for (int seq = 1; seq <= 60; seq++) {
            Map<String, Object> row = row(seq);
            row.put("data", Map.of("line", "x".repeat(seq % 7 == 0 ? 300_000 : 3_000)));
            journal.append(RUN, 1, Map.of(FCMP, List.of(row)));
            plant("garbage\n");
            journal.close(RUN);
        }

        for (long seq = 1; seq <= 60; seq++) {
            assertThat(journal.read(RUN, FCMP, 1, JournalQuery.behind(seq - 1, 1)))
                    .extracting(JournalEvent::seq)
                    .containsExactly(seq);
        }
    }

    @Test
    void facts_whose_numbers_do_not_ascend_are_numbered_anew_and_the_file_is_left_alone() throws IOException {
        Path facts = file().resolveSibling("orchestrator_events.1.jsonl");
        Files.createDirectories(facts.getParent());
        String text = "{\"seq\":5}\n{\"seq\":5}\n{}\n{\"seq\":1}\n";
        Files.writeString(facts, text);

        assertThat(emptyJournal().read(RUN, ORCHESTRATOR, 1, ALL))
                .extracting(JournalEvent::seq)
                .containsExactly(1L, 2L, 3L, 4L);
        assertThat(facts).hasContent(text);
    }

    private static List<Long> numbers(RunJournal journal) {
        return journal.read(RUN, FCMP, 1, ALL).stream().map(JournalEvent::seq).toList();
    }

    private static Map<String, Object> row(int seq) {
        Map<String, Object> row = new LinkedHashMap<>();
        row.put("seq", seq);
        row.put("ts", "2026-01-02T03:04:05.000000Z");
        return row;
    }

    private void plant(String text) throws IOException {
        Files.write(file(), text.getBytes(StandardCharsets.UTF_8), StandardOpenOption.APPEND);
    }

    private Path file() {
        return data.resolve("runs/" + RUN + "/.audit/fcmp_events.1.jsonl");
    }
}
