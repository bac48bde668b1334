package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** When the launcher builds what it starts, and what it says meanwhile. A script stands in for Maven. */
class BuildDistributionIT {
    private static final String BUILDS =
            """
            #!/bin/sh
            echo "$*" >>builds
            while [ -e hold ]; do sleep 0.05; done
            echo '[INFO] Building Skill Runner: core-domain 0.1.0-SNAPSHOT                 [2/11]'
            echo '[WARNING] a line for the log'
            [ ! -e broken ] || { echo '[ERROR] Rule.java:[3,1] class expected'; exit 1; }
            mkdir -p app/target/dist
            echo built >app/target/dist/skill-runner.jar
            scripts/source-fingerprint >app/target/dist/sources.cksum
            """;

    @TempDir
    private Path home;

    private Path source;
    private Path javac;

    @BeforeEach
    void a_working_copy() throws IOException {
        for (String script : List.of("build-distribution", "source-fingerprint")) {
            Path copy = home.resolve("scripts").resolve(script);
            Files.createDirectories(copy.getParent());
            Files.copy(Repository.root().resolve("scripts").resolve(script), copy, StandardCopyOption.COPY_ATTRIBUTES);
        }
        Files.writeString(home.resolve("pom.xml"), "<project/>");
        Path module = Files.createDirectories(home.resolve("app/src/main/java"));
        Files.writeString(home.resolve("app/pom.xml"), "<project/>");
        source = Files.writeString(module.resolve("Rule.java"), "class Rule {}");
        program(home.resolve("mvnw"), BUILDS);
        program(home.resolve("jdk/bin/java"), "#!/bin/sh\n");
        javac = program(home.resolve("jdk/bin/javac"), "#!/bin/sh\n");
    }

    @Test
    void a_missing_distribution_is_built_and_told_module_by_module() throws Exception {
        Command.Ended first = launch("version");
        assertThat(first.code()).as(first.all()).isZero();
        assertThat(first.out()).isEmpty();
        assertThat(first.err().lines())
                .allMatch(line -> line.startsWith("skill-runner: "))
                .contains("skill-runner: building core-domain (2/11)")
                .noneMatch(line -> line.contains("a line for the log"));
        assertThat(home.resolve("app/target/distribution-build.log")).content().contains("a line for the log");
        assertThat(launch("serve").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void sources_that_changed_are_built_anew_by_what_starts_a_server_and_noted_by_all_else() throws Exception {
        launch("serve");
        later(Files.writeString(source, "class Rule { int limit; }"));
        assertThat(launch("version").err()).contains("changed since the distribution was built");
        assertThat(builds()).hasSize(1);
        assertThat(launch("serve").err()).contains("anew");
        assertThat(launch("demo").err()).isEmpty();
        assertThat(builds()).hasSize(2);
    }

    @Test
    void a_file_that_is_gone_counts_as_a_change() throws Exception {
        launch("serve");
        Files.delete(source);
        later(home.resolve("app/src/main/java"));
        assertThat(launch("serve").err()).contains("anew");
    }

    @Test
    void files_with_new_times_and_old_contents_are_not_built_again() throws Exception {
        launch("serve");
        later(source);
        assertThat(launch("serve").err()).isEmpty();
        assertThat(builds()).hasSize(1);
    }

    @Test
    void tests_and_benchmarks_are_no_part_of_it() throws Exception {
        launch("serve");
        later(Files.writeString(
                Files.createDirectories(home.resolve("app/src/test")).resolve("T.java"), "class T {}"));
        later(Files.writeString(
                Files.createDirectories(home.resolve("benchmarks/src/main")).resolve("B.java"), "class B {}"));
        assertThat(launch("serve").err()).isEmpty();
    }

    @Test
    void a_machine_without_a_compiler_starts_what_was_built_before_and_says_so() throws Exception {
        launch("serve");
        later(Files.writeString(source, "class Rule { int limit; }"));
        Files.delete(javac);
        Command.Ended ended = launch(Map.of("PATH", toolsWithoutJava(), "JAVA_HOME", ""), "serve");
        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.err()).contains("can't be built anew").contains("javac");
        assertThat(builds()).hasSize(1);
    }

    @Test
    void without_a_compiler_and_without_a_distribution_it_says_what_to_install() throws Exception {
        Files.delete(javac);
        Command.Ended ended = launch(Map.of("PATH", toolsWithoutJava(), "JAVA_HOME", ""), "serve");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err().lines()).hasSize(1);
        assertThat(ended.err()).contains("apt install openjdk-17-jdk-headless");
    }

    @Test
    void whoever_wants_no_build_gets_what_was_built_before() throws Exception {
        launch("serve");
        later(Files.writeString(source, "class Rule { int limit; }"));
        assertThat(launch(Map.of("SKILL_RUNNER_BUILD", "off"), "serve").all()).isEqualTo("0\n\n");
    }

    @Test
    void a_build_that_fails_shows_its_errors_and_names_its_log() throws Exception {
        Files.createFile(home.resolve("broken"));
        Command.Ended ended = launch("serve");
        assertThat(ended.code()).isEqualTo(1);
        assertThat(ended.err()).contains("Rule.java:[3,1] class expected").contains("distribution-build.log");
    }

    @Test
    void two_launchers_at_once_build_once() throws Exception {
        Path hold = Files.createFile(home.resolve("hold"));
        CompletableFuture<Command.Ended> first = CompletableFuture.supplyAsync(() -> launched("serve"));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(home.resolve("builds")));
        Path said = home.resolve("said");
        Process second = new ProcessBuilder(
                        home.resolve("scripts/build-distribution").toString(),
                        home.resolve("jdk/bin/java").toString(),
                        "serve")
                .redirectErrorStream(true)
                .redirectOutput(said.toFile())
                .start();
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.readString(said).contains("waiting"));
        Files.delete(hold);
        assertThat(second.waitFor()).isZero();
        assertThat(first.join().code()).isZero();
        assertThat(builds()).hasSize(1);
    }

    private Command.Ended launched(String command) {
        try {
            return launch(command);
        } catch (IOException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private Command.Ended launch(String command) throws IOException, InterruptedException {
        return launch(Map.of(), command);
    }

    private Command.Ended launch(Map<String, String> settings, String command)
            throws IOException, InterruptedException {
        return Command.run(
                home.resolve("scripts/build-distribution"),
                settings,
                home.resolve("jdk/bin/java").toString(),
                command);
    }

    private List<String> builds() throws IOException {
        return Files.readAllLines(home.resolve("builds"));
    }

    /** Without waiting for a clock that may be coarse. */
    private static void later(Path file) throws IOException {
        Files.setLastModifiedTime(file, FileTime.from(Instant.now().plusSeconds(10)));
    }

    private String toolsWithoutJava() throws IOException {
        Path tools = Files.createDirectories(home.resolve("tools"));
        for (String tool :
                List.of("sh", "dirname", "find", "head", "cat", "cksum", "sort", "touch", "mkdir", "flock", "date")) {
            Path found = Path.of("/usr/bin").resolve(tool);
            Files.createSymbolicLink(
                    tools.resolve(tool),
                    Files.exists(found) ? found : Path.of("/bin").resolve(tool));
        }
        return tools.toString();
    }

    private static Path program(Path path, String script) throws IOException {
        Files.createDirectories(path.getParent());
        Files.writeString(path, script);
        return Files.setPosixFilePermissions(path, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
