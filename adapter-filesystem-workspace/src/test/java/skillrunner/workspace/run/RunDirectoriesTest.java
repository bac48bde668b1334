package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.AttemptAudit;
import skillrunner.application.run.AttemptFiles;
import skillrunner.application.run.RunResult;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skillrunner.workspace.run.TestRuns.NOW;
import static skillrunner.workspace.run.TestRuns.REQUEST;
import static skillrunner.workspace.run.TestRuns.RUN;
import static skillrunner.workspace.run.TestRuns.queuedRun;
import static skillrunner.workspace.run.TestRuns.request;

class RunDirectoriesTest {
    private final Path data;
    private final Path run;
    private final JacksonJson json = new JacksonJson();
    private final RunDirectories directories;

    RunDirectoriesTest(@TempDir Path data) {
        this.data = data;
        RunLayout layout = new RunLayout(data);
        this.run = layout.run(RUN);
        this.directories = new RunDirectories(layout, json);
    }

    @Test
    void creating_twice_ends_in_the_same_state() throws Exception {
        Path uploads = Files.createDirectories(
                data.resolve("requests").resolve(REQUEST.value()).resolve("uploads"));
        Files.writeString(uploads.resolve("input_file"), "content");

        directories.create(queuedRun(), request(Optional.empty()));
        Map<String, String> once = contents(data);
        directories.create(queuedRun(), request(Optional.empty()));

        assertThat(contents(data)).isEqualTo(once);
        assertThat(run.resolve("uploads/input_file")).hasContent("content");
        assertThat(run.resolve("artifacts")).isEmptyDirectory();
        assertThat(data.resolve("requests")).isEmptyDirectory();
        assertThat(data.resolve("runs/latest_run_id")).hasContent(RUN.value());
        assertThat(directories.uploads(RUN))
                .isEqualTo(
                        Map.of("input_file", run.resolve("uploads/input_file").toString()));
        assertThat(directories.directory(RUN)).isEqualTo(run.toString());
    }

