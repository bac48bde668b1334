package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** What clients of engines have read so far, they read on: each answer is compared with its recording. */
class EngineWireTest extends EngineTestBed {
    private static final String UPGRADES = "/v1/engines/upgrades";

    private final RecordedAnswers answers = new RecordedAnswers();

    EngineWireTest(@TempDir Path temporary) {
        super(temporary, Set.of(IFLOW), false);
        versions.install(CODEX, "0.169.0");
        programs.install("codex");
        credentials.add(".codex/auth.json");
        installed.put(
                CODEX,
                List.of(
                        new InstalledVersion(
                                "0.169.0",
                                ManualClock.START,
                                true,
                                false,
                                Optional.of(new InstalledPackage("@openai/codex", "0.169.0", Optional.of("sha512-x")))),
                        new InstalledVersion("0.168.0", ManualClock.START, false, true, Optional.empty())));
    }

    @Test
    void engines_are_told_as_ever() throws Exception {
        answers.add("engines", get("/v1/engines"));
        answers.add("sign-in", get("/v1/engines/auth-status"));
        answers.add("engines in management", get("/v1/management/engines"));
        answers.add("engine in management", get("/v1/management/engines/codex"));
        answers.add("engine without a program in management", get("/v1/management/engines/gemini"));
        answers.add("rolled back", postJson("/v1/engines/codex/rollback", ""));
        answers.add("nothing to go back to", postJson("/v1/engines/gemini/rollback", ""));
        answers.add("unknown engine", get("/v1/management/engines/claude"));
        answers.areTheRecorded("engines");
    }

    @Test
    void models_are_told_as_ever() throws Exception {
        answers.add("models", get("/v1/engines/codex/models"));
        answers.add("manifest", get("/v1/engines/codex/models/manifest"));
        answers.add(
                "snapshot",
                postJson(
                        "/v1/engines/codex/models/snapshots",
                        "{\"models\":[{\"id\":\"m\",\"display_name\":\"M\",\"supported_effort\":[\"low\"]}]}"));
        answers.add("no models", postJson("/v1/engines/codex/models/snapshots", "{\"models\":[]}"));
        answers.add("seeded models", get("/v1/engines/opencode/models"));
        answers.add("seeded manifest", get("/v1/engines/opencode/models/manifest"));
        lists.print("anthropic/claude\nopenai/gpt-5\n");
        refresh.refresh(OPENCODE);
        answers.add("asked models", get("/v1/engines/opencode/models"));
        answers.add("asked manifest", get("/v1/engines/opencode/models/manifest"));
        clock.advance(Duration.ofHours(1));
        lists.fail("no network");
        refresh.refresh(OPENCODE);
        answers.add("stale models", get("/v1/engines/opencode/models"));
        answers.add("stale manifest", get("/v1/engines/opencode/models/manifest"));
        answers.add("stale engine in management", get("/v1/management/engines/opencode"));
        answers.areTheRecorded("models");
    }

    @Test
    void a_cli_that_does_not_tell_its_models_has_none_to_suggest() throws Exception {
        HttpResponse<String> answer = get("/v1/engines/gemini/models/suggestion");

        assertThat(answer.statusCode()).isEqualTo(409);
        assertThat(answer.body()).contains("\"SUGGESTION_UNAVAILABLE\"");
    }

    @Test
    void upgrades_are_told_as_ever() throws Exception {
        upgrader.answers(CODEX, EngineUpgradeResult.succeeded("added 3", "npm \"warn\"", Optional.of("0.170.0")));
        upgrader.onUpgrade(GEMINI, task -> {
            upgrader.writes("fetching", "");
            clock.advance(Duration.ofSeconds(63));
            add("at work", UPGRADES + "/" + task.value());
            add("at work in management", "/v1/management/engines/gemini");
            return EngineUpgradeResult.failed("", "", "exited with code 1", Optional.empty());
        });
        var accepted = postJson(UPGRADES, "{\"mode\":\"all\"}");
        answers.add("accepted", accepted);
        String task = UPGRADES + "/" + tasks.all().get(0).id().value();
        answers.add("queued", get(task));
        answers.add("queued in management", get("/v1/management/engines/codex"));
        answers.add("busy", postJson(UPGRADES, "{\"mode\":\"single\",\"engine\":\"codex\"}"));
        answers.add("no mode", postJson(UPGRADES, "{\"mode\":\"some\"}"));
        background.runAll();
        answers.add("ended", get(task));
        answers.add("ended in management", get("/v1/management/engines/gemini"));
        postJson(UPGRADES, "{\"mode\":\"single\",\"engine\":\"codex\"}");
        background.runAll();
        answers.add("single", get(UPGRADES + "/" + tasks.all().get(1).id().value()));
        answers.areTheRecorded("upgrades");
    }

    private void add(String name, String path) {
        try {
            answers.add(name, get(path));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
