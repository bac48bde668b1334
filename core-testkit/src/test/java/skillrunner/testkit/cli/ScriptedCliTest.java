package skillrunner.testkit.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class ScriptedCliTest {
    private static final long PATIENCE_SECONDS = 30;

    private final Path directory;

    ScriptedCliTest(@TempDir Path directory) {
        this.directory = directory;
    }

    private record Ended(int exitCode, String stdout, String stderr) {}

    @ParameterizedTest
    @CsvSource({"codex,codex-cli 0.169.0", "gemini,0.61.0", "iflow,0.5.14", "opencode,1.18.33"})
    void it_tells_its_version_like_the_real_one(String engine, String version) throws Exception {
        assertThat(run(engine, "", "--version")).isEqualTo(new Ended(0, version + "\n", ""));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    codex    | "text":"{\\"status\\":\\"ok\\"}"    | {"type":"turn.completed"
                    gemini   | "content":"{\\"status\\":\\"ok\\"}" | "status":"success"
                    iflow    | {"status":"ok"}                     | </Execution Info>
                    opencode | "text":"{\\"status\\":\\"ok\\"}"    | "reason":"stop"
                    """)
    void without_directives_it_answers_and_closes_its_turn(String engine, String answer, String closing)
            throws Exception {
        Ended ended = run(engine, "Do something\n");

        assertThat(ended.exitCode()).isZero();
        assertThat(ended.stdout()).contains(answer);
        assertThat(ended.stdout().lines().reduce((a, b) -> b).orElseThrow()).contains(closing);
        assertThat(ended.stderr()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            textBlock =
                    """
                    codex    | {"type":"turn.failed","error":{"message":"no luck"}}
                    gemini   | "status":"error","error":{"type":"Error","message":"no luck"}
                    iflow    | Error: no luck
                    opencode | "error":{"name":"APIError","data":{"message":"no luck"
                    """)
    void it_fails_in_the_words_of_its_engine(String engine, String words) throws Exception {
        Ended ended = run(engine, "@cli fail no luck\n");

        assertThat(ended.exitCode()).isEqualTo(1);
        assertThat(ended.stdout() + ended.stderr()).contains(words);
    }

    @Test
    void directives_are_followed_in_order_wherever_they_stand_in_a_line() throws Exception {
        Ended ended = run(
                "iflow",
                """
                - prompt: @cli say first "quoted" \\ ünï
                @cli stderr oops
                @cli artifact deep/report.md # Title
                @cli answer {"n": 1}
                """);

        assertThat(ended.stdout()).startsWith("first \"quoted\" \\ ünï\n{\"n\": 1}\n<Execution Info>");
        assertThat(ended.stderr()).isEqualTo("oops\n");
        assertThat(directory.resolve("artifacts/deep/report.md")).hasContent("# Title");
    }

    @Test
    void texts_become_valid_json_strings() throws Exception {
        assertThat(run("codex", "@cli answer {\"a\": \"q\\\"\\\\\"}\n").stdout())
                .contains("\"text\":\"{\\\"a\\\": \\\"q\\\\\\\"\\\\\\\\\\\"}\"");
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "gemini", "iflow", "opencode"})
    void lines_are_numbered_and_as_long_as_asked(String engine) throws Exception {
        List<String> lines = run(engine, "@cli lines 50 300\n")
                .stdout()
                .lines()
                .filter(line -> line.length() == 299)
                .toList();

        assertThat(lines).hasSize(50);
        assertThat(lines.get(49)).contains("50 xxx");
    }

    @Test
    void it_can_wait_for_a_file() throws Exception {
        Process process = start("codex", "@cli wait go\n@cli answer {}\n");
        Files.createFile(directory.resolve("go"));

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isZero();
    }

    @Test
    void what_it_spawns_outlives_it() throws Exception {
        run("codex", "@cli spawn left\n");

        ProcessHandle left = ProcessHandle.of(Long.parseLong(
                        Files.readString(directory.resolve("left.pid")).strip()))
                .orElseThrow();
        try {
            assertThat(left.isAlive()).isTrue();
        } finally {
            left.destroyForcibly();
        }
    }

    @Test
    void it_can_end_without_closing_and_with_any_code() throws Exception {
        assertThat(run("codex", "@cli no-closing\n").stdout())
                .contains("agent_message")
                .doesNotContain("turn.completed");
        assertThat(run("codex", "@cli answer {}\n@cli close\n@cli exit 3\n"))
                .satisfies(ended -> assertThat(ended.exitCode()).isEqualTo(3))
                .satisfies(ended -> assertThat(ended.stdout()).contains("turn.completed"));
        assertThat(run("codex", "@cli exit 4\n").stdout()).doesNotContain("agent_message", "turn.completed");
    }

    @Test
    void it_hangs_until_it_is_ended() throws Exception {
        Process process = start("codex", "@cli hang\n");

        process.destroy();

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isNotZero();
    }

    @Test
    void signals_that_it_ignores_do_not_end_it() throws Exception {
        Process process = start("codex", "@cli ignore-signals\n@cli artifact deaf yes\n@cli wait go\n@cli exit 7\n");
        awaitFile(directory.resolve("artifacts/deaf"));

        process.destroy();
        Files.createFile(directory.resolve("go"));

        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).isEqualTo(7);
    }

    @Test
    void a_resumed_conversation_keeps_its_name() throws Exception {
        String id = "01a200d6-5933-7ff1-8e23-6890b3837fff";

        assertThat(run("codex", "", "exec", "resume", "--json", id, "-").stdout())
                .startsWith("{\"type\":\"thread.started\",\"thread_id\":\"" + id + "\"}");
        assertThat(run("opencode", "", "run", "--session=ses_1", "--format", "json")
                        .stdout())
                .contains("\"sessionID\":\"ses_1\"");
    }

    @Test
    void garbage_is_no_text() throws Exception {
        assertThat(run("codex", "@cli garbage\n").stdout()).contains("\u0000").contains("{\"unfinished\"");
    }

    @Test
    void a_directive_it_does_not_know_is_an_error() throws Exception {
        assertThat(run("codex", "@cli fly\n").exitCode()).isEqualTo(64);
    }

    @Test
    void other_engines_have_no_script() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> ScriptedCli.install(directory, new EngineId("other")))
                .withMessage("no script for 'other'");
    }

    private Ended run(String engine, String prompt, String... arguments) throws Exception {
        Process process = start(engine, prompt, arguments);
        assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).isTrue();
        return new Ended(process.exitValue(), read("stdout"), read("stderr"));
    }

    private Process start(String engine, String prompt, String... arguments) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ScriptedCli.install(directory, EngineId.parse(engine).orElseThrow())
                .toString());
        command.addAll(List.of(arguments));
        Path stdin = Files.writeString(Files.createTempFile(directory, "prompt", ""), prompt);
        return new ProcessBuilder(command)
                .directory(directory.toFile())
                .redirectInput(stdin.toFile())
                .redirectOutput(directory.resolve("stdout").toFile())
                .redirectError(directory.resolve("stderr").toFile())
                .start();
    }

    private static void awaitFile(Path file) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(PATIENCE_SECONDS);
        while (!Files.exists(file)) {
            assertThat(System.nanoTime()).as("deadline for %s", file).isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    private String read(String stream) throws IOException {
        return new String(Files.readAllBytes(directory.resolve(stream)), StandardCharsets.UTF_8);
    }
}
