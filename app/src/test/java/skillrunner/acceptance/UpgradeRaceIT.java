package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;

/** Upgrades one after another while runs start. */
@Tag("chance")
class UpgradeRaceIT {
    /** Raised by hand to see more of it: {@code -Dupgrade.race=10} is 200 upgrades against 400 runs. */
    private static final int SCALE = Integer.getInteger("upgrade.race", 1);

    private static final int UPGRADES = 20 * SCALE;
    private static final int RUNS = 40 * SCALE;

    @TempDir
    Path folder;

    @Test
    void no_run_that_starts_meanwhile_loses_its_program() throws Exception {
        EngineHome home = new EngineHome(folder);
        TestSkill.install(folder);
        publish(home, "0.100.0");
        try (RunningServer server = home.start(Map.of("SKILL_RUNNER_MAX_QUEUE_SIZE", String.valueOf(RUNS)))) {
            ApiClient api = server.client();
            Upgrades upgrades = new Upgrades(api);
            upgrades.run(CODEX);
            AtomicBoolean started = new AtomicBoolean();
            CompletableFuture<Integer> upgrading = CompletableFuture.supplyAsync(() -> {
                int done = 0;
                while (done < UPGRADES || !started.get()) {
                    // Every other one installs the version in place once more.
                    publish(home, "0." + (100 + done / 2) + ".0");
                    JsonNode task = upgrades.run(CODEX);
                    assertThat(task.get("status").stringValue())
                            .as(task.toString())
                            .isEqualTo("succeeded");
                    done++;
                }
                return done;
            });
            List<String> requests = new ArrayList<>();
            List<JsonNode> failed = new ArrayList<>();
            for (int run = 0; run < RUNS; run++) {
                requests.add(api.create(TestSkill.job("answer {\"status\": \"fine\"}")));
            }
            for (String request : requests) {
                JsonNode status = api.awaitEnd(request);
                if (!status.get("status").stringValue().equals("succeeded")) {
                    failed.add(status);
                }
            }
            started.set(true);
            assertThat(upgrading.join()).isGreaterThanOrEqualTo(UPGRADES);
            assertThat(failed).isEmpty();
            try (Stream<Path> holds = Files.list(home.npmPrefix().resolve("versions/holds"))) {
                assertThat(holds).isEmpty();
            }
        }
    }

    private static void publish(EngineHome home, String version) {
        try {
            Path scripted = ScriptedCli.install(home.root().resolve("scripted"), CODEX);
            home.npm().installs(CODEX, Files.readString(scripted).replace("codex-cli 0.169.0", "codex-cli " + version));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }
}
