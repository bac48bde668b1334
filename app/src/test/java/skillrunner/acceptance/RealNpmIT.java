package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** The real npm installs the real CLIs, and these are asked for their models. Nobody has to be signed in. */
class RealNpmIT {
    private static final String OLD_CODEX = "0.166.0";

    @TempDir
    private Path home;

    @Test
    void real_clis_are_installed_upgraded_asked_for_their_models_and_gone_back_from() throws Exception {
        assertNpm();
        Command.Ended old = Command.run(
                EngineHome.agentManagerScript(),
                RunningServer.environment(home, Map.of("SKILL_RUNNER_NPM_PACKAGE_CODEX", "@openai/codex@" + OLD_CODEX)),
                "--upgrade-engine",
                "codex");
        assertThat(old.code()).as(old.all()).isZero();
        // At its first call opencode fetches a plugin, which takes its time on a busy machine.
        try (RunningServer server = RunningServer.start(home, Map.of("OPENCODE_MODELS_PROBE_TIMEOUT_SEC", "100"))) {
            ApiClient api = server.client();
            Upgrades upgrades = new Upgrades(api);
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo(OLD_CODEX);

            JsonNode codex = upgrades.run(CODEX);
            assertThat(codex.get("status").stringValue()).as(codex.toString()).isEqualTo("succeeded");
            String version = upgrades.shownVersion(CODEX);
            assertThat(version)
                    .matches("\\d+\\.\\d+\\.\\d+")
                    .isNotEqualTo(OLD_CODEX)
                    .isEqualTo(Upgrades.result(codex, CODEX).get("version").stringValue());
            assertThat(Upgrades.result(codex, CODEX).get("stdout").stringValue())
                    .contains("package");
            itsModelsBecomeASnapshot(api, version);

            JsonNode opencode = upgrades.run(OPENCODE);
            assertThat(opencode.get("status").stringValue())
                    .as(opencode.toString())
                    .isEqualTo("succeeded");
            assertThat(upgrades.shownVersion(OPENCODE)).matches("\\d+\\.\\d+\\.\\d+");
            itsModelsAreLive(api);

            JsonNode iflow = upgrades.run(IFLOW);
            assertThat(iflow.get("status").stringValue()).isEqualTo("failed");
            assertThat(Upgrades.result(iflow, IFLOW).get("stderr").stringValue())
                    .contains("npm error");
            assertThat(Upgrades.error(iflow, IFLOW)).isEqualTo("Upgrade command exited with code 1");

            assertThat(upgrades.run(CODEX).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo(version);
            assertThat(saysItsVersion()).contains(version);

            assertThat(api.post("/v1/engines/codex/rollback").status()).isEqualTo(200);
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo(OLD_CODEX);
            assertThat(saysItsVersion()).contains(OLD_CODEX);
        }
    }

    private static void itsModelsBecomeASnapshot(ApiClient api, String version) {
        ApiClient.Answer suggested = api.get("/v1/engines/codex/models/suggestion");
        assertThat(suggested.status()).as(suggested.body()).isEqualTo(200);
        JsonNode rows = suggested.json().get("models");
        assertThat(rows).isNotEmpty();
        ApiClient.Answer added = api.post("/v1/engines/codex/models/snapshots", Map.of("models", rows));
        assertThat(added.status()).as(added.body()).isEqualTo(200);
        assertThat(added.json().get("resolved_snapshot_version").stringValue()).isEqualTo(version);
        JsonNode listed = api.get("/v1/engines/codex/models").json();
        assertThat(listed.get("snapshot_version_used").stringValue()).isEqualTo(version);
        assertThat(listed.get("models")).isEqualTo(rows);
        assertThat(listed.get("fallback_reason").isNull()).isTrue();
    }

    private static void itsModelsAreLive(ApiClient api) {
        JsonNode manifest = await("opencode's models")
                .atMost(Duration.ofMinutes(2))
                .pollInterval(Duration.ofMillis(100))
                .until(() -> api.get("/v1/engines/opencode/models/manifest").json(), found -> found.get("manifest")
                        .get("status")
                        .stringValue()
                        .equals("ready"));
        assertThat(manifest.get("fallback_reason").isNull()).isTrue();
        assertThat(manifest.get("models")).isNotEmpty();
        for (JsonNode model : manifest.get("models")) {
            assertThat(model.get("id").stringValue())
                    .isEqualTo(model.get("provider").stringValue() + "/"
                            + model.get("model").stringValue());
        }
    }

    private String saysItsVersion() throws IOException, InterruptedException {
        Process process = new ProcessBuilder(home.resolve("cache/npm/bin/codex").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
        return said;
    }

    private static void assertNpm() throws InterruptedException {
        try {
            Process npm = new ProcessBuilder(List.of("npm", "--version"))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            assertThat(npm.waitFor()).as("npm --version").isZero();
        } catch (IOException e) {
            throw new AssertionError("npm was not found; this test needs Node.js with npm and its registry", e);
        }
    }
}
