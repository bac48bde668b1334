package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.Engines;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.application.upgrade.UpgradeOutput;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeText;
import skillrunner.process.command.Tail;

/** Upgrades engines with npm. What npm writes goes to files that can be read while it works. */
public final class NpmEngineUpgrader implements EngineUpgrader {
    private final Engines engines;
    private final CliInstaller installer;
    private final Path temporary;
    private final Clock clock;
    private @Nullable Work work;
    private boolean stopped;

    /** An upgrade that is at work. */
    private record Work(EngineId engine, Path stdout, Path stderr, Instant startedAt) {}

    public NpmEngineUpgrader(Engines engines, CliInstaller installer, Path temporary, Clock clock) {
        this.engines = Objects.requireNonNull(engines);
        this.installer = Objects.requireNonNull(installer);
        this.temporary = Objects.requireNonNull(temporary);
        this.clock = Objects.requireNonNull(clock);
    }

    @Override
    public EngineUpgradeResult upgrade(UpgradeId task, EngineId engine) {
        Optional<EngineCli> cli = engines.cli(engine);
        if (cli.isEmpty()) {
            return EngineUpgradeResult.failed(
                    "", "", "Nothing is known about how to install this engine", Optional.empty());
        }
        Work begun = new Work(
                engine,
                temporary.resolve("upgrade-" + task + "-" + engine + ".stdout"),
                temporary.resolve("upgrade-" + task + "-" + engine + ".stderr"),
                clock.instant());
        synchronized (this) {
            if (stopped) {
                return EngineUpgradeResult.failed("", "", "The server is stopping", Optional.empty());
            }
            work = begun;
        }
        try {
            return result(installer.install(cli.get(), npm -> npm.run(begun.stdout(), begun.stderr())), begun);
        } finally {
            synchronized (this) {
                work = null;
            }
            delete(begun.stdout());
            delete(begun.stderr());
        }
    }

    @Override
    public Optional<UpgradeOutput> running() {
        @Nullable Work now;
        synchronized (this) {
            now = work;
        }
        return now == null
                ? Optional.empty()
                : Optional.of(new UpgradeOutput(now.engine(), tail(now.stdout()), tail(now.stderr()), now.startedAt()));
    }

    /** {@inheritDoc} One task is at work at a time, so whatever is left of any is left of this one. */
    @Override
    public void endLeftovers(UpgradeId task) {
        engines.clis().forEach(cli -> installer.endLeftovers(cli.engine()));
    }

    @Override
    public void cancel() {
        @Nullable Work now;
        synchronized (this) {
            stopped = true;
            now = work;
        }
        if (now != null) {
            installer.end(now.engine());
        }
    }

    private static EngineUpgradeResult result(Installation installation, Work work) {
        String stdout = installation.started() ? tail(work.stdout()) : "";
        String stderr = installation.started() ? tail(work.stderr()) : "";
        String remarked =
                stderr + installation.remark().map(remark -> remark + "\n").orElse("");
        return installation
                .error()
                .map(error -> EngineUpgradeResult.failed(stdout, remarked, error, Optional.empty()))
                .orElseGet(() -> EngineUpgradeResult.succeeded(stdout, remarked, installation.version()));
    }

    private static String tail(Path file) {
        return Tail.of(file, UpgradeText.MOST_BYTES);
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
