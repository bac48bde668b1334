package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Temporary runs in every state while the server is killed. */
@Tag("chance")
class TempSkillKillIT {
    private static final String ANSWER = "answer {\"status\": \"fine\"}";
    private static final Map<String, String> ONE_SLOT = Map.of("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1");

    @TempDir
    private Path home;

    @Test
    void every_request_goes_on_where_it_was_when_the_server_was_killed() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        String created;
        String rejected;
        String working;
        String waiting;
        try (RunningServer server = RunningServer.start(home, ONE_SLOT)) {
            ApiClient api = server.client().ofTemporarySkills();
            created = api.create(TestSkill.request(Map.of(), ANSWER));
            rejected = api.create(TestSkill.request(Map.of(), ANSWER));
            assertThat(api.uploadSkill(rejected, new byte[] {1}).status()).isEqualTo(400);
            working = api.create(TestSkill.request(Map.of(), "say begun", "wait go", ANSWER));
            assertThat(api.uploadSkill(working, TestSkill.sent("working").zip()).status())
                    .isEqualTo(200);
            await().until(() -> api.stdout(working).contains("begun"));
            waiting = api.create(TestSkill.request(Map.of(), ANSWER));
            assertThat(api.uploadSkill(waiting, TestSkill.sent("waiting").zip()).status())
                    .isEqualTo(200);
            server.kill();
        }
        // As an upload leaves it that was cut off while the package was unpacked.
        Path half =
                home.resolve("data/temp_skill_runs/requests").resolve(created).resolve("unpacked/half");
        Files.createDirectories(half);
        Files.writeString(half.resolve("SKILL.md"), "half of it");

        try (RunningServer server = RunningServer.start(home, ONE_SLOT)) {
            ApiClient api = server.client().ofTemporarySkills();
            assertThat(half).doesNotExist();
            assertThat(api.status(created).get("status").stringValue()).isEqualTo("queued");
            assertThat(api.status(rejected).get("error").get("code").stringValue())
                    .isEqualTo("ARCHIVE_INVALID");
            assertThat(staged(working)).isDirectory();
            assertThat(staged(waiting)).isDirectory();
            JsonNode picked = api.awaitStatus(working, Set.of("running"));
            assertThat(picked.get("recovery_reason").stringValue()).isEqualTo("process_reattached");
            Files.writeString(
                    home.resolve("data/runs")
                            .resolve(picked.get("run_id").stringValue())
                            .resolve("workspace/go"),
                    "");
            assertSucceeds(api, working);
            assertSucceeds(api, waiting);
            for (String request : new String[] {created, rejected}) {
                assertThat(api.uploadSkill(request, TestSkill.sent("late").zip())
                                .status())
                        .isEqualTo(200);
                assertSucceeds(api, request);
            }
            assertThat(home.resolve("data/temp_skill_runs/staged")).isEmptyDirectory();
            assertThat(home.resolve("data/temp_skill_runs/requests")).isEmptyDirectory();
        }
    }

    @Test
    void a_start_removes_what_ended_runs_left_but_for_what_was_kept_on_purpose_and_is_not_old() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        String kept;
        String stuck;
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            ApiClient api = server.client().ofTemporarySkills();
            kept = ended(api, Map.of("debug_keep_temp", true));
            stuck = ended(api, Map.of());
            server.kill();
        }
        // As a kill leaves it just before the package is removed.
        Files.createDirectories(staged(stuck).resolve("demo"));

        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.client().get("/readyz").status()).isEqualTo(200);
            assertThat(staged(stuck)).doesNotExist();
            assertThat(staged(kept)).isDirectory();
        }
        try (RunningServer server = RunningServer.start(home, Map.of("TEMP_SKILL_ORPHAN_RETENTION_HOURS", "0"))) {
            ApiClient api = server.client().ofTemporarySkills();
            assertThat(staged(kept)).doesNotExist();
            assertThat(api.result(kept).get("status").stringValue()).isEqualTo("success");
        }
    }

    private static String ended(ApiClient api, Map<String, Object> options) throws IOException {
        String request = api.create(TestSkill.request(options, ANSWER));
        assertThat(api.uploadSkill(request, TestSkill.sent("demo").zip()).status())
                .isEqualTo(200);
        assertSucceeds(api, request);
        return request;
    }

    private static void assertSucceeds(ApiClient api, String request) {
        JsonNode ended = api.awaitEnd(request);
        assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
    }

    private Path staged(String request) {
        return home.resolve("data/temp_skill_runs/staged").resolve(request);
    }
}
