package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.InstalledVersions.Rollback;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.TestEngineCli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** Versions of CLIs side by side, with a scripted npm. */
class CliInstallerTest {
    private static final EngineId ENGINE = EngineId.CODEX;

    @TempDir
    Path folder;

    private final EngineCli cli = new TestEngineCli(ENGINE);
    private Path prefix;
    private ScriptedNpm npm;
    private InstalledBinaries binaries;

    @BeforeEach
    void prepare() throws IOException {
        prefix = folder.resolve("agent cache/npm");
        npm = ScriptedNpm.install(folder.resolve("path"));
        binaries = binaries(Map.of());
    }

    @Test
    void a_first_version_becomes_current() {
        npm.publishes(ENGINE, "0.89.0");

        Installation installation = installer().install(cli, BoundedCommand::run);

        assertThat(installation.error()).isEmpty();
        assertThat(installation.code()).isZero();
        assertThat(installation.version()).contains("0.89.0");
        assertThat(answer()).isEqualTo("codex-cli 0.89.0\n");
        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.NoEarlierVersion());
    }

    @Test
    void the_version_before_is_kept_and_can_be_gone_back_to_but_older_ones_are_removed() {
        install("1.0.0");
        install("2.0.0");
        install("3.0.0");

        assertThat(answer()).isEqualTo("codex-cli 3.0.0\n");
        assertThat(installer().list(cli))
                .extracting(InstalledVersion::version, InstalledVersion::current, InstalledVersion::previous)
                .containsExactly(tuple("3.0.0", true, false), tuple("2.0.0", false, true));

        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Done("2.0.0"));

        assertThat(answer()).isEqualTo("codex-cli 2.0.0\n");
        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.NoEarlierVersion());
    }

    @Test
    void the_same_version_once_more_is_a_repair_and_the_way_back_stays() {
        install("1.0.0");
        install("2.0.0");
        install("2.0.0");

        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Done("1.0.0"));
    }

    @Test
    void an_upgrade_after_a_rollback_leads_back_to_what_was_in_use() {
        install("1.0.0");
        install("2.0.0");
        installer().rollBack(cli);
        install("3.0.0");

        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Done("1.0.0"));
    }

    @Test
    void a_failing_npm_leaves_the_version_in_place_and_nothing_behind() {
        install("1.0.0");
        npm.first(ENGINE, "mkdir -p \"$prefix/bin\"; echo out; echo E404 >&2; exit 7");

        Installation installation = installer().install(cli, BoundedCommand::run);

        assertThat(installation.code()).isEqualTo(7);
        assertThat(installation.error()).contains("Upgrade command exited with code 7");
        assertThat(answer()).isEqualTo("codex-cli 1.0.0\n");
        assertThat(versionFolders()).hasSize(1);
    }

    @Test
    void a_version_that_does_not_answer_never_becomes_current() {
        install("1.0.0");
        npm.installs(ENGINE, "echo broken; exit 1");

        Installation installation = installer().install(cli, BoundedCommand::run);

        assertThat(installation.error())
                .contains(
                        "The new version does not answer --version: it ended with code 1, saying \"broken\"; the one before it"
                                + " stays current");
        assertThat(answer()).isEqualTo("codex-cli 1.0.0\n");
        assertThat(versionFolders()).hasSize(1);
    }

    @Test
    void an_npm_that_takes_too_long_is_ended_with_all_its_children() throws IOException {
        Path pid = npm.control().resolve("pid");
        npm.first(ENGINE, "setsid sh -c 'echo $$ >" + pid + "; exec sleep 1000' & sleep 1000");

        Installation installation = installer(Duration.ofSeconds(1)).install(cli, BoundedCommand::run);

        assertThat(installation.error()).contains("Upgrade command timed out after 1 seconds and was ended");
        long child = Long.parseLong(Files.readString(pid).strip());
        await().atMost(Duration.ofMinutes(1))
                .until(() ->
                        ProcessHandle.of(child).filter(ProcessHandle::isAlive).isEmpty());
    }

    @Test
    void without_npm_nothing_is_started() throws IOException {
        Files.delete(folder.resolve("path/npm"));
        binaries = new InstalledBinaries(
                prefix,
                folder.resolve("home"),
                Map.of("PATH", folder.resolve("path").toString()));

        Installation installation = installer().install(cli, BoundedCommand::run);

        assertThat(installation.code()).isEqualTo(127);
        assertThat(installation.started()).isFalse();
        assertThat(installation.error()).contains("npm was not found on the search path; install Node.js with npm");
    }

    @Test
    void a_cli_that_was_put_there_by_other_means_can_be_gone_back_to() throws IOException {
        Path old = Files.createDirectories(prefix.resolve("lib/node_modules/@test/codex/bin"))
                .resolve("codex.js");
        program(old, "echo codex-cli 0.1.0");
        Files.createDirectories(prefix.resolve("bin"));
        Files.createSymbolicLink(prefix.resolve("bin/codex"), Path.of("../lib/node_modules/@test/codex/bin/codex.js"));

        install("2.0.0");
        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Done("0.1.0"));
        assertThat(answer()).isEqualTo("codex-cli 0.1.0\n");

        install("3.0.0");
        install("4.0.0");

        assertThat(prefix.resolve("lib/node_modules/@test/codex")).doesNotExist();
        assertThat(answer()).isEqualTo("codex-cli 4.0.0\n");
    }

    @Test
    void a_plain_program_in_the_prefix_can_be_gone_back_to_as_well() throws IOException {
        program(Files.createDirectories(prefix.resolve("bin")).resolve("codex"), "echo codex-cli 0.1.0");

        install("2.0.0");

        assertThat(answer()).isEqualTo("codex-cli 2.0.0\n");
        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Done("0.1.0"));
        assertThat(answer()).isEqualTo("codex-cli 0.1.0\n");
    }

    @Test
    void a_version_that_somebody_runs_is_not_removed() throws IOException {
        npm.installs(ENGINE, "[ \"$1\" = --version ] && { echo codex-cli 1.0.0; exit; }; sleep 1000; :");
        installer().install(cli, BoundedCommand::run);
        String running = binaries.find(cli.binaryNames()).orElseThrow();
        Process process = new ProcessBuilder(running, "exec").start();
        try {
            Files.delete(npm.control().resolve("codex.program"));
            install("2.0.0");
            install("3.0.0");

            assertThat(Path.of(running)).exists();
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly();
        }
        await().atMost(Duration.ofMinutes(1)).until(() -> !process.isAlive());

        install("4.0.0");

        assertThat(Path.of(running)).doesNotExist();
    }

    @Test
    void what_is_started_is_the_version_not_the_link() {
        install("1.0.0");
        String started = binaries.find(cli.binaryNames()).orElseThrow();

        install("2.0.0");

        assertThat(run(started)).isEqualTo("codex-cli 1.0.0\n");
        assertThat(binaries.locate(cli.binaryNames()).managed())
                .contains(prefix.resolve("bin/codex").toString());
    }

    @Test
    void the_prefix_is_ours_whatever_the_environment_says() {
        binaries = binaries(Map.of(
                "npm_config_prefix",
                "/prefix-of-the-environment",
                "NPM_CONFIG_PREFIX",
                "/prefix-of-the-environment",
                "npm_config_registry",
                "http://r"));

        install("1.0.0");

        assertThat(answer()).isEqualTo("codex-cli 1.0.0\n");
        assertThat(npm.lastCall())
                .doesNotContain("/prefix-of-the-environment")
                .contains("npm_config_registry=http://r")
                .contains("NPM_CONFIG_PREFIX=" + prefix);
    }

    @Test
    void who_comes_second_is_turned_away() {
        Path started = npm.control().resolve("started");
        Path go = npm.control().resolve("go");
        npm.first(ENGINE, ": >" + started + "; while [ ! -e " + go + " ]; do sleep 0.05; done");
        CompletableFuture<Installation> first =
                CompletableFuture.supplyAsync(() -> installer().install(cli, BoundedCommand::run));
        await().atMost(Duration.ofMinutes(1)).until(() -> Files.exists(started));

        assertThat(installer().install(cli, BoundedCommand::run).error())
                .contains("Another installation is running in this npm prefix");
        assertThat(installer().rollBack(cli)).isEqualTo(new Rollback.Busy());

        touch(go);
        assertThat(first.join().succeeded()).isTrue();
    }

    @Test
    void what_a_killed_installation_left_is_removed_by_the_next() throws IOException {
        install("1.0.0");
        Path half = Files.createDirectories(prefix.resolve("versions/codex/20200101T000000Z-1/bin"));
        program(half.resolve("codex"), "echo half");

        install("2.0.0");

        assertThat(half).doesNotExist();
        assertThat(versionFolders()).hasSize(2);
    }

    @Test
    void npm_that_installs_nothing_fails_unless_a_version_in_place_answers() throws IOException {
        npm.first(ENGINE, "exit 0");

        assertThat(installer().install(cli, BoundedCommand::run).error())
                .contains("npm installed no program named codex with the package @test/codex");

        program(Files.createDirectories(prefix.resolve("bin")).resolve("codex"), "echo codex-cli 0.1.0");
        Installation unchanged = installer().install(cli, BoundedCommand::run);

        assertThat(unchanged.version()).contains("0.1.0");
        assertThat(unchanged.remark()).isPresent();
    }

    @Test
    void another_package_can_be_named() {
        InstallSettings settings = new InstallSettings(
                prefix, folder.resolve("user"), Map.of(ENGINE, "@mirror/codex@1.2.3"), Duration.ofMinutes(1));

        new CliInstaller(settings, binaries, Clock.systemUTC()).install(cli, BoundedCommand::run);

        assertThat(npm.lastCall()).contains("\n@mirror/codex@1.2.3\n").contains("HOME=" + folder.resolve("user"));
    }

    private void install(String version) {
        npm.publishes(ENGINE, version);
        assertThat(installer().install(cli, BoundedCommand::run).error()).isEmpty();
    }

    private CliInstaller installer() {
        return installer(Duration.ofMinutes(1));
    }

    private CliInstaller installer(Duration limit) {
        return new CliInstaller(
                new InstallSettings(prefix, folder.resolve("user"), Map.of(), limit), binaries, Clock.systemUTC());
    }

    private InstalledBinaries binaries(Map<String, String> more) {
        Map<String, String> environment = new HashMap<>(more);
        environment.put("PATH", folder.resolve("path") + ":/usr/bin:/bin");
        return new InstalledBinaries(prefix, folder.resolve("home"), environment);
    }

    private String answer() {
        return run(prefix.resolve("bin/codex").toString());
    }

    private static String run(String program) {
        return BoundedCommand.of(List.of(program, "--version"), Map.of("PATH", "/usr/bin:/bin"), Duration.ofMinutes(1))
                .run()
                .stdout();
    }

    private List<Path> versionFolders() {
        try (Stream<Path> folders = Files.list(prefix.resolve("versions/codex"))) {
            return folders.filter(path -> Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void program(Path file, String shell) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    private static void touch(Path file) {
        try {
            Files.createFile(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
