package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A data directory on a small disk of its own, in a mount namespace that ends with the server. */
class DiskFullIT {
    @TempDir
    private Path home;

    @Test
    void a_run_that_fills_the_disk_fails_and_the_server_goes_on() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home.resolve("outside"));
        Path skills = home.resolve("outside/data/skills");
        List<String> smallDisk = MountNamespace.after("mount -t tmpfs -o size=24m tmpfs '" + disk + "'");
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_DATA_DIR", disk.resolve("data").toString(), "SKILL_RUNNER_SKILLS_DIR", skills.toString());
        try (RunningServer server = RunningServer.start(home, settings, smallDisk)) {
            ApiClient api = server.client();
            JsonNode before = api.awaitEnd(api.create(TestSkill.job("answer {\"status\": \"ok\"}")));
            assertThat(before.get("status").stringValue()).isEqualTo("succeeded");
            String request = api.create(TestSkill.job("lines 400000 100", "hang"));
            JsonNode full = api.awaitEnd(request);
            assertThat(full.get("status").stringValue()).isEqualTo("failed");
            assertThat(full.get("error").get("code").stringValue()).isEqualTo("STORAGE_FULL");
            assertThat(Processes.of(full.get("run_id").stringValue())).isEmpty();
            assertThat(api.result(request).get("status").stringValue()).isEqualTo("failed");
            assertThat(api.get("/healthz").status()).isEqualTo(200);
            assertThat(api.status(before.get("request_id").stringValue())
                            .get("status")
                            .stringValue())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void a_run_that_uses_up_the_inodes_fails_and_the_server_goes_on() throws Exception {
        Path disk = Files.createDirectories(home.resolve("disk"));
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        TestSkill.install(home.resolve("outside"));
        Path skills = home.resolve("outside/data/skills");
        List<String> fewInodes = MountNamespace.after("mount -t tmpfs -o size=64m,nr_inodes=600 tmpfs '" + disk + "'");
        Map<String, String> settings = Map.of(
                "SKILL_RUNNER_DATA_DIR", disk.resolve("data").toString(), "SKILL_RUNNER_SKILLS_DIR", skills.toString());
        try (RunningServer server = RunningServer.start(home, settings, fewInodes)) {
            ApiClient api = server.client();
            String request = api.create(TestSkill.job("sh i=0; while echo x > f$i; do i=$((i+1)); done", "hang"));
            JsonNode full = api.awaitEnd(request);
            assertThat(full.get("status").stringValue()).isEqualTo("failed");
            assertThat(full.get("error").get("code").stringValue()).isEqualTo("STORAGE_FULL");
            assertThat(Processes.of(full.get("run_id").stringValue())).isEmpty();
            assertThat(api.result(request).get("status").stringValue()).isEqualTo("failed");
            assertThat(api.get("/healthz").status()).isEqualTo(200);
        }
    }
}
