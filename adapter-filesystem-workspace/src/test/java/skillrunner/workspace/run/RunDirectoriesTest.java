package skillrunner.workspace.run;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.process.AttemptFiles;
import skillrunner.application.run.result.AttemptAudit;
import skillrunner.application.run.result.RunResult;
import skillrunner.application.run.turn.Workspace;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DiagnosticCode;
import skillrunner.domain.journal.DoneMarkers;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.files.FileTrees;
import skillrunner.testkit.hostile.HostileFamily;
import skillrunner.workspace.json.JacksonJson;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static skillrunner.workspace.run.TestRuns.NOW;
import static skillrunner.workspace.run.TestRuns.REQUEST;
import static skillrunner.workspace.run.TestRuns.RUN;
import static skillrunner.workspace.run.TestRuns.queuedRun;
import static skillrunner.workspace.run.TestRuns.request;
import static skillrunner.workspace.run.TestRuns.skill;

class RunDirectoriesTest {
    private final Path data;
    private final Path run;
    private final Path workspace;
    private final JacksonJson json = new JacksonJson();
    private final RunDirectories directories;

    RunDirectoriesTest(@TempDir Path data) {
        this.data = data;
        RunLayout layout = new RunLayout(data);
        this.run = layout.run(RUN);
        this.workspace = run.resolve("workspace");
        this.directories = new RunDirectories(layout, json, Set.of("opencode.json"));
    }

    /** The folder of a test is removed by its paths, which are too long. */
    @AfterEach
    void removeWhatIsDeep() {
        FileTrees.remove(workspace);
    }

    @Test
    void creating_twice_ends_in_the_same_state() throws Exception {
        Path uploads = Files.createDirectories(
                data.resolve("requests").resolve(REQUEST.value()).resolve("uploads"));
        Files.writeString(uploads.resolve("input_file"), "content");

        directories.create(queuedRun(), request(Optional.empty()));
        Map<String, String> once = contents(data);
        Workspace made = directories.create(queuedRun(), request(Optional.empty()));

        assertThat(contents(data)).isEqualTo(once);
        assertThat(workspace.resolve("uploads/input_file")).hasContent("content");
        assertThat(workspace.resolve("artifacts")).isEmptyDirectory();
        assertThat(data.resolve("requests")).isEmptyDirectory();
        assertThat(data.resolve("runs/latest_run_id")).hasContent(RUN.value());
        assertThat(directories.uploads(RUN))
                .isEqualTo(Map.of(
                        "input_file", workspace.resolve("uploads/input_file").toString()));
        assertThat(made).isEqualTo(new Workspace(workspace.toString(), directories.uploads(RUN)));
    }

    @Test
    void what_there_is_of_a_run_is_removed_and_nothing_is_missed_of_the_rest() throws Exception {
        directories.remove(RUN);
        Files.createDirectories(workspace);
        directories.remove(RUN);
        Files.createSymbolicLink(Files.createDirectories(run).resolve(".audit"), data);
        Path other = Files.writeString(data.resolve("stdout.1.log"), "not of this run");
        directories.remove(RUN);

        assertThat(run).doesNotExist();
        assertThat(other).exists();
    }

    /** Whoever follows meanwhile is given what it asked for, or nothing. */
    @Test
    void output_that_is_being_removed_is_never_given_for_that_of_another_attempt() throws Exception {
        int attempts = 120;
        FilesystemRunOutput output = new FilesystemRunOutput(new RunLayout(data));
        Path audit = run.resolve(".audit");
        for (int round = 0; round < 5; round++) {
            Files.createDirectories(audit);
            for (int attempt = 1; attempt <= attempts; attempt++) {
                Files.writeString(
                        audit.resolve("stdout." + attempt + ".log"),
                        new String(new byte[] {(byte) attempt}, StandardCharsets.ISO_8859_1));
            }
            CompletableFuture<Set<String>> seen = CompletableFuture.supplyAsync(() -> {
                Set<String> wrong = new TreeSet<>();
                for (int at = attempts - 1; output.attempts(RUN) > 0; at = (at + 7) % attempts) {
                    String read = new String(
                            output.read(RUN, OutputStreamKind.STDOUT, at, 1).bytes(), StandardCharsets.ISO_8859_1);
                    if (!read.isEmpty() && read.charAt(0) != at + 1) {
                        wrong.add(at + ": " + (int) read.charAt(0));
                    }
                }
                return wrong;
            });

            directories.remove(RUN);

            assertThat(seen.join()).isEmpty();
        }
    }

