package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The launcher as a contract: commands, exit codes, one clear line for each refusal. */
class LauncherIT {
    @TempDir
    private Path home;

    @Test
    void help_and_version_are_printed() throws Exception {
        assertThat(launch(Map.of(), "--help").out()).contains("serve").contains("version");
        assertThat(launch(Map.of(), "version").out()).startsWith("Skill Runner ");
    }

    @Test
    void an_unknown_command_or_option_is_usage_on_stderr_and_code_2() throws Exception {
        for (List<String> wrong : List.of(List.of("dance"), List.of("serve", "--fast"), List.<String>of())) {
            Command.Ended ended = launch(Map.of(), wrong.toArray(String[]::new));
            assertThat(ended.code()).as(wrong.toString()).isEqualTo(2);
            assertThat(ended.err()).as(wrong.toString()).contains("Usage: skill-runner");
            assertThat(ended.err().contains("\n  doctor "))
                    .as("all commands are named where none is: %s", wrong)
                    .isEqualTo(!wrong.contains("serve"));
            assertThat(ended.out()).as(wrong.toString()).isEmpty();
        }
    }

    @Test
    void a_bad_value_stops_the_start_with_one_line_and_code_78() throws Exception {
        for (Map.Entry<String, String> bad : Map.of(
                        "PORT", "eighty",
                        "SKILL_RUNNER_ENGINES", "codex,claude",
                        "LOG_LEVEL", "LOUD",
                        "SKILL_RUNNER_ENGINE_HARD_TIMEOUT_SECONDS", "0",
                        "SKILL_RUNNER_ALLOW_INSECURE_BIND", "maybe",
                        "HOST", "0.0.0.0")
                .entrySet()) {
            Command.Ended ended = launch(Map.of(bad.getKey(), bad.getValue()), "serve");
            assertThat(ended.code()).as(bad.toString()).isEqualTo(78);
            assertThat(ended.err().lines().toList()).as(bad.toString()).hasSize(1);
            assertThat(ended.err()).contains(bad.getKey()).contains("skill-runner: ");
        }
    }

