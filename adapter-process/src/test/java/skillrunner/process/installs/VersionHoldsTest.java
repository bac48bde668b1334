package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;
import skillrunner.files.FileTrees;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.TestEngineCli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What is chosen stays, whatever is installed meanwhile. */
class VersionHoldsTest {
    private static final EngineId ENGINE = EngineId.CODEX;

    @TempDir
    Path folder;

    private final EngineCli cli = new TestEngineCli(ENGINE);
    private Path prefix;
    private ScriptedNpm npm;
    private InstalledBinaries binaries;
    private CliInstaller installer;

    @BeforeEach
    void prepare() {
        prefix = folder.resolve("agent cache/npm");
        npm = ScriptedNpm.install(folder.resolve("path"));
        binaries = new InstalledBinaries(
                prefix, folder.resolve("home"), Map.of("PATH", folder.resolve("path") + ":/usr/bin:/bin"));
        installer = new CliInstaller(
                new InstallSettings(prefix, folder.resolve("user"), Map.of(), Duration.ofMinutes(1)),
                binaries,
                Clock.systemUTC());
    }

    @Test
    void what_was_chosen_and_not_started_yet_stays_until_it_is_released() {
        install("0.1.0");
        String chosen = hold("run.1");

        install("0.2.0");
        install("0.3.0");
        install("0.4.0");

        assertThat(answer(chosen)).isEqualTo("codex-cli 0.1.0\n");
        binaries.release("run.1");
        install("0.5.0");
        assertThat(Path.of(chosen)).doesNotExist();
    }

    @Test
    void the_same_version_once_more_takes_nothing_from_who_holds_it() {
        install("0.1.0");
        String chosen = hold("run.1");

        install("0.1.0");
        install("0.1.0");

        assertThat(answer(chosen)).isEqualTo("codex-cli 0.1.0\n");
        assertThat(hold("run.2")).isNotEqualTo(chosen);
    }

    @Test
    void who_chooses_again_lets_go_of_the_first_choice() {
        install("0.1.0");
        String first = hold("run.1");
        install("0.2.0");
        String second = hold("run.1");

        install("0.3.0");
        install("0.4.0");

        assertThat(Path.of(first)).doesNotExist();
        assertThat(answer(second)).isEqualTo("codex-cli 0.2.0\n");
    }

    @Test
    void the_hold_of_a_server_that_is_gone_counts_only_as_long_as_its_program_runs() throws IOException {
        npm.installs(ENGINE, "[ \"$1\" = --version ] && { echo codex-cli 0.1.0; exit; }; sleep 1000; :");
        installer.install(cli, BoundedCommand::run);
        String chosen = hold("run.1");
        Files.delete(npm.control().resolve("codex.program"));
        ownedByNobody("run.1");
        Process process = new ProcessBuilder(chosen, "exec").start();
        try {
            install("0.2.0");
            install("0.3.0");
            assertThat(Path.of(chosen)).exists();
            assertThat(holdFiles()).hasSize(1);
        } finally {
            process.descendants().forEach(ProcessHandle::destroyForcibly);
            process.destroyForcibly().onExit().join();
        }

        install("0.4.0");

        assertThat(Path.of(chosen)).doesNotExist();
        assertThat(holdFiles()).isEmpty();
    }

    @Test
    void a_hold_that_was_never_written_to_its_end_holds_nothing() throws IOException {
        install("0.1.0");
        hold("run.1");
        Path file = prefix.resolve("versions/holds/run.1");
        String whole = Files.readString(file);
        Files.writeString(file, whole.substring(0, whole.length() / 3));
        Files.writeString(file.resolveSibling("run.2"), "pid=none\nprogram=\u0000\nreal=/\nstarted=\\u12");

        install("0.2.0");

        assertThat(holdFiles()).isEmpty();
    }

    @Test
    @Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void whatever_is_planted_among_the_records_holds_up_no_run_and_no_upgrade() throws Exception {
        install("0.1.0");
        Path versions = prefix.resolve("versions");
        Path holds = Files.createDirectories(versions.resolve("holds"));
        Files.deleteIfExists(versions.resolve("gate"));
        mkfifo(versions.resolve("gate"));
        Files.deleteIfExists(versions.resolve("lock"));
        mkfifo(versions.resolve("lock"));
        mkfifo(holds.resolve("pipe"));
        Files.createSymbolicLink(holds.resolve("endless"), Path.of("/dev/zero"));
        Files.createDirectories(holds.resolve("folder/inside"));
        Path planted = Files.createDirectories(versions.resolve("codex/planted"));
        mkfifo(planted.resolve("install.properties"));

        install("0.2.0");
        assertThat(answer(hold("run.1"))).isEqualTo("codex-cli 0.2.0\n");

        Files.delete(versions.resolve("gate"));
        Files.createDirectories(versions.resolve("gate/inside"));
        Files.delete(versions.resolve("lock"));
        Files.createSymbolicLink(versions.resolve("lock"), Path.of("lock"));
        install("0.3.0");
        assertThat(answer(hold("run.2"))).isEqualTo("codex-cli 0.3.0\n");
        binaries.release("run.1");
        binaries.release("run.2");
        assertThat(holdFiles()).isEmpty();

        Files.delete(holds);
        mkfifo(holds);
        install("0.4.0");
        assertThat(answer(hold("run.3"))).isEqualTo("codex-cli 0.4.0\n");

        FileTrees.remove(versions);
        mkfifo(versions);
        install("0.5.0");
        assertThat(answer(hold("run.4"))).isEqualTo("codex-cli 0.5.0\n");
    }