    @Test
    void the_request_is_recorded_as_it_was_sent() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));

        Map<String, Object> input = read("workspace/input.json");

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
        Path uploads = Files.createDirectories(workspace.resolve("uploads/sub"));
        Files.writeString(uploads.resolve("deep"), "x");
        Files.writeString(workspace.resolve("uploads/top"), "x");
        Files.createSymbolicLink(workspace.resolve("uploads/link"), workspace.resolve("uploads/top"));

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
        Files.createDirectories(workspace.resolve(".engine"));
        Files.createSymbolicLink(workspace.resolve(".engine/settings.json"), data.resolve("elsewhere"));

        directories.writeSettings(RUN, Map.of(".engine/settings.json", "1", "engine.json", "2"));

        assertThat(workspace.resolve(".engine/settings.json")).hasContent("1").isRegularFile();
        assertThat(workspace.resolve("engine.json")).hasContent("2");
        assertThat(data.resolve("elsewhere")).doesNotExist();
    }

    @Test
    void settings_lead_nowhere_else() throws Exception {
        for (String name : List.of("../settings.json", "/settings.json", "a/../../b")) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> directories.writeSettings(RUN, Map.of(name, "1")))
                    .withMessageEndingWith("leads out of the workspace");
        }
        assertThat(run.toFile().list()).containsExactly("workspace");
    }

    @ParameterizedTest
    @ValueSource(strings = {"link", "link-to-folder", "dangling", "loop", "hard-link", "pipe", "socket", "folder"})
    void whatever_an_agent_puts_in_the_way_is_replaced_and_not_followed(String planted) throws Exception {
        Path outside = Files.createDirectories(data.resolve("outside"));
        directories.create(queuedRun(), request(Optional.empty()));
        Path hostile = Files.createDirectories(data.resolve("hostile"));
        HostileFamily.plant(hostile, outside);
        Files.createDirectories(hostile.resolve("folder/full"));
        for (String place : List.of("input.json", ".engine", "engine.json", ".codex", ".tmp")) {
            Path target = workspace.resolve(place);
            FileTrees.remove(target);
            Files.move(hostile.resolve(planted), target);
            directories.create(queuedRun(), request(Optional.empty()));
            directories.writeSettings(RUN, Map.of(".engine/settings.json", "1", "engine.json", "2"));
            directories.installSkill(RUN, skill(demoSkill()), ".codex/skills", "Rules");
            directories.openAttempt(TestRuns.attempt(1), "do it");
            FileTrees.remove(hostile);
            HostileFamily.plant(Files.createDirectories(hostile), outside);
            Files.createDirectories(hostile.resolve("folder/full"));
        }

        assertThat(workspace.resolve("input.json")).isRegularFile().content().contains("skill_id");
        assertThat(workspace.resolve(".engine/settings.json")).isRegularFile().hasContent("1");
        assertThat(workspace.resolve("engine.json")).isRegularFile().hasContent("2");
        assertThat(workspace.resolve(".codex/skills/demo/SKILL.md")).content().contains("Rules");
        assertThat(workspace.resolve(".tmp")).isEmptyDirectory();
        assertThat(outside.toFile().list()).containsExactly("secret");
        assertThat(outside.resolve("secret")).hasContent(HostileFamily.SECRET);
    }

    @Test
    void a_workspace_that_became_a_link_is_replaced_and_not_followed() throws Exception {
        Path outside = Files.createDirectories(data.resolve("outside/.tmp"));
        directories.create(queuedRun(), request(Optional.empty()));
        FileTrees.remove(workspace);
        Files.createSymbolicLink(workspace, data.resolve("outside"));

        directories.closeAttempt(ended());
        assertThat(directories.uploads(RUN)).isEmpty();
        directories.openAttempt(TestRuns.attempt(1), "do it");

        assertThat(outside).exists();
        assertThat(Files.isSymbolicLink(workspace)).isFalse();
    }

    @Test
    void only_the_server_may_look_into_its_own_folder() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));

        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(run)))
                .isEqualTo("rwx------");
    }

    @Test
    void the_agent_gets_nothing_of_the_servers_in_its_workspace() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        AttemptFiles files = directories.openAttempt(TestRuns.attempt(1), "do it");
        directories.writeStatus(queuedRun(), 1200);
        directories.writeResult(RUN, failed());

        assertThat(workspace.toFile().list()).containsExactlyInAnyOrder("input.json", "artifacts", ".tmp");
        assertThat(files.workspace()).isEqualTo(workspace.toString());
        assertThat(Path.of(files.temporary())).startsWithRaw(workspace);
        assertThat(List.of(files.stdin(), files.stdout(), files.stderr(), files.exitRecord(), files.processRecord()))
                .allSatisfy(file -> assertThat(Path.of(file)).startsWithRaw(run.resolve(".audit")));
    }

    @Test
    void a_run_of_an_earlier_release_goes_on_in_its_one_folder() throws Exception {
        Files.createDirectories(run.resolve(".audit"));
        Files.writeString(Files.createDirectories(run.resolve("artifacts")).resolve("report"), "x");
        Files.writeString(Files.createDirectories(run.resolve("uploads")).resolve("data"), "x");

        directories.create(queuedRun(), request(Optional.empty()));
        AttemptFiles files = directories.openAttempt(TestRuns.attempt(1), "do it");
        directories.writeStatus(queuedRun(), 1200);
        directories.closeAttempt(ended());

        assertThat(workspace).doesNotExist();
        assertThat(files.workspace()).isEqualTo(run.toString());
        assertThat(files.temporary()).isEqualTo(run.resolve(".tmp").toString());
        assertThat(directories.uploads(RUN))
                .isEqualTo(Map.of("data", run.resolve("uploads/data").toString()));
        assertThat(read(".audit/fs-after.1.json")).containsOnlyKeys("artifacts/report", "uploads/data", "input.json");
    }

    @Test
    void a_snapshot_tells_what_it_passed_over_and_opens_none_of_it() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        directories.openAttempt(TestRuns.attempt(1), "do it");
        Path outside = Files.createDirectories(data.resolve("outside"));
        HostileFamily.plant(workspace.resolve("artifacts"), outside);
        HostileFamily.nest(workspace, 200);

        directories.closeAttempt(ended());

        Map<String, Object> after = read(".audit/fs-after.1.json");
        assertThat(after)
                .containsEntry("artifacts/pipe", Map.of("kind", "pipe"))
                .containsEntry("artifacts/link", Map.of("kind", "link"))
                .containsEntry("artifacts/hard-link", Map.of("kind", "several_names"))
                .containsEntry("artifacts/socket", Map.of("kind", "socket"));
        assertThat(after.get("artifacts/sparse"))
                .asInstanceOf(InstanceOfAssertFactories.map(String.class, Object.class))
                .containsOnlyKeys("size", "mtime");
        assertThat(read(".audit/meta.1.json")).containsKey("filesystem_diff");
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
        Files.writeString(workspace.resolve("artifacts/changed"), "1");
        Files.writeString(workspace.resolve("artifacts/removed"), "1");
        Files.writeString(workspace.resolve("artifacts/touched"), "1");
        directories.openAttempt(TestRuns.attempt(1), "do it");
        Files.writeString(workspace.resolve("artifacts/changed"), "2");
        Files.delete(workspace.resolve("artifacts/removed"));
        Files.setLastModifiedTime(workspace.resolve("artifacts/touched"), FileTime.from(NOW));
        Files.writeString(workspace.resolve("artifacts/created"), "1");
        Files.writeString(Files.createDirectories(workspace.resolve(".codex")).resolve("own"), "1");
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
        assertThat(workspace.resolve(".tmp")).doesNotExist();
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
                        "reconstruction_used",
                        "stdout_chunks",
                        "stderr_chunks",
                        "reconstruction_error",
                        "filesystem_diff");
        Map<String, Object> completion = new HashMap<>();
        completion.put("state", "completed");
        completion.put("reason_code", "DONE_SIGNAL_FOUND");
        completion.put("diagnostics", List.of("MULTIPLE_DONE_MARKERS_IGNORED"));
        completion.put("done_signal_found", true);
        completion.put("done_marker_found", true);
        completion.put("done_marker_count", 2);
        completion.put(
                "first_done_marker",
                Map.of(
                        "message_id",
                        "m_1_2",
                        "raw_ref",
                        Map.of(
                                "attempt_number",
                                1,
                                "stream",
                                "stdout",
                                "byte_from",
                                10,
                                "byte_to",
                                90,
                                "encoding",
                                "utf-8")));
        assertThat(meta).containsEntry("completion", completion);
        assertThat(meta)
                .containsEntry("run_id", RUN.value())
                .containsEntry("attempt", Map.of("number", 1))
                .containsEntry("started_at", "2026-11-22T08:30:00.123456Z")
                .containsEntry("reconstruction_used", false)
                .containsEntry("stdout_chunks", List.of())
                .containsEntry("stderr_chunks", List.of())
                .containsEntry("reconstruction_error", null)
                .containsEntry("validation_warnings", List.of("careful"))
                .containsEntry("filesystem_diff", difference);
    }

    @Test
    void how_an_attempt_ended_is_told_although_its_workspace_is_gone() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        directories.openAttempt(TestRuns.attempt(1), "do it");
        FileTrees.remove(workspace);

        directories.closeAttempt(ended());

        assertThat(read(".audit/meta.1.json"))
                .containsEntry("validation_warnings", List.of("careful"))
                .containsEntry("filesystem_diff", Map.of());
    }

    @Test
    void how_an_attempt_ended_is_told_although_it_was_never_opened() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        Files.createDirectories(run.resolve(".audit"));

        directories.closeAttempt(ended());

        assertThat(read(".audit/meta.1.json")).containsEntry("validation_warnings", List.of("careful"));
        assertThat(run.resolve(".audit/fs-after.1.json")).doesNotExist();
    }

    @Test
    void closing_never_fails_whatever_became_of_the_directory() {
        directories.closeAttempt(ended());

        assertThat(run).doesNotExist();

        assertThat(run.resolve(".audit/fs-diff.1.json")).doesNotExist();
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void closing_does_not_wait_for_a_pipe_in_the_place_of_a_record(@TempDir Path outside) throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        directories.openAttempt(TestRuns.attempt(1), "do it");
        HostileFamily.plant(Files.createDirectories(outside.resolve("family")), outside);
        Files.move(
                outside.resolve("family/pipe"),
                run.resolve(".audit/fs-before.1.json"),
                StandardCopyOption.REPLACE_EXISTING);

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

        directories.writeStatus(
                queuedRun().canceled(Instant.parse("2026-11-22T08:30:01Z")).after(), 60);
        assertThat(read("status.json")).containsEntry("updated_at", "2026-11-22T08:30:01.000000Z");
        assertThat(read("status.json").keySet())
                .containsExactly("status", "updated_at", "error", "warnings", "effective_session_timeout_sec");
        assertThat(read("status.json"))
                .containsEntry("status", "canceled")
                .containsEntry("error", Map.of("code", "CANCELED_BY_USER", "message", "The run was canceled"));
    }

    @Test
    void a_result_replaces_the_earlier_one_and_can_be_read() throws Exception {
        assertThat(directories.storedResult(RUN)).isEmpty();
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

        Map<String, Object> result = parsed(directories.storedResult(RUN));
        assertThat(result.keySet())
                .containsExactly(
                        "run_id",
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
                .containsEntry("run_id", RUN.value())
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
    void a_failed_result_carries_its_error() throws Exception {
        directories.writeResult(RUN, failed());

        assertThat(parsed(directories.storedResult(RUN)))
                .containsEntry("status", "failed")
                .containsEntry("data", null)
                .containsEntry("receipt", null)
                .containsEntry("error", Map.of("code", "CANCELED_BY_USER", "message", "no luck", "stderr", "trouble"));
    }

    private Path demoSkill() throws IOException {
        Path skill = Files.createDirectories(data.resolve("store/demo"));
        Files.writeString(skill.resolve("SKILL.md"), "Do it.");
        return skill;
    }

    @Test
    void what_a_killed_server_or_shim_was_writing_goes_with_the_end_of_the_run() throws Exception {
        directories.create(queuedRun(), request(Optional.empty()));
        directories.writeSettings(RUN, Map.of(".codex/config.toml", ""));
        directories.openAttempt(TestRuns.attempt(1), "do it");
        directories.writeResult(RUN, failed());
        String left = ".0123456789abcdef0123456789abcdef0123.tmp";
        for (Path folder : List.of(
                run,
                run.resolve(".audit"),
                run.resolve("logs"),
                run.resolve("result"),
                workspace,
                workspace.resolve(".codex"))) {
            Files.writeString(folder.resolve(left), "half");
        }
        Files.writeString(run.resolve(".audit/exit.1.json.tmp"), "{}");
        Files.writeString(run.resolve(".audit/process.1.json.tmp"), "{}");
        Files.writeString(run.resolve(".audit/exit.2.json.tmp"), "{}");
        Files.writeString(workspace.resolve("artifacts").resolve(left), "an agent's own");

        directories.writeSettings(RUN, Map.of(".codex/config.toml", ""));
        directories.openAttempt(TestRuns.attempt(1), "do it");
        directories.closeAttempt(ended());
        directories.writeStatus(queuedRun(), 1);

        try (Stream<Path> all = Files.walk(run)) {
            assertThat(all.filter(path -> path.toString().endsWith(".tmp") && Files.isRegularFile(path)))
                    .containsExactlyInAnyOrder(
                            run.resolve(".audit/exit.2.json.tmp"),
                            workspace.resolve("artifacts").resolve(left));
        }
    }

    @Test
    void a_link_in_the_place_of_the_result_is_no_result() throws Exception {
        Path secret = Files.writeString(data.resolve("secret"), "{}");
        Files.createDirectories(run.resolve("result"));
        Files.createSymbolicLink(run.resolve("result/result.json"), secret);

        assertThat(directories.storedResult(RUN)).isEmpty();
    }

    @Test
    void a_result_is_neither_read_nor_written_through_a_link_in_the_place_of_its_folder(@TempDir Path outside)
            throws Exception {
        Files.writeString(outside.resolve("result.json"), "{\"status\": \"success\", \"data\": \"outside\"}");
        Files.createDirectories(run);
        Files.createSymbolicLink(run.resolve("result"), outside);

        assertThat(directories.storedResult(RUN)).isEmpty();
        directories.writeResult(RUN, failed());

        assertThat(outside.resolve("result.json")).content().contains("outside");
        assertThat(parsed(directories.storedResult(RUN))).containsEntry("status", "failed");

        FileTrees.remove(run.resolve("result"));
        assertThat(new ProcessBuilder("mkfifo", run.resolve("result").toString())
                        .start()
                        .waitFor())
                .isZero();
        directories.writeResult(RUN, failed());
        assertThat(parsed(directories.storedResult(RUN))).containsEntry("status", "failed");
    }

    @Test
    void a_folder_in_the_place_of_the_result_or_the_status_is_replaced() throws Exception {
        Files.createDirectories(run.resolve("result/result.json/inside"));
        Files.createDirectories(run.resolve("status.json/inside"));

        directories.writeResult(RUN, failed());
        directories.writeStatus(queuedRun(), 1200);

        assertThat(parsed(directories.storedResult(RUN))).containsEntry("status", "failed");
        assertThat(read("status.json")).containsEntry("status", "queued");
    }

    private Map<String, Object> parsed(Optional<StoredBytes> result) throws IOException {
        try (InputStream in = result.orElseThrow().open(0)) {
            return json.parseObject(new String(in.readAllBytes(), StandardCharsets.UTF_8))
                    .orElseThrow();
        }
    }

    @Test
    void the_result_of_a_run_that_waits_holds_its_question() throws Exception {
        directories.writeResult(
                RUN,
                new RunResult(
                        "waiting_user",
                        Optional.empty(),
                        List.of(),
                        RepairLevel.NONE,
                        List.of(),
                        Optional.empty(),
                        Optional.of(Interaction.asked(2, 2, Question.openText("Which?"), NOW, Optional.empty())),
                        Optional.empty(),
                        Optional.empty()));

        Map<String, Object> result = parsed(directories.storedResult(RUN));
        assertThat(result).containsEntry("status", "waiting_user").containsEntry("data", null);
        assertThat(result.get("pending_interaction"))
                .asInstanceOf(InstanceOfAssertFactories.MAP)
                .containsEntry("interaction_id", 2)
                .containsEntry("prompt", "Which?");
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
                new Completion(
                        Completion.State.COMPLETED,
                        "DONE_SIGNAL_FOUND",
                        List.of(DiagnosticCode.MULTIPLE_DONE_MARKERS_IGNORED)),
                new DoneMarkers(
                        2,
                        true,
                        Optional.of(new DoneMarkers.Place(
                                "m_1_2", Optional.of(new OutputRange(OutputStreamKind.STDOUT, 10, 90))))),
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
