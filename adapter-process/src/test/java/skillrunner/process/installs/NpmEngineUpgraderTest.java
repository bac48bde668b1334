package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.Engines;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.domain.engine.EngineId;
import skillrunner.process.binaries.InstalledBinaries;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.TestEngineCli;
import skillrunner.testkit.upgrade.EngineUpgraderContract;

/** Upgrades by a scripted npm. */
class NpmEngineUpgraderTest extends EngineUpgraderContract {
    @TempDir
    private Path folder;

    @Override
    protected Machine newMachine() {
        Path prefix = folder.resolve("npm");
        ScriptedNpm npm = ScriptedNpm.install(folder.resolve("path"));
        npm.publishes(EngineId.CODEX, "0.1.0");
        InstalledBinaries binaries = new InstalledBinaries(
                prefix, folder.resolve("home"), Map.of("PATH", folder.resolve("path") + ":/usr/bin:/bin"));
        CliInstaller installer = new CliInstaller(
                new InstallSettings(prefix, folder.resolve("user"), Map.of(), Duration.ofMinutes(1)),
                binaries,
                Clock.systemUTC());
        Path temporary = folder.resolve("temporary");
        try {
            Files.createDirectories(temporary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Engines engines = new Engines(List.of(new TestEngineCli(EngineId.CODEX)), List.of(), Optional.empty());
        NpmEngineUpgrader upgrader = new NpmEngineUpgrader(engines, installer, temporary, Clock.systemUTC());
        Path go = folder.resolve("go");
        return new Machine() {
            @Override
            public EngineUpgrader upgrader() {
                return upgrader;
            }

            @Override
            public void succeeds() {
                npm.first(EngineId.CODEX, "echo done");
            }

            @Override
            public void fails() {
                npm.first(EngineId.CODEX, "echo E404 >&2; exit 1");
            }

            @Override
            public void works() {
                npm.first(EngineId.CODEX, "echo " + BEGUN + "; until [ -e '" + go + "' ]; do sleep 0.05; done");
            }

            @Override
            public void release() {
                try {
                    Files.writeString(go, "");
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
        };
    }
}
