package skillrunner.acceptance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The commands of users, started by the launcher as users do, against a server with a scripted CLI. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CommandLineIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String DONE = "@cli answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";

    private Path home;
    private RunningServer server;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        TestSkill.installAsking(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(home, Map.of());
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_run_is_followed_to_its_answer_and_its_artifacts_are_saved() throws Exception {
        Path out = home.resolve("saved");
        Command.Ended ended = command(
                "run",
                "scripted",
                "--parameter",
                script("say I begin", "artifact report/a.md # R", "answer {\"status\": \"fine\"}"),
                "--follow",
                "--out",
                out.toString(),
                "--option",
                "no_cache=true");
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out().lines()).startsWith("I begin").endsWith("}");
        assertThat(ended.out()).contains("\"status\" : \"fine\"");
        assertThat(out.resolve("report/a.md")).content().isEqualTo("# R");
        assertThat(ended.err()).contains("-- running").contains("-- succeeded").doesNotContain("\u001b");
    }

    @Test
    void a_run_that_fails_is_told_in_one_line_and_by_the_exit_code() throws Exception {
        Command.Ended ended = command("run", "scripted", "--parameter", script("exit 3"));
        assertThat(ended.code()).as(ended.all()).isEqualTo(1);
        assertThat(ended.err().lines().filter(line -> line.startsWith("skill-runner: ")))
                .singleElement()
                .asString()
                .startsWith("skill-runner: ENGINE_EXIT_NONZERO: ");
    }

    @Test
    void a_skill_is_run_once_from_a_folder_without_being_installed() throws Exception {
        Path zip = home.resolve("once.zip");
        Files.write(zip, TestSkill.sent("once").zip());
        Command.Ended ended = command("run", zip.toString(), "--parameter", script("answer {\"status\": \"once\"}"));
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.out()).contains("once");
        assertThat(command("skills", "show", "once").code()).isEqualTo(6);
    }

    @Test
    void what_is_wrong_is_one_line_before_anything_begins() throws Exception {
        for (List<String> wrong : List.of(
                List.of("run", "scripted", "--fast"),
                List.of("run", "scripted", "--parameter", "scirpt=x"),
                List.of("runs", "list", "--limit", "many"),
                List.of("runs", "dance"),
                List.of("engines", "upgrade"))) {
            Command.Ended ended = command(wrong.toArray(String[]::new));
            assertThat(ended.code()).as(wrong + ended.all()).isEqualTo(2);
            assertThat(ended.err().lines().toList()).as(wrong + ended.all()).hasSize(1);
            assertThat(ended.err()).startsWith("skill-runner: USAGE: ");
        }
        Command.Ended nobody = command("--server", "http://127.0.0.1:1", "runs", "list");
        assertThat(nobody.code()).isEqualTo(5);
        assertThat(nobody.err().lines().toList()).as(nobody.all()).hasSize(1);
        Command.Ended unknown = command("runs", "watch", "unknown");
        assertThat(unknown.code()).isEqualTo(6);
        assertThat(unknown.err()).startsWith("skill-runner: REQUEST_NOT_FOUND: ");
    }

    @Test
    void lists_are_for_people_and_for_programs() throws Exception {
        assertThat(command("runs", "list").out()).startsWith("REQUEST");
        assertThat(JSON.readTree(command("runs", "list", "--json").out())
                        .path("runs")
                        .isArray())
                .isTrue();
        assertThat(command("skills", "list").out()).contains("scripted", "asking");
        assertThat(command("skills", "show", "scripted").out()).contains("note", "script", "required");
        assertThat(command("engines", "list").out()).contains("codex", "0.169.0");
        assertThat(command("engines", "models", "codex").code()).isZero();
    }

    @Test
    void a_skill_is_installed_and_told_why_it_is_not() throws Exception {
        Path zip = home.resolve("sent.zip");
        Files.write(zip, TestPackage.of("sent", "1.0.0").zip());
        assertThat(command("skills", "install", zip.toString()).out()).isEqualTo("sent 1.0.0: installed\n");
        Command.Ended again = command("skills", "install", zip.toString());
        assertThat(again.code()).isEqualTo(1);
        assertThat(again.err()).contains("skill-runner: PACKAGE_INVALID: ");
    }

    @Test
    void when_head_has_enough_the_command_ends_quietly_and_the_run_goes_on() throws Exception {
        Path script = Files.writeString(
                home.resolve("piped"),
                "Do.\n@cli say one\n@cli wait " + home.resolve("go") + "\n@cli say two\n@cli say three\n"
                        + "@cli answer {\"status\": \"fine\"}\n");
        Path code = home.resolve("code");
        Path said = home.resolve("said");
        ProcessBuilder builder = new ProcessBuilder(
                "sh",
                "-c",
                "{ '" + Repository.launcher() + "' run scripted --parameter script=@" + script + " --follow 2>'" + said
                        + "'; echo $? >'" + code + "'; } | head -1");
        builder.environment().putAll(environment());
        Process process = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try (var out = process.inputReader()) {
            assertThat(out.readLine()).isEqualTo("one");
            Files.writeString(home.resolve("go"), "");
            process.waitFor();
        }
        assertThat(code).content().isEqualTo("141\n");
        assertThat(Files.readString(said)).doesNotContain("skill-runner:");
        String request = Files.readString(said).replaceFirst("(?s).*-- request ([0-9a-f-]+).*", "$1");
        assertThat(server.client().awaitEnd(request).get("status").stringValue())
                .isEqualTo("succeeded");
    }

    /** Whoever reads the file afterwards must not take it for the answer. */
    @Test
    void what_can_not_be_written_is_said() throws Exception {
        for (String line : List.of("runs list", "skills list", "version", "completion bash", "run --help")) {
            ProcessBuilder builder =
                    new ProcessBuilder("sh", "-c", "'" + Repository.launcher() + "' " + line + " >/dev/full");
            builder.environment().putAll(environment());
            Process process = builder.start();
            String said = new String(process.getErrorStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor()).as(line + said).isEqualTo(1);
            assertThat(said)
                    .as(line)
                    .isEqualTo("skill-runner: OUTPUT_NOT_WRITTEN: standard output takes no more; is the disk full?\n");
        }
    }

    @Test
    void a_question_is_answered_at_the_terminal() throws Exception {
        try (PseudoTerminal terminal =
                terminal("run", "asking", "--mode", "interactive", "--parameter", script("say Which colour?"))) {
            terminal.awaitText("Which colour?");
            terminal.awaitText("Answer:");
            terminal.type(DONE + "\r");
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isZero();
            assertThat(terminal.screen()).contains("\"status\" : \"fine\"");
        }
    }

    @Test
    void a_question_without_a_terminal_is_answered_by_reply() throws Exception {
        Command.Ended asked =
                command("run", "asking", "--mode", "interactive", "--json", "--parameter", script("say Which colour?"));
        assertThat(asked.code()).as(asked.all()).isEqualTo(4);
        JsonNode document = JSON.readTree(asked.out());
        assertThat(document.path("status").asString("")).isEqualTo("waiting_user");
        String request = document.path("request_id").asString("");
        assertThat(command("runs", "reply", request, "@" + DONE).code()).isZero();
        Command.Ended watched = command("runs", "watch", request);
        assertThat(watched.code()).as(watched.all()).isZero();
        assertThat(watched.out()).contains("Which colour?").contains("\"fine\"");
    }

    @Test
    void ctrl_c_leaves_the_run_or_cancels_it() throws Exception {
        String request;
        try (PseudoTerminal terminal = terminal("run", "scripted", "--parameter", script("hang"))) {
            terminal.awaitText("-- running");
            request = terminal.screen().replaceFirst("(?s).*-- request ([0-9a-f-]+).*", "$1");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.awaitText("Cancel the run (c)");
            terminal.type("l\r");
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isEqualTo(130);
        }
        assertThat(status(request)).isEqualTo("running");
        try (PseudoTerminal terminal = terminal("runs", "watch", request)) {
            terminal.awaitText("-- running");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.awaitText("Cancel the run (c)");
            terminal.type(PseudoTerminal.CTRL_C);
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isEqualTo(130);
        }
        assertThat(status(request)).isEqualTo("running");
        try (PseudoTerminal terminal = terminal("runs", "watch", request)) {
            terminal.awaitText("-- running");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.awaitText("Cancel the run (c)");
            terminal.type("c\r");
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isEqualTo(3);
        }
        assertThat(status(request)).isEqualTo("canceled");
    }

    @Test
    void after_ctrl_c_at_a_key_the_terminal_shows_again_what_is_typed() throws Exception {
        try (SignInStandIn stand = new SignInStandIn();
                PseudoTerminal terminal = PseudoTerminal.shell(
                        home,
                        environment(),
                        // Ctrl-C reaches the shell as well, which is to go on.
                        "trap : INT; '" + Repository.launcher()
                                + "' engines sign-in opencode --method api_key --server " + stand.address()
                                + "; echo code=$?; stty -a; echo over")) {
            terminal.awaitText("The key (not shown):");
            terminal.type(PseudoTerminal.CTRL_C);
            terminal.awaitText("code=3");
            terminal.awaitText("over");
            assertThat(terminal.screen()).contains(" echo ").doesNotContain(" -echo ");
        }
    }

    @Test
    void every_command_tells_the_version() throws Exception {
        String version = command("version").out();
        assertThat(command("--version").out()).isEqualTo(version);
        assertThat(command("runs", "list", "--version").out()).isEqualTo(version);
        assertThat(command("skills", "lint", "-V").out()).isEqualTo(version);
    }

    @Test
    void nothing_that_a_run_says_acts_on_the_terminal() throws Exception {
        String hostile = "raw {\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":\"agent_message\",\"text\":"
                + "\"x\\u001b]0;evil\\u0007\\u001b]52;c;ZXZpbA==\\u0007\\u202ey\"}}";
        String[] directives = {hostile, "answer {\"status\": \"\\u001b[2J\"}"};
        try (PseudoTerminal terminal = terminal("run", "scripted", "--follow", "--parameter", script(directives))) {
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isZero();
            assertThat(terminal.screen())
                    .contains("x\\u001b]0;evil\\u0007")
                    .doesNotContain("\u001b", "\u0007", "\u202e");
        }
        try (PseudoTerminal terminal = terminal("run", "scripted", "--output", "--parameter", script(directives))) {
            assertThat(terminal.awaitEnd()).as(terminal.screen()).isZero();
            assertThat(terminal.screen()).contains("evil").doesNotContain("\u001b", "\u0007");
        }
    }

    @Test
    void the_script_for_shells_is_one_that_bash_reads() throws Exception {
        Path script = Files.writeString(
                home.resolve("completion"), command("completion", "bash").out());
        Process bash = new ProcessBuilder("bash", "-c", "source '" + script + "' && complete -p skill-runner")
                .redirectErrorStream(true)
                .start();
        String said = new String(bash.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(bash.waitFor()).as(said).isZero();
        assertThat(said).contains("_complete_skill-runner");
    }

    @Test
    void watching_survives_a_killed_server_without_losing_or_repeating_a_byte() throws Exception {
        Path own = Files.createDirectories(home.resolve("killed"));
        TestSkill.install(own);
        ScriptedCli.install(own.resolve("cache/npm/bin"), EngineId.CODEX);
        Map<String, String> settings = new HashMap<>(Map.of(
                "UI_BASIC_AUTH_ENABLED",
                "true",
                "UI_BASIC_AUTH_USERNAME",
                "ann",
                "UI_BASIC_AUTH_PASSWORD",
                "secret",
                "SKILL_RUNNER_AUTH_SCOPE",
                "all"));
        Path login = Files.writeString(own.resolve("login"), "ann:secret\n");
        assertThat(login.toFile().setReadable(false, false) && login.toFile().setReadable(true, true))
                .isTrue();
        String request;
        Command.Running watch;
        try (RunningServer first = RunningServer.start(own, settings)) {
            settings.put("PORT", Integer.toString(first.port()));
            String address = "http://127.0.0.1:" + first.port();
            Command.Ended refused =
                    Command.run(RunningServer.environment(own, Map.of("SKILL_RUNNER_SERVER", address)), "runs", "list");
            assertThat(refused.code()).isEqualTo(5);
            assertThat(refused.err()).startsWith("skill-runner: UNAUTHENTICATED: ");
            Map<String, String> user = RunningServer.environment(
                    own, Map.of("SKILL_RUNNER_SERVER", address, "SKILL_RUNNER_CREDENTIALS_FILE", login.toString()));
            Command.Ended begun = Command.run(
                    user,
                    "run",
                    "scripted",
                    "--no-wait",
                    "--parameter",
                    script(
                            "lines 3000 100",
                            "wait " + own.resolve("go-1"),
                            "lines 3000 90",
                            "wait " + own.resolve("go-2")));
            assertThat(begun.code()).as(begun.all()).isZero();
            request = begun.out().strip();
            watch = Command.start(user, "runs", "watch", request, "--output");
            await().until(() -> watch.out().lines().count() > 3000);
            first.kill();
        }
        try (watch) {
            Files.writeString(own.resolve("go-1"), "");
            try (RunningServer second = RunningServer.start(own, settings)) {
                await().until(() -> watch.out().lines().count() > 6000);
                second.kill();
            }
            Files.writeString(own.resolve("go-2"), "");
            try (RunningServer third = RunningServer.start(own, settings)) {
                assertThat(watch.process().waitFor()).isZero();
                ApiClient api = third.client().withPassword("ann", "secret");
                byte[] whole =
                        api.download("/v1/streams/" + request + "/stdout").body();
                assertThat(Files.readAllBytes(watch.outFile())).isEqualTo(whole);
            }
        }
    }

    private String status(String request) {
        return server.client().get("/v1/jobs/" + request).json().get("status").stringValue();
    }

    /** The parameter that lets the scripted CLI follow directives, in a file of its own. */
    private String script(String... directives) throws IOException {
        StringBuilder script = new StringBuilder("Do as told.\n");
        Stream.of(directives)
                .forEach(directive -> script.append("@cli ").append(directive).append('\n'));
        return "script=@" + Files.writeString(Files.createTempFile(home, "script", ""), script);
    }

    private Map<String, String> environment() {
        return RunningServer.environment(
                home, Map.of("SKILL_RUNNER_SERVER", "http://127.0.0.1:" + server.port(), "NO_COLOR", "1"));
    }

    private Command.Ended command(String... arguments) throws IOException, InterruptedException {
        return Command.run(environment(), arguments);
    }

    private PseudoTerminal terminal(String... arguments) throws IOException {
        return PseudoTerminal.start(home, environment(), arguments);
    }
}
