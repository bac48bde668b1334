package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** What an operator settles about upgrades: the time they may take, the engines they reach, the packages and the prefix. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class UpgradeSettingsIT {
    private EngineHome home;
    private RunningServer server;
    private ApiClient api;
    private Upgrades upgrades;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        server = home.start(Map.of(
                "SKILL_RUNNER_ENGINE_UPGRADE_TIMEOUT_SEC", "3",
                "SKILL_RUNNER_ENGINES", "codex,gemini",
                "SKILL_RUNNER_NPM_PACKAGE_GEMINI", "@mirror/gemini-cli@0.61.0",
                "npm_config_prefix", folder.resolve("elsewhere").toString(),
                "UI_BASIC_AUTH_PASSWORD", "secret-of-the-server"));
        api = server.client();
        upgrades = new Upgrades(api);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void npm_that_takes_too_long_is_ended_with_everything_it_started() throws Exception {
        home.npm()
                .first(
                        CODEX,
                        """
                        echo fetching
                        sleep 1000 & echo $! >"$control/child.pid"
                        setsid sh -c 'echo $$ >"$1.tmp"; mv "$1.tmp" "$1"; exec sleep 1000' sh "$control/session.pid" &
                        echo $$ >"$control/npm.pid"
                        wait
                        """);
        JsonNode ended = upgrades.run(CODEX);
        assertThat(ended.get("status").stringValue()).isEqualTo("failed");
        assertThat(Upgrades.error(ended, CODEX)).contains("timed out").contains("3 seconds");
        assertThat(Upgrades.result(ended, CODEX).get("stdout").stringValue()).isEqualTo("fetching\n");
        for (String name : List.of("child", "session", "npm")) {
            long pid = Long.parseLong(Files.readString(home.npm().control().resolve(name + ".pid"))
                    .strip());
            await(name).until(() -> !Processes.alive(pid));
        }
        home.npm().first(CODEX, ":");
        assertThat(upgrades.run(CODEX).get("status").stringValue()).isEqualTo("succeeded");
    }

    @Test
    void an_engine_left_out_of_the_server_is_skipped_and_refused_alone() {
        JsonNode ended = upgrades.runAll();
        assertThat(ended.get("status").stringValue()).isEqualTo("succeeded");
        for (EngineId used : List.of(CODEX, GEMINI)) {
            assertThat(Upgrades.status(ended, used)).as(used.wire()).isEqualTo("succeeded");
        }
        for (EngineId leftOut : List.of(IFLOW, OPENCODE)) {
            assertThat(Upgrades.status(ended, leftOut)).as(leftOut.wire()).isEqualTo("skipped");
            assertThat(Upgrades.error(ended, leftOut)).contains("SKILL_RUNNER_ENGINES");
            assertThat(home.npm().calls()).doesNotContain("start " + leftOut);
        }
        ApiClient.Answer alone = upgrades.post("{\"mode\": \"single\", \"engine\": \"iflow\"}");
        assertThat(alone.status()).isEqualTo(400);
        assertThat(alone.json().get("code").stringValue()).isEqualTo("ENGINE_NOT_IN_USE");
    }

    @Test
    void npm_installs_the_package_that_is_named_into_the_managed_prefix_and_sees_no_secret() {
        upgrades.run(GEMINI);
        assertThat(home.npm().lastCall().lines()).contains("@mirror/gemini-cli@0.61.0");
        assertThat(home.npm().lastCall()).doesNotContain("secret-of-the-server").doesNotContain("elsewhere");
        assertThat(home.npmPrefix().resolve("bin/gemini")).isExecutable();
        assertThat(home.root().resolve("elsewhere")).doesNotExist();
    }
}