    private static void mkfifo(Path pipe) throws Exception {
        assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor())
                .isZero();
    }

    @Test
    void a_package_that_npm_put_into_the_prefix_itself_stays_for_who_holds_it() throws IOException {
        Path old = Files.createDirectories(prefix.resolve("lib/node_modules/@test/codex/bin"))
                .resolve("codex.js");
        program(old, "echo codex-cli 0.0.1");
        Files.createDirectories(prefix.resolve("bin"));
        Files.createSymbolicLink(prefix.resolve("bin/codex"), Path.of("../lib/node_modules/@test/codex/bin/codex.js"));
        hold("run.1");

        install("0.2.0");
        install("0.3.0");
        install("0.4.0");

        assertThat(answer(old.toString())).isEqualTo("codex-cli 0.0.1\n");
        binaries.release("run.1");
        install("0.5.0");
        assertThat(prefix.resolve("lib/node_modules/@test/codex")).doesNotExist();
    }

    @Test
    void what_is_not_ours_is_found_but_not_held() throws IOException {
        program(Files.createDirectories(folder.resolve("path")).resolve("codex"), "echo codex-cli 0.9.0");

        assertThat(hold("run.1")).isEqualTo(folder.resolve("path/codex").toString());
        assertThat(prefix).doesNotExist();
        binaries.release("run.1");
    }

    @Test
    void the_name_of_a_holder_can_not_be_a_path() {
        install("0.1.0");

        assertThatThrownBy(() -> hold("../lock")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> binaries.release(".hidden")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void upgrades_in_a_loop_take_the_program_from_no_run_that_starts() throws Exception {
        install("0.1.0");
        AtomicBoolean over = new AtomicBoolean();
        ExecutorService threads = Executors.newFixedThreadPool(5);
        try {
            List<CompletableFuture<List<String>>> runs = new ArrayList<>();
            for (int thread = 0; thread < 4; thread++) {
                int number = thread;
                runs.add(CompletableFuture.supplyAsync(() -> startingRuns(number, over), threads));
            }
            for (int upgrade = 0; upgrade < 20; upgrade++) {
                // Every other one is the version in place once more.
                install("0.1." + upgrade / 2);
            }
            over.set(true);
            for (CompletableFuture<List<String>> ended : runs) {
                assertThat(ended.join()).hasSizeGreaterThanOrEqualTo(10).allMatch(said -> said.startsWith("codex-cli"));
            }
        } finally {
            over.set(true);
            threads.shutdownNow();
        }
        install("0.2.0");
        install("0.3.0");
        try (Stream<Path> left = Files.list(prefix.resolve("versions/codex"))) {
            assertThat(left).hasSize(2);
        }
    }

    /** Chooses, dawdles while upgrades pass by, starts and ends, again and again. */
    private List<String> startingRuns(int thread, AtomicBoolean over) {
        List<String> said = new ArrayList<>();
        while (!over.get() || said.size() < 10) {
            String holder = "run-" + thread + "-" + said.size() + ".1";
            String program = hold(holder);
            String dawdling = BoundedCommand.of(
                            List.of("/bin/sh", "-c", "sleep 0.05; exec \"$1\" --version", "sh", program),
                            Map.of("PATH", "/usr/bin:/bin"),
                            Duration.ofMinutes(1))
                    .run()
                    .output();
            binaries.release(holder);
            said.add(dawdling);
        }
        return said;
    }

    private String hold(String holder) {
        return binaries.hold(cli.binaryNames(), holder).orElseThrow();
    }

    private void install(String version) {
        npm.publishes(ENGINE, version);
        Optional<String> error = installer.install(cli, BoundedCommand::run).error();
        assertThat(error).isEmpty();
    }

    private void ownedByNobody(String holder) throws IOException {
        Path file = prefix.resolve("versions/holds").resolve(holder);
        Files.writeString(file, Files.readString(file).replaceAll("(?m)^started=.*$", "started=before"));
    }

    private List<Path> holdFiles() {
        try (Stream<Path> files = Files.list(prefix.resolve("versions/holds"))) {
            return files.toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String answer(String program) {
        return BoundedCommand.of(List.of(program, "--version"), Map.of("PATH", "/usr/bin:/bin"), Duration.ofMinutes(1))
                .run()
                .stdout();
    }

    private static void program(Path file, String shell) throws IOException {
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }
}
