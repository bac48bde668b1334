package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import skillrunner.testkit.cli.ScriptedNpm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Does what the tutorial says, block by block; only npm and what it installs stand in for the real ones. */
class TutorialIT {
    private static final String ANSWER = "{\"title\":\"A dark theme and a steadier sign-in\",\"changes\":2}";
    private static final Pattern LISTENING = Pattern.compile("listening on http://127\\.0\\.0\\.1:(\\d+)");
    private static final String EXPORTS = "environment-of-the-tutorial";

    @TempDir
    private Path machine;

    private Path home = Path.of("");
    private Map<String, String> environment = Map.of();
    private @Nullable Process server;
    private String address = "";

    @AfterEach
    void stopServer() throws InterruptedException {
        if (server != null) {
            server.destroy();
            server.waitFor(30, TimeUnit.SECONDS);
            server.destroyForcibly();
        }
    }

    @Test
    void each_block_does_what_the_page_says() throws Exception {
        prepare();
        String shown = "";
        int executed = 0;
        for (Tutorial.Block block :
                Tutorial.read(Repository.root().resolve("docs/tutorial.md")).blocks()) {
            String[] remark = block.remark().split(": ", 2);
            switch (remark[0]) {
                case "run" -> {
                    shown = run(block.text());
                    executed++;
                }
                case "run in the background until" -> serve(block.text(), remark[1]);
                case "file" -> write(remark[1], block.text());
                case "shows" -> assertShows(shown, block.text());
                case "not run" -> assertThat(remark).hasSize(2);
                default -> throw new AssertionError("nothing says what becomes of this block:\n" + block.text());
            }
        }
        assertThat(executed).isGreaterThan(5);
        assertThat(Objects.requireNonNull(server).isAlive()).isTrue();
    }

    /** A machine with the sources in the place that the page names, and an npm that installs a codex of ours. */
    private void prepare() throws IOException {
        home = Files.createDirectories(machine.resolve("home"));
        Files.createSymbolicLink(home.resolve("skill-runner"), Repository.root());
        Path programs = machine.resolve("programs");
        Path scripted = ScriptedCli.install(machine.resolve("scripted"), EngineId.CODEX);
        ScriptedNpm npm = ScriptedNpm.install(programs);
        npm.installs(
                EngineId.CODEX,
                """
                case " $* " in *' --version '*) exec '%1$s' --version ;; esac
                {
                  cat
                  printf '\\n@cli sh mkdir -p artifacts && printf "# New\\\\n- A dark theme\\\\n" >artifacts/notes.md\\n'
                  printf '@cli answer %%s\\n' '%2$s'
                } | exec '%1$s' "$@"
                """
                        .formatted(scripted, ANSWER));
        Map<String, String> settings = new HashMap<>(RunningServer.environment(machine, Map.of()));
        settings.put("HOME", home.toString());
        settings.put("PATH", programs + ":" + System.getenv("PATH"));
        environment = settings;
    }

    /** Runs a block as the same shell would, which keeps its folder and its variables. @return what it printed */
    private String run(String text) throws IOException, InterruptedException {
        Path said = machine.resolve("said");
        Path script = machine.resolve("block.sh");
        Path state = machine.resolve(EXPORTS);
        Files.writeString(
                script,
                "set -eu\n" + (Files.exists(state) ? Files.readString(state) : "") + text
                        + "\n{ export -p; printf 'cd %s\\n' \"'$PWD'\"; } >'" + state + "'\n");
        Process shell = shell(script)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        assertThat(shell.waitFor(3, TimeUnit.MINUTES)).as(text).isTrue();
        String output = Files.readString(said);
        assertThat(shell.exitValue()).as(text + output).isZero();
        return output;
    }

    private void serve(String text, String ready) throws IOException {
        Path said = machine.resolve("server-said");
        Path script = machine.resolve("serve.sh");
        Files.writeString(script, Files.readString(machine.resolve(EXPORTS)) + "exec " + text);
        Process started = shell(script)
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        server = started;
        await(ready)
                .atMost(90, TimeUnit.SECONDS)
                .until(() -> Files.readString(said).contains(ready) || !started.isAlive());
        Matcher listening = LISTENING.matcher(Files.readString(said));
        assertThat(listening.find()).as(Files.readString(said)).isTrue();
        address = "127.0.0.1:" + listening.group(1);
    }

    private ProcessBuilder shell(Path script) throws IOException {
        // Whoever reads the page has the port to himself; tests that run side by side do not.
        Files.writeString(script, elsewhere(Files.readString(script)));
        ProcessBuilder shell = new ProcessBuilder("sh", script.toString()).directory(home.toFile());
        shell.environment().putAll(environment);
        if (!address.isEmpty()) {
            shell.environment().put("SKILL_RUNNER_SERVER", "http://" + address);
        }
        return shell;
    }

    private String elsewhere(String text) {
        return address.isEmpty() ? text : text.replace("localhost:8000", address);
    }

    private void write(String name, String text) throws IOException {
        Path file = home.resolve("tutorial").resolve(name);
        assertThat(Objects.requireNonNull(file.getParent()))
                .as("the folder of " + name)
                .isDirectory();
        Files.writeString(file, elsewhere(text));
    }

    /** Each line stands in the output, in this order; an ellipsis stands for anything. */
    private static void assertShows(String output, String lines) {
        int from = 0;
        for (String line : lines.lines().toList()) {
            Pattern pattern = Pattern.compile("\\Q" + line.replace("…", "\\E.*\\Q") + "\\E");
            Matcher found = pattern.matcher(output);
            assertThat(found.find(from)).as(line + "\nin\n" + output).isTrue();
            from = found.end();
        }
    }
}
