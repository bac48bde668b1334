package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.process.command.BoundedCommand;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.EngineBinariesContract;
import skillrunner.testkit.engine.TestEngineCli;

import static org.assertj.core.api.Assertions.assertThat;

/** Programs that a scripted npm installs, version by version. */
class InstalledBinariesContractTest extends EngineBinariesContract {
    @TempDir
    private Path folder;

    @Override
    protected Machine emptyMachine() {
        Path prefix = folder.resolve("npm");
        ScriptedNpm npm = ScriptedNpm.install(folder.resolve("path"));
        InstalledBinaries binaries = new InstalledBinaries(
                prefix, folder.resolve("home"), Map.of("PATH", folder.resolve("path") + ":/usr/bin:/bin"));
        CliInstaller installer = new CliInstaller(
                new InstallSettings(prefix, folder.resolve("user"), Map.of(), Duration.ofMinutes(1)),
                binaries,
                Clock.systemUTC());
        return new Machine() {
            private int installed;

            @Override
            public EngineBinaries binaries() {
                return binaries;
            }

            @Override
            public void installNext() {
                installed++;
                npm.publishes(EngineId.CODEX, "0." + installed + ".0");
                assertThat(installer
                                .install(new TestEngineCli(EngineId.CODEX), BoundedCommand::run)
                                .error())
                        .isEmpty();
            }

            @Override
            public void uninstall() {
                try {
                    Files.delete(prefix.resolve("bin/codex"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }

            @Override
            public boolean exists(String program) {
                return Files.isExecutable(Path.of(program));
            }
        };
    }
}
