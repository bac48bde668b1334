package skillrunner.client;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.client.model.InstallStatus;
import skillrunner.client.model.JobRequest;
import skillrunner.client.model.RunStatus;
import skillrunner.client.model.TempRunRequest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What takes files and several calls is done once, also if answers get lost. */
class SubmitTest {
    private static final String CREATED =
            "{\"request_id\":\"r\",\"cache_hit\":false,\"status\":null,\"warnings\":[\"W\"]}";
    private static final String QUEUED =
            "{\"request_id\":\"r\",\"cache_hit\":false,\"status\":\"queued\",\"warnings\":[]}";
    private static final String UPLOADED =
            "{\"request_id\":\"r\",\"cache_hit\":false,\"extracted_files\":[],\"status\":\"queued\",\"warnings\":[]}";

    @TempDir
    private Path folder;

    private ScriptedServer server;
    private SkillRunnerClient client;

    @BeforeEach
    void start() throws IOException {
        server = new ScriptedServer();
        client = SkillRunnerClient.of(server.address())
                .retryFor(Duration.ofSeconds(20))
                .build();
    }

    @AfterEach
    void stop() throws IOException {
        server.close();
    }

    @Test
    void a_job_without_files_is_one_call() throws Exception {
        server.json("/v1/jobs", QUEUED);
        Submission submission = client.submit(JobRequest.of("demo").withParameter(Map.of("limit", 3)), Map.of());
        assertThat(submission).isEqualTo(new Submission("r", false, RunStatus.QUEUED, List.of()));
        assertThat(server.requests().get(0).text()).isEqualTo("{\"skill_id\":\"demo\",\"parameter\":{\"limit\":3}}");
    }

    @Test
    void a_lost_answer_is_asked_for_again_under_the_same_key() throws Exception {
        Path numbers = Files.writeString(folder.resolve("n.txt"), "1 2 3");
        server.on("/v1/jobs", ScriptedServer.cut())
                .on("/v1/jobs", ScriptedServer.problem(503, "SERVER_BUSY"))
                .json("/v1/jobs", CREATED)
                .on("/v1/jobs/r/upload", ScriptedServer.cut())
                .json("/v1/jobs/r/upload", UPLOADED);
        assertThat(client.submit(JobRequest.of("demo"), Map.of("numbers", numbers))
                        .status())
                .isEqualTo(RunStatus.QUEUED);
        assertThat(server.targets())
                .containsExactly("/v1/jobs", "/v1/jobs", "/v1/jobs", "/v1/jobs/r/upload", "/v1/jobs/r/upload");
        assertThat(server.requests().subList(0, 3).stream()
                        .map(one -> one.headers().get("idempotency-key")))
                .doesNotContainNull()
                .containsOnly(server.requests().get(0).headers().get("idempotency-key"));
        assertThat(server.requests().get(0).text()).contains("\"await_upload\":true");
        assertThat(zip(server.requests().get(4))).containsExactly("numbers=1 2 3");
    }

    @Test
    void an_upload_that_came_although_its_answer_was_lost_is_a_success() throws Exception {
        Path numbers = Files.writeString(folder.resolve("n.txt"), "1");
        server.json("/v1/jobs", CREATED)
                .on("/v1/jobs/r/upload", ScriptedServer.cut())
                .on("/v1/jobs/r/upload", ScriptedServer.problem(400, "RUN_ALREADY_STARTED"))
                .json(
                        "/v1/jobs/r",
                        """
                        {"request_id": "r", "run_id": "x", "status": "running", "skill_id": "demo", "engine": "codex",
                         "created_at": "2026-11-22T08:30:00.123456Z", "updated_at": "2026-11-22T08:30:00.123456Z", "warnings": [], "error": null,
                         "auto_decision_count": 0, "last_auto_decision_at": null, "pending_interaction_id": null, "interaction_count": 0,
                         "recovery_state": "none", "recovered_at": null, "recovery_reason": null, "receipt": null, "stall": null}
                        """);
        assertThat(client.submit(JobRequest.of("demo"), Map.of("numbers", numbers))
                        .status())
                .isEqualTo(RunStatus.RUNNING);
    }

    @Test
    void a_run_that_had_started_before_is_not_taken_for_ours() throws Exception {
        Path numbers = Files.writeString(folder.resolve("n.txt"), "1");
        server.json("/v1/jobs", CREATED).on("/v1/jobs/r/upload", ScriptedServer.problem(400, "RUN_ALREADY_STARTED"));
        assertThatThrownBy(() -> client.submit(JobRequest.of("demo"), Map.of("numbers", numbers)))
                .isInstanceOf(ProblemException.class);
    }

