package skillrunner.process.probe;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ModelListCommand;
import skillrunner.application.engine.SessionExport;
import skillrunner.application.model.ModelLists.Answer;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.domain.model.ModelEntry;
import skillrunner.domain.output.EngineEvent;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.testkit.engine.TestEngineCli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** What CLIs say of themselves. */
class ProbesTest {
    private static final EngineId ENGINE = EngineId.CODEX;

    @TempDir
    Path folder;

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "echo codex-cli 0.89.0; 0.89.0",
                "echo 0.30.0-preview.2; 0.30.0",
                "echo 1.18.33 >&2; 1.18.33",
                "echo node 20.1.0 >&2, echo 0.5.14; 0.5.14"
            })
    void the_first_numbers_are_the_version(String shell, String version) throws IOException {
        program(shell.replace(",", ";"));

        assertThat(versions().ask(ENGINE).map(VersionStatement::version))
                .map(CliVersion::text)
                .hasValue(version);
    }

    @ParameterizedTest
    @CsvSource({"echo dev-build", "echo v24", "'echo 1.2.3; exit 1'", "'kill -9 $$'"})
    void else_there_is_none(String shell) throws IOException {
        program(shell);

        assertThat(versions().ask(ENGINE)).isEmpty();
    }

    @Test
    void what_is_no_program_has_no_version() throws IOException {
        Path file = folder.resolve("npm/bin/codex");
        Files.createDirectories(file.getParent());
        Files.write(file, new byte[] {1, 2, 3});
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));

        assertThat(versions().ask(ENGINE)).isEmpty();
    }

    @Test
    void who_is_asked_is_told_apart_by_its_file() throws IOException {
        assertThat(versions().identity(ENGINE)).isEmpty();
        program("echo 1.0");
        Optional<String> first = versions().identity(ENGINE);
        program("echo 1.0.0");

        assertThat(first).isPresent();
        assertThat(versions().identity(ENGINE)).isPresent().isNotEqualTo(first);
    }

    @Test
    void a_session_is_told_by_the_cli() throws IOException {
        program("echo \"$* $SKILL_RUNNER_ATTEMPT\"");
        String told = sessions(Duration.ofMinutes(1))
                .ask(ENGINE, new Told(), "s-1", "run.2")
                .orElseThrow();

        assertThat(told).startsWith("tell s-1 run.2");
    }

    @Test
    void who_can_not_tell_a_session_tells_nothing() throws IOException {
        assertThat(sessions(Duration.ofMinutes(1)).ask(ENGINE, new Told(), "s-1", "run.2"))
                .isEmpty();

        program("echo begun; exit 3");
        assertThat(sessions(Duration.ofMinutes(1)).ask(ENGINE, new Told(), "s-1", "run.2"))
                .isEmpty();

        program("echo begun; sleep 1000");
        assertThat(sessions(Duration.ofMillis(300)).ask(ENGINE, new Told(), "s-1", "run.2"))
                .isEmpty();
    }

    private SessionProbe sessions(Duration limit) {
        return new SessionProbe(engines(), binaries(), limit);
    }

    private static final class Told implements SessionExport {
        @Override
        public List<String> arguments(String session) {
            return List.of("tell", session);
        }

        @Override
        public void read(String stdout, String session, Instant since, Consumer<? super EngineEvent> events) {
            throw new UnsupportedOperationException("who asks reads it");
        }
    }

    @Test
    void models_are_listed_by_the_cli() throws IOException {
        program("echo \"$*\"");

        assertThat(models(Duration.ofMinutes(1)).ask(ENGINE, new Words()))
                .isEqualTo(new Answer.Listed(List.of(ModelEntry.named("list models", "x", List.of()))));
    }

    @Test
    void who_does_not_list_them_is_quoted() throws IOException {
        assertThat(models(Duration.ofMinutes(1)).ask(ENGINE, new Words()))
                .isEqualTo(new Answer.Failed("CLI not found"));

        program("printf 'not\\n signed in' >&2; exit 3");
        assertThat(models(Duration.ofMinutes(1)).ask(ENGINE, new Words()))
                .isEqualTo(new Answer.Failed("exited with code 3: not signed in"));

        program("sleep 1000");
        assertThat(models(Duration.ofSeconds(1)).ask(ENGINE, new Words()))
                .isEqualTo(new Answer.Failed("timed out after 1s"));
    }

    @Test
    void who_was_left_behind_by_a_killed_server_is_found_and_ended() throws Exception {
        Path pid = folder.resolve("pid");
        program("echo $$ >" + pid + "; trap '' INT TERM; while :; do sleep 1000; done");
        CompletableFuture<Optional<VersionStatement>> asked =
                CompletableFuture.supplyAsync(() -> versions().ask(ENGINE));
        await().atMost(Duration.ofMinutes(1))
                .until(() -> Files.exists(pid) && !Files.readString(pid).isBlank());

        assertThat(new MarkedProcesses().end("probes-" + folder)).isZero();

        assertThat(ProcessHandle.of(Long.parseLong(Files.readString(pid).strip()))
                        .filter(ProcessHandle::isAlive))
                .isEmpty();
        assertThat(asked.join()).isEmpty();
    }

    private VersionProbe versions() {
        return new VersionProbe(engines(), binaries(), "probes-" + folder);
    }

    private ModelProbe models(Duration limit) {
        return new ModelProbe(engines(), binaries(), "probes-" + folder, limit);
    }

    private static Engines engines() {
        return new Engines(List.of(new TestEngineCli(ENGINE)), List.of(), Optional.empty());
    }

    private InstalledBinaries binaries() {
        return new InstalledBinaries(folder.resolve("npm"), folder.resolve("home"), Map.of("PATH", "/usr/bin:/bin"));
    }

    private void program(String shell) throws IOException {
        Path file = folder.resolve("npm/bin/codex");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n" + shell + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    /** One model for all that was written. */
    private record Words() implements ModelListCommand {
        @Override
        public List<String> arguments() {
            return List.of("list", "models");
        }

        @Override
        public List<ModelEntry> parse(String stdout) {
            return List.of(ModelEntry.named(stdout.strip(), "x", List.of()));
        }
    }
}
