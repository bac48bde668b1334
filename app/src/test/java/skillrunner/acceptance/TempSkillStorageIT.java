package skillrunner.acceptance;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A disk that is too small for a temporary skill. */
class TempSkillStorageIT {
    @TempDir
    private Path home;

    @Test
    void a_full_disk_is_no_fault_of_the_package_and_is_full_no_more_afterwards() throws Exception {
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Path disk = Files.createDirectories(home.resolve("data/temp_skill_runs"));
        try (RunningServer server = RunningServer.start(
                home, Map.of(), MountNamespace.after("mount -t tmpfs -o size=4m tmpfs '" + disk + "'"))) {
            ApiClient api = server.client().ofTemporarySkills();
            String request = api.create(TestSkill.request(Map.of(), "answer {\"status\": \"fine\"}"));

            for (int i = 0; i < 2; i++) {
                ApiClient.Answer full = api.uploadSkill(
                        request,
                        TestSkill.sent("large")
                                .file("data", TestPackage.noise(3 << 20))
                                .zip());

                assertThat(full.status()).as(full.body()).isEqualTo(500);
                assertThat(full.json().get("code").stringValue()).isEqualTo("STORAGE_FULL");
                JsonNode waiting = api.status(request);
                assertThat(waiting.get("status").stringValue())
                        .as(waiting.toString())
                        .isEqualTo("queued");
            }

            ApiClient.Answer small = api.uploadSkill(
                    request,
                    TestSkill.sent("small")
                            .file("data", TestPackage.noise(1 << 20))
                            .zip());
            assertThat(small.status()).as(small.body()).isEqualTo(200);
            JsonNode ended = api.awaitEnd(request);
            assertThat(ended.get("status").stringValue()).as(ended.toString()).isEqualTo("succeeded");
        }
    }
}
