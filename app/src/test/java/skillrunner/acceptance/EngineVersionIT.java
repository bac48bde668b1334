package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** A CLI of a major version that its driver does not know. */
class EngineVersionIT {
    private static final String KNOWN = "1.18.33";

    @TempDir
    private Path folder;

    @Test
    void it_is_shown_with_a_warning_and_refused_until_it_is_replaced() throws Exception {
        EngineHome home = new EngineHome(folder);
        TestSkill.install(folder);
        installed(home, "2.0.1");
        try (RunningServer server = home.start(Map.of("SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1"))) {
            ApiClient api = server.client();
            // Begun to be asked before the port was open; whoever lists the engines waits for the answer.
            JsonNode engine = shown(api);
            assertThat(engine.get("cli_version").stringValue()).isEqualTo("2.0.1");
            assertThat(engine.get("cli_version_supported").booleanValue()).isFalse();
            assertThat(api.get("/ui/engines?table=now").body())
                    .contains("id=\"version-warning-opencode\"", "SKILL_RUNNER_NPM_PACKAGE_OPENCODE")
                    .doesNotContain("version-warning-codex");
            ApiClient.Answer refused = api.post("/v1/jobs", job("answer {\"status\": \"fine\"}"));
            assertThat(refused.status()).as(refused.body()).isEqualTo(409);
            assertThat(refused.json().get("code").stringValue()).isEqualTo("ENGINE_VERSION_UNSUPPORTED");
            assertThat(refused.json().get("detail").stringValue())
                    .contains("2.0.1", "0, 1", "/ui/engines", "SKILL_RUNNER_NPM_PACKAGE_OPENCODE");
            Command.Ended doctor = Command.run(home.environment(Map.of()), "doctor");
            assertThat(doctor.out()).containsPattern("engine opencode +warning +2\\.0\\.1, .*refused for jobs");

            installed(home, KNOWN);
            assertThat(status(api.awaitEnd(api.create(job("answer {\"status\": \"fine\"}")))))
                    .isEqualTo("succeeded");
            assertThat(shown(api).get("cli_version_supported").booleanValue()).isTrue();

            Path go = folder.resolve("go");
            String first = api.create(job("wait " + go, "answer {\"status\": \"fine\"}"));
            api.awaitStatus(first, Set.of("running"));
            String queued = api.create(job("answer {\"status\": \"fine\"}"));
            // The first one's program must have been started before another one lies in its place.
            await().until(() -> !api.stdout(first).isEmpty());
            installed(home, "2.0.2");
            assertThat(shown(api).get("cli_version").stringValue()).isEqualTo("2.0.2");
            Files.createFile(go);
            assertThat(status(api.awaitEnd(first))).isEqualTo("succeeded");
            JsonNode ended = api.awaitEnd(queued);
            assertThat(status(ended)).isEqualTo("failed");
            assertThat(ended.get("error").get("code").stringValue()).isEqualTo("ENGINE_VERSION_UNSUPPORTED");
        }
    }

    private static String status(JsonNode job) {
        return job.get("status").stringValue();
    }

    private static Map<String, Object> job(String... directives) {
        return TestSkill.job(OPENCODE, Map.of("no_cache", true), directives);
    }

    private static JsonNode shown(ApiClient api) {
        return api.get("/v1/management/engines/opencode").json();
    }

    /** In one step and as another file, as npm does it: who runs it goes on with what it has. */
    private static void installed(EngineHome home, String version) throws IOException {
        Path scripted = ScriptedCli.install(home.root().resolve("scripted"), OPENCODE);
        Path fresh =
                Files.createTempFile(Files.createDirectories(home.npmPrefix().resolve("bin")), "fresh", "");
        Files.writeString(
                fresh, Files.readString(scripted).replace("version='" + KNOWN + "'", "version='" + version + "'"));
        Files.setPosixFilePermissions(fresh, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.move(fresh, home.npmPrefix().resolve("bin/opencode"), StandardCopyOption.ATOMIC_MOVE);
    }
}
