package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.domain.engine.EngineId.CODEX;

/** Upgrades that are killed at random moments: the CLI always answers, and what is left behind is cleared away. */
@Tag("chance")
class UpgradeKillIT {
    private static final int KILLED_COMMANDS = 27;
    private static final int KILLED_SERVERS = 3;
    private static final int WHOLE_MILLIS = 600;

    /** An installation in steps, as npm goes about it; about a third of a second. */
    private static final String IN_STEPS =
            """
            for step in 1 2 3 4 5 6; do
              mkdir -p "$prefix/lib/node_modules/@openai/codex/part-$step"
              echo "$step" >"$prefix/lib/node_modules/@openai/codex/part-$step/file"
              sleep 0.05
            done
            """;

    @TempDir
    private Path folder;

    private EngineHome home;
    private long seed;
    private Random random;

    @BeforeEach
    void prepare() throws IOException {
        home = new EngineHome(folder);
        seed = System.nanoTime();
        random = new Random(seed);
    }

    @Test
    void thirty_upgrades_killed_at_random_moments_never_cost_the_cli() throws Exception {
        home.npm().publishes(CODEX, "1.0.0");
        assertThat(home.agentManager(Map.of(), "--upgrade-engine", "codex").code())
                .isZero();
        home.npm().first(CODEX, IN_STEPS);
        for (int i = 1; i <= KILLED_COMMANDS; i++) {
            home.npm().publishes(CODEX, "1." + i + ".0");
            killCommand();
            assertAnswers(i);
        }
        for (int i = KILLED_COMMANDS + 1; i <= KILLED_COMMANDS + KILLED_SERVERS; i++) {
            home.npm().publishes(CODEX, "1." + i + ".0");
            killServer();
            assertAnswers(i);
        }

        home.npm().publishes(CODEX, "2.0.0");
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            JsonNode ended = upgrades.run(CODEX);
            assertThat(ended.get("status").stringValue()).as(why()).isEqualTo("succeeded");
            assertThat(upgrades.shownVersion(CODEX)).as(why()).isEqualTo("2.0.0");
            assertThat(atWork()).as(why()).isEmpty();
            assertThat(versionFolders()).as(why()).hasSizeLessThanOrEqualTo(2);
            assertThat(server.client()
                            .get("/v1/management/engines/codex")
                            .json()
                            .get("versions"))
                    .as(why())
                    .hasSizeLessThanOrEqualTo(2);
        }
    }

    private void killCommand() throws IOException, InterruptedException {
        ProcessBuilder builder = new ProcessBuilder(
                        EngineHome.agentManagerScript().toString(), "--upgrade-engine", "codex")
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(home.environment(Map.of()));
        long calls = started();
        Process process = builder.start();
        // Most of them in the middle of npm's work or shortly after it, some before.
        if (random.nextInt(10) > 0) {
            await().pollInterval(5, TimeUnit.MILLISECONDS).until(() -> started() > calls || !process.isAlive());
        }
        process.waitFor(random.nextInt(WHOLE_MILLIS), TimeUnit.MILLISECONDS);
        process.destroyForcibly().waitFor();
    }

    private void killServer() throws IOException, InterruptedException {
        try (RunningServer server = home.start()) {
            Upgrades upgrades = new Upgrades(server.client());
            long calls = started();
            upgrades.begin(CODEX);
            await().pollInterval(5, TimeUnit.MILLISECONDS).until(() -> started() > calls);
            // Not to wait for anything: the moment is the point.
            TimeUnit.MILLISECONDS.sleep(random.nextInt(WHOLE_MILLIS));
            server.kill();
        }
    }

    private long started() {
        return home.npm().calls().stream().filter("start codex"::equals).count();
    }

    private void assertAnswers(int kills) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(
                        home.npmPrefix().resolve("bin/codex").toString(), "--version")
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor())
                .as(why() + ", kill " + kills + ": " + said)
                .isZero();
        List<String> published = new ArrayList<>();
        for (int i = 0; i <= kills; i++) {
            published.add("codex-cli 1." + i + ".0");
        }
        assertThat(said.strip()).as(why() + ", kill " + kills).isIn(published);
    }

    private String why() {
        return "seed " + seed;
    }

    private List<Path> versionFolders() throws IOException {
        try (Stream<Path> all = Files.list(home.npmPrefix().resolve("versions/codex"))) {
            return all.toList();
        }
    }

    /** The scripted npms that are alive. */
    private List<String> atWork() throws IOException {
        List<String> found = new ArrayList<>();
        String script = home.programs().resolve("npm").toString();
        try (DirectoryStream<Path> all = Files.newDirectoryStream(Path.of("/proc"), "[0-9]*")) {
            for (Path process : all) {
                try {
                    String line = Files.readString(process.resolve("cmdline"), StandardCharsets.ISO_8859_1);
                    if (line.contains(script)) {
                        found.add(line.replace('\0', ' '));
                    }
                } catch (IOException e) {
                    // It ended while it was looked at.
                }
            }
        }
        return found;
    }
}