    @Test
    void a_refusal_is_not_tried_again() {
        server.on("/v1/jobs", ScriptedServer.problem(400, "REQUEST_INVALID"));
        assertThatThrownBy(() -> client.submit(JobRequest.of("demo"), Map.of())).isInstanceOf(ProblemException.class);
        assertThat(server.requests()).hasSize(1);
    }

    @Test
    void what_cannot_be_sent_is_named_at_once_and_the_server_is_asked_for_nothing() throws Exception {
        Path folderAsFile = Files.createDirectories(folder.resolve("folder"));
        for (Path wrong : List.of(folder.resolve("none"), folderAsFile, Path.of("/dev/null"))) {
            assertThatThrownBy(() -> client.submit(JobRequest.of("demo"), Map.of("numbers", wrong)))
                    .isInstanceOf(LocalFileException.class)
                    .hasMessageContaining(wrong.toString());
            assertThatThrownBy(() -> client.submitTemporary(TempRunRequest.of(), skill(), Map.of("numbers", wrong)))
                    .isInstanceOf(LocalFileException.class)
                    .hasMessageContaining(wrong.toString());
        }
        assertThatThrownBy(() -> client.submitTemporary(TempRunRequest.of(), folder.resolve("none.zip"), Map.of()))
                .isInstanceOf(LocalFileException.class)
                .hasMessageContaining("none.zip");
        assertThatThrownBy(() -> client.install(Path.of("/dev/null"), false)).isInstanceOf(LocalFileException.class);
        assertThat(server.requests()).isEmpty();
    }

    @Test
    void a_skill_in_a_folder_is_packed_with_its_programs_and_without_its_history() throws Exception {
        Path skill = skill();
        server.json("/v1/temp-skill-runs", "{\"request_id\":\"r\",\"status\":\"queued\",\"warnings\":[]}")
                .json("/v1/temp-skill-runs/r/upload", UPLOADED);
        client.submitTemporary(TempRunRequest.of(), skill, Map.of());
        assertThat(server.requests().get(1).bytes())
                .contains("name=\"skill_package\"")
                .doesNotContain("name=\"file\"");
        assertThat(zip(server.requests().get(1)))
                .contains("demo/SKILL.md=# demo", "demo/scripts/run.sh=exit 0")
                .noneMatch(entry -> entry.contains(".git"));
    }

    @Test
    void an_installation_is_waited_for() throws Exception {
        String install = "{\"request_id\":\"i\",\"status\":\"%s\",\"created_at\":\"2026-11-22T08:30:00.123456Z\","
                + "\"updated_at\":\"2026-11-22T08:30:00.123456Z\",\"skill_id\":\"demo\",\"version\":null,\"action\":null,\"error\":null}";
        server.json("/v1/skill-packages/install", "{\"request_id\":\"i\",\"status\":\"queued\"}")
                .json("/v1/skill-packages/i", install.formatted("running"))
                .on("/v1/skill-packages/i", ScriptedServer.cut())
                .json("/v1/skill-packages/i", install.formatted("succeeded"));
        assertThat(client.install(skill(), true).status()).isEqualTo(InstallStatus.SUCCEEDED);
        assertThat(server.targets().get(0)).isEqualTo("/v1/skill-packages/install?adopt=true");
    }

    @Test
    void a_link_in_a_folder_is_not_packed() throws Exception {
        Path skill = skill();
        Files.createSymbolicLink(skill.resolve("passwd"), Path.of("/etc/passwd"));
        assertThatThrownBy(() -> client.install(skill, false))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("passwd");
        assertThat(server.requests()).isEmpty();
    }

    private Path skill() throws IOException {
        Path skill = Files.createDirectories(folder.resolve("demo"));
        Files.writeString(skill.resolve("SKILL.md"), "# demo");
        Files.writeString(Files.createDirectories(skill.resolve("scripts")).resolve("run.sh"), "exit 0")
                .toFile()
                .setExecutable(true);
        Files.writeString(Files.createDirectories(skill.resolve(".git")).resolve("config"), "x");
        return skill;
    }

    private static List<String> zip(ScriptedServer.Request request) throws IOException {
        String text = request.bytes();
        byte[] archive = text.substring(text.indexOf("PK")).getBytes(StandardCharsets.ISO_8859_1);
        List<String> entries = new ArrayList<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(archive))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory()) {
                    entries.add(entry.getName() + "=" + new String(in.readAllBytes(), StandardCharsets.UTF_8));
                }
            }
        }
        return Objects.requireNonNull(entries);
    }
}