    @Test
    void the_request_is_recorded_as_it_was_sent() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));

        Map<String, Object> input = read("input.json");

        assertThat(input.keySet())
                .containsExactly("skill_id", "engine", "input", "parameter", "model", "runtime_options");
        assertThat(input)
                .containsEntry("skill_id", "demo")
                .containsEntry("engine", "codex")
                .containsEntry("input", Map.of("x", 1))
                .containsEntry("parameter", Map.of("p", "q"))
                .containsEntry("model", null)
                .containsEntry(
                        "runtime_options",
                        Map.of("execution_mode", "auto", "session_timeout_sec", 1200, "no_cache", true));
    }

    @Test
    void uploads_are_the_regular_files_at_the_top() throws Exception {
        Path uploads = Files.createDirectories(run.resolve("uploads/sub"));
        Files.writeString(uploads.resolve("deep"), "x");
        Files.writeString(run.resolve("uploads/top"), "x");
        Files.createSymbolicLink(run.resolve("uploads/link"), run.resolve("uploads/top"));

        assertThat(directories.uploads(RUN)).containsOnlyKeys("top");
    }

    @Test
    void opening_an_attempt_again_keeps_the_output_of_a_process_that_may_have_been_started() throws Exception {
        AttemptFiles files = directories.openAttempt(TestRuns.attempt(1), "do it");
        Files.writeString(Path.of(files.stdout()), "already said");
        Files.writeString(Path.of(files.temporary()).resolve("left-over"), "x");

        AttemptFiles again = directories.openAttempt(TestRuns.attempt(1), "do it");

        assertThat(again).isEqualTo(files).isEqualTo(directories.attemptFiles(RUN, 1));
        assertThat(Path.of(files.stdout())).hasContent("already said");
        assertThat(Path.of(files.stderr())).isEmptyFile();
        assertThat(Path.of(files.stdin())).hasContent("do it");
        assertThat(Path.of(files.temporary())).isEmptyDirectory();
        assertThat(run.resolve("logs/prompt.txt")).hasContent("do it");
        assertThat(run.resolve("logs/stdout.txt")).hasContent("already said");
        assertThat(run.resolve(".audit/stdin.1.log")).isEmptyFile();
    }

    @Test
    void settings_replace_what_is_there() throws Exception {
        Files.createDirectories(run.resolve(".engine"));
        Files.createSymbolicLink(run.resolve(".engine/settings.json"), data.resolve("elsewhere"));

        directories.writeSettings(RUN, Map.of(".engine/settings.json", "1", "engine.json", "2"));

        assertThat(run.resolve(".engine/settings.json")).hasContent("1").isRegularFile();
        assertThat(run.resolve("engine.json")).hasContent("2");
        assertThat(data.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void settings_are_not_written_through_a_link() throws Exception {
        Path outside = Files.createDirectories(data.resolve("outside"));
        Files.createSymbolicLink(Files.createDirectories(run).resolve(".engine"), outside);

        for (String name : List.of(".engine/settings.json", "../settings.json", "/settings.json")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> directories.writeSettings(RUN, Map.of(name, "1")))
                    .withMessageEndingWith("leads out of the run directory");
        }
        assertThat(outside).isEmptyDirectory();
    }

    @Test
    void the_files_people_look_for_grow_with_the_output() throws Exception {
        AttemptFiles files = directories.openAttempt(TestRuns.attempt(1), "");

        Files.writeString(Path.of(files.stderr()), "trouble", StandardOpenOption.APPEND);

        assertThat(run.resolve("logs/stderr.txt")).hasContent("trouble");
    }

    @Test
    void closing_an_attempt_records_what_changed_but_for_the_products_own_files() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        Files.writeString(run.resolve("artifacts/changed"), "1");
        Files.writeString(run.resolve("artifacts/removed"), "1");
        Files.writeString(run.resolve("artifacts/touched"), "1");
        directories.openAttempt(TestRuns.attempt(1), "do it");
        Files.writeString(run.resolve("artifacts/changed"), "2");
        Files.delete(run.resolve("artifacts/removed"));
        Files.setLastModifiedTime(run.resolve("artifacts/touched"), FileTime.from(NOW));
        Files.writeString(run.resolve("artifacts/created"), "1");
        Files.writeString(Files.createDirectories(run.resolve(".codex")).resolve("own"), "1");
        directories.writeStatus(queuedRun(), 1200);

        directories.closeAttempt(ended());

        Map<String, Object> difference = Map.of(
                "created", List.of("artifacts/created"),
                "modified", List.of("artifacts/changed"),
                "deleted", List.of("artifacts/removed"));
        assertThat(read(".audit/fs-diff.1.json")).isEqualTo(difference);
        assertThat(read(".audit/fs-before.1.json"))
                .containsOnlyKeys("artifacts/changed", "artifacts/removed", "artifacts/touched", "input.json");
        assertThat(read(".audit/fs-after.1.json").get("artifacts/created"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsOnlyKeys("size", "mtime", "sha256");
        assertThat(run.resolve(".tmp")).doesNotExist();
        Map<String, Object> meta = read(".audit/meta.1.json");
        assertThat(meta.keySet())
                .containsExactly(
                        "run_id",
                        "request_id",
                        "engine",
                        "execution_mode",
                        "attempt",
                        "status",
                        "started_at",
                        "finished_at",
                        "process",
                        "completion",
                        "validation_warnings",
                        "filesystem_diff");
        assertThat(meta)
                .containsEntry("run_id", RUN.value())
                .containsEntry("attempt", Map.of("number", 1))
                .containsEntry("started_at", "2026-11-22T08:30:00.123456Z")
                .containsEntry("completion", Map.of("state", "completed", "reason_code", "DONE_SIGNAL_FOUND"))
                .containsEntry("validation_warnings", List.of("careful"))
                .containsEntry("filesystem_diff", difference);
    }

    @Test
    void closing_never_fails_whatever_became_of_the_directory() {
        directories.closeAttempt(ended());

        assertThat(run.resolve(".audit/fs-diff.1.json")).doesNotExist();
    }

    @Test
    void the_status_mirrors_the_run() throws Exception {
        directories.writeStatus(queuedRun(), 1200);
        assertThat(read("status.json"))
                .containsEntry("status", "queued")
                .containsEntry("error", null)
                .containsEntry("effective_session_timeout_sec", 1200);

        directories.writeStatus(queuedRun().canceled(NOW), 60);
        assertThat(read("status.json").keySet())
                .containsExactly("status", "updated_at", "error", "warnings", "effective_session_timeout_sec");
        assertThat(read("status.json"))
                .containsEntry("status", "canceled")
                .containsEntry("error", Map.of("code", "CANCELED_BY_USER", "message", "The run was canceled"));
    }

    @Test
    void a_result_replaces_the_earlier_one_and_can_be_read() throws Exception {
        assertThat(directories.readResult(RUN)).isEmpty();
        directories.writeResult(RUN, failed());

        directories.writeResult(
                RUN,
                new RunResult(
                        "success",
                        Optional.of(Map.of("answer", 42)),
                        List.of("artifacts/a"),
                        RepairLevel.NONE,
                        List.of(),
                        Optional.empty(),
                        Optional.of(new RunReceipt(
                                1, Optional.of(0), new StreamReceipt(3, "aa"), new StreamReceipt(0, "bb")))));

        Map<String, Object> result = directories.readResult(RUN).orElseThrow();
        assertThat(result.keySet())
                .containsExactly(
                        "status",
                        "data",
                        "artifacts",
                        "repair_level",
                        "validation_warnings",
                        "error",
                        "pending_interaction",
                        "interactive_profile",
                        "receipt");
        assertThat(result)
                .containsEntry("status", "success")
                .containsEntry("data", Map.of("answer", 42))
                .containsEntry("artifacts", List.of("artifacts/a"))
                .containsEntry("repair_level", "none")
                .containsEntry("error", null)
                .containsEntry(
                        "receipt",
                        Map.of(
                                "attempt",
                                1,
                                "exit_code",
                                0,
                                "stdout",
                                Map.of("bytes", 3, "sha256", "aa"),
                                "stderr",
                                Map.of("bytes", 0, "sha256", "bb")));
        assertThat(Arrays.asList(run.resolve("result").toFile().list())).containsExactly("result.json");
    }

    @Test
    void a_failed_result_carries_its_error() {
        directories.writeResult(RUN, failed());

        assertThat(directories.readResult(RUN).orElseThrow())
                .containsEntry("status", "failed")
                .containsEntry("data", null)
                .containsEntry("receipt", null)
                .containsEntry("error", Map.of("code", "CANCELED_BY_USER", "message", "no luck", "stderr", "trouble"));
    }

    private static RunResult failed() {
        return new RunResult(
                "failed",
                Optional.empty(),
                List.of(),
                RepairLevel.NONE,
                List.of(),
                Optional.of(new RunFailure(RunFailureCode.CANCELED_BY_USER, "no luck").withStderr("trouble")),
                Optional.empty());
    }

    private static AttemptAudit ended() {
        return new AttemptAudit(
                queuedRun(),
                ExecutionMode.AUTO,
                1,
                NOW,
                Optional.of(NOW.plusSeconds(5)),
                Optional.of(0),
                "completed",
                "DONE_SIGNAL_FOUND",
                List.of("careful"));
    }

    private Map<String, Object> read(String path) throws IOException {
        return json.parseObject(Files.readString(run.resolve(path))).orElseThrow();
    }

    private static Map<String, String> contents(Path folder) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : (Iterable<Path>) files::iterator) {
                contents.put(
                        folder.relativize(file).toString(),
                        Files.isRegularFile(file) ? Files.readString(file) : "folder");
            }
        }
        return contents;
    }
}