    @Test
    void a_second_server_on_the_same_data_is_refused() throws Exception {
        try (RunningServer first = RunningServer.start(home, Map.of())) {
            Command.Ended second = launch(Map.of(), "serve");
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err()).contains("another server uses the data directory");
            assertThat(first.client().get("/healthz").status()).isEqualTo(200);
        }
    }

    @Test
    void a_port_in_use_is_refused_with_a_clear_line() throws Exception {
        try (RunningServer first = RunningServer.start(Files.createDirectories(home.resolve("first")), Map.of())) {
            Command.Ended second = launch(Map.of("PORT", Integer.toString(first.port())), "serve");
            assertThat(second.code()).isEqualTo(1);
            assertThat(second.err().lines().filter(line -> line.startsWith("skill-runner: ")))
                    .singleElement()
                    .asString()
                    .contains("PORT=" + first.port(), "127.0.0.1");
        }
    }

    @Test
    void a_server_starts_also_where_its_address_can_not_be_written_down() throws Exception {
        Files.createDirectories(home.resolve("data/server.address/in-the-way"));
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.client().get("/healthz").status()).isEqualTo(200);
            assertThat(server.log()).contains("the address could not be written down");
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void the_log_file_is_appended_to_and_outlives_rotation() throws Exception {
        Path log = Files.writeString(home.resolve("server.log"), "of the crash\n");
        Map<String, String> settings = Map.of("LOG_FILE", log.toString());
        try (RunningServer server = RunningServer.start(home, settings)) {
            assertThat(log).content().startsWith("of the crash\n").contains("Basic Auth is off");
            Files.move(log, home.resolve("server.log.1"));
            assertThat(server.stop()).isZero();
            assertThat(log).content().contains("the server has stopped");
            assertThat(server.log()).isEmpty();
        }
    }

    @Test
    void the_log_goes_to_stdout_where_that_is_named_and_a_pipe() throws Exception {
        Path link = Files.createSymbolicLink(home.resolve("server.log"), Path.of("/dev/stdout"));
        ProcessBuilder builder = new ProcessBuilder(Repository.launcher().toString(), "serve")
                .redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(RunningServer.environment(home, Map.of("LOG_FILE", link.toString())));
        Process server = builder.start();
        try (var out = server.inputReader()) {
            List<String> before = new ArrayList<>();
            String line = out.readLine();
            while (line != null && !line.startsWith("Skill Runner listening on ")) {
                before.add(line);
                line = out.readLine();
            }
            assertThat(before).anyMatch(logged -> logged.contains("Basic Auth is off"));
            server.toHandle().destroy();
            assertThat(out.lines()).anyMatch(logged -> logged.contains("the server has stopped"));
        } finally {
            server.destroyForcibly();
        }
    }

    @Test
    void a_log_file_that_can_not_be_written_stops_the_start_with_code_78() throws Exception {
        for (Path bad : List.of(
                home, home.resolve("none/server.log"), Path.of("/etc/passwd/server.log"), Path.of("/dev/full"))) {
            Command.Ended ended = launch(Map.of("LOG_FILE", bad.toString()), "serve");
            assertThat(ended.code()).as(bad.toString()).isEqualTo(78);
            assertThat(ended.err().lines()).as(bad.toString()).hasSize(1);
            assertThat(ended.err()).contains("LOG_FILE=" + bad);
        }
    }

    @Test
    void a_stop_signal_ends_the_server_with_code_0() throws Exception {
        try (RunningServer server = RunningServer.start(home, Map.of())) {
            assertThat(server.stop()).isZero();
        }
    }

    @Test
    void a_java_that_is_too_old_or_none_is_refused_with_one_sentence() throws Exception {
        Command.Ended ended = launch(Map.of("SKILL_RUNNER_JAVA", "/bin/true"), "version");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("SKILL_RUNNER_JAVA=/bin/true").contains("17");
    }

    @Test
    void a_jdk_is_judged_by_its_release_file_without_being_started() throws Exception {
        Path old = fakeJdk("old", "IMPLEMENTOR=\"Somebody\"\nJAVA_VERSION=\"11.0.2\"\n", "11.0.2");
        Command.Ended refused = launch(Map.of("SKILL_RUNNER_JAVA", old.toString()), "version");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(refused.err().lines().toList()).hasSize(1);
        assertThat(refused.err()).contains("SKILL_RUNNER_JAVA=" + old).contains("17");
        assertThat(old.resolve("calls")).doesNotExist();

        Path link = Files.createSymbolicLink(
                home.resolve("java"),
                fakeJdk("fine", "JAVA_VERSION=\"17.0.1\"\n", "17.0.1").resolve("bin/java"));
        Command.Ended accepted = launch(Map.of("SKILL_RUNNER_JAVA", link.toString()), "version");
        assertThat(accepted.out()).as(accepted.err()).startsWith("Skill Runner ");
        assertThat(Files.readString(home.resolve("fine/calls"))).doesNotContain("-version");
    }

    @Test
    void a_jdk_whose_release_file_is_missing_or_says_nothing_is_asked_itself() throws Exception {
        for (String release : List.of("", "IMPLEMENTOR=\"Somebody\"\n", "JAVA_VERSION=\"\"\n")) {
            Path jdk = fakeJdk("new" + release.length(), release, "17.0.1");
            Command.Ended accepted = launch(Map.of("SKILL_RUNNER_JAVA", jdk.toString()), "version");
            assertThat(accepted.out()).as(release + accepted.err()).startsWith("Skill Runner ");
            assertThat(Files.readString(jdk.resolve("calls"))).startsWith("-version\n");

            Path old = fakeJdk("old" + release.length(), release, "1.8.0_402");
            Command.Ended refused = launch(Map.of("SKILL_RUNNER_JAVA", old.toString()), "version");
            assertThat(refused.code()).as(release).isEqualTo(1);
            assertThat(refused.err()).contains("SKILL_RUNNER_JAVA=" + old);
        }
    }

    @Test
    void a_later_start_uses_what_the_first_one_made_aside() throws Exception {
        Path aside = Repository.root().resolve("app/target/dist/cds");
        try (RunningServer first = RunningServer.start(home, Map.of())) {
            assertThat(first.port()).isPositive();
        }
        // It is made by the least important process of the machine.
        await().atMost(Duration.ofMinutes(10))
                .pollInterval(Duration.ofSeconds(5))
                .until(() -> {
                    try (RunningServer later = RunningServer.start(home, Map.of())) {
                        assertThat(later.client().get("/healthz").status()).isEqualTo(200);
                        List<String> mapped = Files.readAllLines(Path.of("/proc/" + later.pid() + "/maps")).stream()
                                .filter(line -> line.contains(aside + "/"))
                                .toList();
                        return mapped.stream().anyMatch(line -> line.endsWith(".jsa"))
                                && mapped.stream().anyMatch(line -> line.contains("sqlitejdbc"));
                    }
                });
        Path classes = home.resolve("classes.txt");
        Command.Ended help = launch(
                Map.of("SKILL_RUNNER_JAVA_OPTIONS", "-Xlog:class+load:file=" + classes), "runs", "list", "--help");
        assertThat(help.code()).as(help.err()).isZero();
        // The oldest classes of all: an archive on top of that of the JDK has no room for them.
        assertThat(Files.readAllLines(classes))
                .filteredOn(line -> line.contains(" picocli.CommandLine "))
                .singleElement()
                .asString()
                .contains("shared objects file");
    }

    /** A JDK that notes how it is called and otherwise is the one of this test. */
    private Path fakeJdk(String name, String release, String version) throws IOException {
        Path jdk = home.resolve(name);
        Path java = Files.createDirectories(jdk.resolve("bin")).resolve("java");
        Files.writeString(
                java,
                """
                #!/bin/sh
                echo "$*" >>'%s/calls'
                [ "$1" != -version ] || { echo 'openjdk version "%s" 2021-10-19' >&2; exit; }
                exec '%s/bin/java' "$@"
                """
                        .formatted(jdk, version, System.getProperty("java.home")));
        Files.setPosixFilePermissions(java, PosixFilePermissions.fromString("rwxr-xr-x"));
        if (!release.isEmpty()) {
            Files.writeString(jdk.resolve("release"), release);
        }
        return jdk;
    }

    private Command.Ended launch(Map<String, String> settings, String... arguments)
            throws IOException, InterruptedException {
        return Command.run(RunningServer.environment(home, settings), arguments);
    }
}
