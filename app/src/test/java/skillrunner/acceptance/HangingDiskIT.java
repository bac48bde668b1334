package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import skillrunner.testkit.hostile.HangingFolder;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

/** File systems that stop to answer, as those of a network do. It takes root and FUSE to make one. */
@Timeout(value = 300, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class HangingDiskIT {
    @TempDir
    private Path home;

    @Test
    void a_skill_and_an_agents_mount_that_never_answer_hold_up_no_request_and_no_run() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home);
        Path share = Files.createDirectory(home.resolve("share"));
        Files.createSymbolicLink(home.resolve("data/skills/linked"), share.resolve("linked"));
        Path mounted = Files.createDirectory(home.resolve("mounted"));
        try (RunningServer server = RunningServer.start(home, Map.of());
                HangingFolder hanging = hang(share);
                HangingFolder other = hang(mounted)) {
            assertThat(hanging).isNotSameAs(other);
            ApiClient api = server.client();

            assertThat(api.get("/v1/skills").body()).contains(TestSkill.ID);
            JsonNode linked = api.get("/v1/management/skills/linked").json();
            assertThat(linked.get("health").stringValue()).isEqualTo("degraded");
            assertThat(linked.toString()).contains("does not answer");
            JsonNode ended = api.awaitEnd(api.create(TestSkill.job(
                    "sh ln -s '" + mounted + "' artifacts/link", "artifact a.txt x", "answer {\"status\": \"ok\"}")));
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
            assertThat(api.get("/v1/jobs/" + ended.get("request_id").stringValue() + "/artifacts")
                            .json()
                            .get("artifacts")
                            .toString())
                    .isEqualTo("[\"artifacts/a.txt\"]");
            assertThat(api.get("/readyz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_start_on_a_folder_that_never_answers_is_refused_with_its_name() throws Exception {
        Path models = Files.createDirectory(home.resolve("models"));
        try (HangingFolder hanging = hang(models)) {
            assertThat(hanging).isNotNull();
            Command.Ended ended = Command.run(
                    RunningServer.environment(home, Map.of("SKILL_RUNNER_MODELS_DIR", models.toString())), "serve");

            assertThat(ended.code()).as(ended.err()).isNotZero();
            assertThat(ended.err()).contains(models.toString()).contains("does not answer");
        }
    }

    private static HangingFolder hang(Path folder) throws IOException {
        Optional<HangingFolder> mounted = HangingFolder.mount(folder);
        assumeThat(mounted).as("it takes root and FUSE").isPresent();
        return mounted.get();
    }
}
