package skillrunner.acceptance;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The first command of a newcomer, with the real codex CLI. */
class DemoIT {
    /** What the launcher and the server themselves call. */
    private static final List<String> TOOLS = List.of(
            "sh",
            "java",
            "sed",
            "head",
            "dirname",
            "cksum",
            "cut",
            "find",
            "readlink",
            "mktemp",
            "nice",
            "env",
            "tr",
            "cat",
            "printf",
            "mkdir",
            "rmdir",
            "rm",
            "mv",
            "basename",
            "setsid");

    @TempDir
    private Path home;

    @Test
    void the_demo_runs_the_skill_and_ends_with_its_verdict() throws Exception {
        Command.Ended ended = demo(withCodex(), "--exit");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out())
                .contains("answers are scripted; everything else is real")
                .contains("state: running", "tool call: ", "tool ended with exit code 0", "state: succeeded")
                .contains("file_primes: [2,7,97]", "Artifact artifacts/primes.csv: http://127.0.0.1:")
                .containsPattern("Page: http://127\\.0\\.0\\.1:\\d+/ui/runs/[0-9a-f-]{36}")
                .doesNotContain("\u001b");
        assertThat(home.resolve("cache/agent-home/.codex/config.toml")).doesNotExist();
        assertThat(home.resolve("data/server.address")).doesNotExist();
    }

    @Test
    void a_demo_beside_a_running_server_uses_it() throws Exception {
        String sentence = "A server is running already";
        try (Command.Running first = Command.start(environment(withCodex()), "demo")) {
            await().until(() -> first.out().contains("until Ctrl-C"));
            Command.Ended second = demo(withCodex());
            assertThat(second.code()).as(second.all()).isZero();
            assertThat(second.out()).contains(sentence, "state: succeeded");

            assertThat(first.terminate()).isZero();
            assertThat(first.out()).doesNotContain(sentence);
        }
        assertThat(home.resolve("data/server.address")).doesNotExist();
    }

    @Test
    void the_demo_says_the_password_to_the_server_it_started() throws Exception {
        Map<String, String> settings = new HashMap<>(withCodex());
        settings.put("UI_BASIC_AUTH_ENABLED", "true");
        settings.put("UI_BASIC_AUTH_USERNAME", "admin");
        settings.put("UI_BASIC_AUTH_PASSWORD", " s3cret:of the house");
        settings.put("SKILL_RUNNER_AUTH_SCOPE", "all");

        Command.Ended ended = demo(settings, "--exit");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.all()).doesNotContain("s3cret");
    }

    @Test
    void without_npm_the_demo_says_so_in_one_sentence() throws Exception {
        Command.Ended ended = demo(Map.of("PATH", toolsOnly().toString()), "--exit");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("npm").contains("was not found").contains("install");
    }

    @Test
    void an_installation_that_fails_is_one_sentence_with_the_reason() throws Exception {
        Path tools = toolsOnly();
        Path npm =
                Files.writeString(tools.resolve("npm"), "#!/bin/sh\necho 'npm error network ENOTFOUND' >&2\nexit 1\n");
        Files.setPosixFilePermissions(npm, PosixFilePermissions.fromString("rwxr-xr-x"));

        Command.Ended ended = demo(Map.of("PATH", tools.toString()), "--exit");

        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("npm could not install the codex CLI").contains("ENOTFOUND");
    }

    @Test
    void a_port_that_something_else_has_is_one_sentence() throws Exception {
        try (ServerSocket other = new ServerSocket(0)) {
            Map<String, String> settings = new HashMap<>(withCodex());
            settings.put("PORT", Integer.toString(other.getLocalPort()));
            // It answers nothing that Skill Runner would answer.
            Thread answering = new Thread(() -> refuse(other));
            answering.start();

            Command.Ended ended = demo(settings, "--exit");

            assertThat(ended.code()).isEqualTo(1);
            assertThat(ended.err().lines()).hasSize(1);
            assertThat(ended.err()).contains("PORT=" + other.getLocalPort() + " is not free on 127.0.0.1");
        }
    }

    private static void refuse(ServerSocket socket) {
        try {
            while (!socket.isClosed()) {
                socket.accept().close();
            }
        } catch (IOException e) {
            // The test has ended and closed it.
            Thread.currentThread().interrupt();
        }
    }

    private static Map<String, String> withCodex() throws IOException, InterruptedException {
        return Map.of("SKILL_RUNNER_NPM_PREFIX", RealCodex.npmPrefix().toString());
    }

    /** A search path of its own. */
    private Path toolsOnly() throws IOException {
        Path folder = Files.createDirectories(home.resolve("tools"));
        for (String tool : TOOLS) {
            for (String place : List.of("/bin", "/usr/bin", System.getProperty("java.home") + "/bin")) {
                Path program = Path.of(place, tool);
                if (Files.isExecutable(program) && Files.notExists(folder.resolve(tool))) {
                    Files.createSymbolicLink(folder.resolve(tool), program);
                }
            }
        }
        return folder;
    }

    private Command.Ended demo(Map<String, String> settings, String... options) throws Exception {
        String[] arguments = new String[options.length + 1];
        arguments[0] = "demo";
        System.arraycopy(options, 0, arguments, 1, options.length);
        return Command.run(environment(settings), arguments);
    }

    private Map<String, String> environment(Map<String, String> settings) {
        return RunningServer.environment(home, settings);
    }
}
