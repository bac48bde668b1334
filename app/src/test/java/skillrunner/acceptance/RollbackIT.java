package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;

/** Versions side by side: the way back, and jobs that keep the version they were started with. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RollbackIT {
    private EngineHome home;
    private RunningServer server;
    private ApiClient api;
    private Upgrades upgrades;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        TestSkill.install(folder);
        server = home.start();
        api = server.client();
        upgrades = new Upgrades(api);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void the_version_before_an_upgrade_can_be_gone_back_to_once() {
        for (String version : List.of("0.60.0", "0.61.0")) {
            home.npm().publishes(GEMINI, version);
            upgrades.run(GEMINI);
        }
        assertThat(upgrades.shownVersion(GEMINI)).isEqualTo("0.61.0");
        JsonNode before = api.get("/v1/management/engines/gemini").json();
        assertThat(before.get("previous_version").stringValue()).isEqualTo("0.60.0");

        ApiClient.Answer back = api.post("/v1/engines/gemini/rollback");
        assertThat(back.status()).as(back.body()).isEqualTo(200);
        assertThat(back.json().get("cli_version").stringValue()).isEqualTo("0.60.0");
        assertThat(upgrades.shownVersion(GEMINI)).isEqualTo("0.60.0");

        ApiClient.Answer again = api.post("/v1/engines/gemini/rollback");
        assertThat(again.status()).isEqualTo(409);
        assertThat(again.json().get("code").stringValue()).isEqualTo("NO_EARLIER_VERSION");
        assertThat(upgrades.shownVersion(GEMINI)).isEqualTo("0.60.0");
    }

    @Test
    void without_an_earlier_version_nothing_is_gone_back_to() {
        for (int installed = 0; installed < 2; installed++) {
            ApiClient.Answer answer = api.post("/v1/engines/iflow/rollback");
            assertThat(answer.status()).isEqualTo(409);
            assertThat(answer.json().get("code").stringValue()).isEqualTo("NO_EARLIER_VERSION");
            upgrades.run(IFLOW);
        }
        assertThat(api.post("/v1/engines/claude/rollback").status()).isEqualTo(404);
    }

    @Test
    void while_an_upgrade_is_at_work_nothing_is_gone_back_to() throws Exception {
        home.npm().first(IFLOW, UpgradeIT.HELD);
        String task = upgrades.begin(IFLOW);
        upgrades.awaitAtWork(task, IFLOW);
        ApiClient.Answer answer = api.post("/v1/engines/codex/rollback");
        assertThat(answer.status()).isEqualTo(409);
        assertThat(answer.json().get("code").stringValue()).isEqualTo("UPGRADE_BUSY");
        Files.writeString(home.npm().control().resolve("go"), "");
        assertThat(upgrades.awaitEnd(task).get("status").stringValue()).isEqualTo("succeeded");
        home.npm().first(IFLOW, ":");
    }

    @Test
    void a_running_job_keeps_its_version_over_upgrades_and_the_next_job_has_the_new_one() throws Exception {
        publish("0.89.0");
        upgrades.run(CODEX);
        Path go = home.root().resolve("go");
        String old =
                api.create(TestSkill.job("say {\"status\":\"waiting\"}", "wait " + go, "say {\"status\":\"done\"}"));
        await().until(() -> api.stdout(old).contains("waiting"));

        for (String version : List.of("0.90.0", "0.91.0", "0.92.0")) {
            publish(version);
            assertThat(upgrades.run(CODEX).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo(version);
        }
        String young = api.create(TestSkill.job("say {\"status\":\"ok\"}"));
        assertThat(api.awaitEnd(young).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(stderr(young)).contains("codex of version 0.92.0");

        assertThat(api.status(old).get("status").stringValue()).isEqualTo("running");
        Files.writeString(go, "");
        assertThat(api.awaitEnd(old).get("status").stringValue()).isEqualTo("succeeded");
        assertThat(stderr(old)).contains("codex of version 0.89.0");
        assertThat(api.result(old).get("data").get("status").stringValue()).isEqualTo("done");
    }

    private String stderr(String request) {
        return api.get("/v1/jobs/" + request + "/logs").json().path("stderr").asString("");
    }

    private void publish(String version) throws IOException {
        Path scripted = ScriptedCli.install(home.root().resolve("scripted"), CODEX);
        home.npm()
                .installs(
                        CODEX,
                        "[ \"$1\" = --version ] || echo 'codex of version " + version + "' >&2\n"
                                + Files.readString(scripted).replace("codex-cli 0.169.0", "codex-cli " + version));
    }
}
