package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledPackage;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionStatement;
import skillrunner.domain.engine.VersionSuccession;
import skillrunner.process.command.BoundedCommand;
import skillrunner.process.launch.MarkedProcesses;

/**
 * Installs CLIs with npm. A new version is installed beside the others, has to answer {@code --version}, and only then
 * becomes current; the one before it is kept, older ones are removed unless somebody holds or runs them. Safe for concurrent
 * use, also by several processes: one installation at a time, the others are turned away.
 */
public final class CliInstaller {
    private static final Logger LOG = LoggerFactory.getLogger(CliInstaller.class);
    private static final int FAILED = 1;
    private static final int NOT_FOUND = 127;
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);
    private static final String BUSY = "Another installation is running in this npm prefix";

    private final InstallSettings settings;
    private final Npm npm;
    private final InstallLayout layout;
    private final VersionStore versions;
    private final VersionHolds holds;
    private final EngineBinaries binaries;
    private final Clock clock;

    public CliInstaller(InstallSettings settings, EngineBinaries binaries, Clock clock) {
        this.settings = Objects.requireNonNull(settings);
        this.layout = new InstallLayout(settings.npmPrefix());
        this.versions = new VersionStore(layout);
        this.holds = new VersionHolds(layout);
        this.binaries = Objects.requireNonNull(binaries);
        this.npm = new Npm(settings, binaries);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Installs the newest version of a CLI and makes it current. Blocks until npm has ended.
     *
     * @param cli the CLI
     * @param running runs npm; decides where npm's output goes
     * @return how it ended
     */
    public Installation install(EngineCli cli, Function<BoundedCommand, BoundedCommand.Outcome> running) {
        Optional<String> program = npm.program();
        if (program.isEmpty()) {
            return Installation.notStarted(NOT_FOUND, "npm was not found on the search path; install Node.js with npm");
        }
        try (Held held = new Held(VersionLock.take(layout))) {
            if (held.lock().isEmpty()) {
                return Installation.notStarted(FAILED, BUSY);
            }
            end(cli.engine());
            removeUnused(cli, folder -> VersionFolder.read(folder).isPresent());
            Path folder = versions.create(cli.engine(), clock.instant());
            BoundedCommand command = npm.install(program.get(), cli, folder).marked(marker(cli.engine()));
            return install(cli, program.get(), folder, running.apply(command));
        } catch (IOException e) {
            return Installation.failed(FAILED, "The new version could not be put in its place: " + reason(e));
        }
    }

    /**
     * Goes back to the version that was current before the current one.
     *
     * @param cli the CLI
     * @return what came of it
     * @throws UncheckedIOException if the link could not be replaced; the current version stays
     */
    InstalledVersions.Rollback rollBack(EngineCli cli) {
        try (Held held = new Held(VersionLock.take(layout))) {
            if (held.lock().isEmpty()) {
                return new InstalledVersions.Rollback.Busy();
            }
            Optional<VersionFolder> previous = versions.previous(cli);
            if (previous.isEmpty()) {
                return new InstalledVersions.Rollback.NoEarlierVersion();
            }
            versions.makeCurrent(cli, previous.get());
            return new InstalledVersions.Rollback.Done(previous.get().version());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * Lists the versions of a CLI that are installed side by side.
     *
     * @param cli the CLI
     * @return them, newest first
     */
    List<InstalledVersion> list(EngineCli cli) {
        Optional<String> current = versions.current(cli).map(VersionFolder::name);
        Optional<String> previous = versions.previous(cli).map(VersionFolder::name);
        return versions.list(cli.engine()).stream()
                .map(version -> new InstalledVersion(
                        version.version(),
                        version.installedAt(),
                        current.filter(version.name()::equals).isPresent(),
                        previous.filter(version.name()::equals).isPresent(),
                        version.from()))
                .toList();
    }

    /**
     * Ends what an installation left running whose server was killed. While an installation is at work there is nothing to
     * end: it did so when it began.
     *
     * @param engine the engine it was for
     */
    void endLeftovers(EngineId engine) {
        try (Held held = new Held(VersionLock.take(layout))) {
            if (held.lock().isPresent()) {
                end(engine);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Ends the installation that is at work, with everything it started. */
    void end(EngineId engine) {
        new MarkedProcesses().end(marker(engine));
    }

    private Installation install(EngineCli cli, String npmProgram, Path folder, BoundedCommand.Outcome ended)
            throws IOException {
        Optional<String> failure = failure(ended);
        if (failure.isPresent()) {
            VersionStore.remove(folder);
            return ended.end() == BoundedCommand.End.NOT_STARTED
                    ? Installation.notStarted(FAILED, failure.get())
                    : Installation.failed(ended.code() > 0 ? ended.code() : FAILED, failure.get());
        }
        Optional<Path> program = VersionStore.program(cli, folder);
        if (program.isEmpty()) {
            return nothingInstalled(cli, folder);
        }
        BoundedCommand.Outcome answer = answer(program.get());
        Optional<CliVersion> version = version(cli, answer);
        if (version.isEmpty()) {
            VersionStore.remove(folder);
            boolean another = binaries.locate(cli.binaryNames()).managed().isPresent();
            return Installation.failed(
                    FAILED,
                    "The new version does not answer --version: " + LastWords.of(answer)
                            + (another ? "; the one before it stays current" : ""),
                    answer.stderr());
        }
        Optional<InstalledPackage> from = npm.installed(npmProgram, cli, folder);
        putInPlace(cli, folder, version.get().text(), from);
        return Installation.done(version.get().text(), from);
    }

    private void putInPlace(EngineCli cli, Path folder, String version, Optional<InstalledPackage> from)
            throws IOException {
        Optional<VersionFolder> before = versions.current(cli);
        if (before.isEmpty()) {
            before = adoptable(cli);
        }
        Optional<String> predecessor = VersionSuccession.predecessor(version, before.map(VersionFolder::standing));
        VersionFolder installed = new VersionFolder(folder, version, clock.instant(), predecessor, from);
        installed.write();
        versions.makeCurrent(cli, installed);
        removeUnused(
                cli,
                other -> other.equals(folder)
                        || predecessor
                                .filter(other.getFileName().toString()::equals)
                                .isPresent());
    }

    private Optional<VersionFolder> adoptable(EngineCli cli) throws IOException {
        Optional<Path> program = binaries.locate(cli.binaryNames()).managed().map(Path::of);
        Optional<CliVersion> version = program.flatMap(found -> ask(cli, found));
        return version.isEmpty()
                ? Optional.empty()
                : versions.adopt(cli, version.get().text(), clock.instant());
    }

    private Installation nothingInstalled(EngineCli cli, Path folder) throws IOException {
        boolean wroteNothing;
        try (Stream<Path> content = Files.list(folder)) {
            wroteNothing = content.findAny().isEmpty();
        }
        VersionStore.remove(folder);
        Optional<CliVersion> inPlace =
                binaries.locate(cli.binaryNames()).managed().map(Path::of).flatMap(found -> ask(cli, found));
        if (wroteNothing && inPlace.isPresent()) {
            return Installation.unchanged(
                    inPlace.get().text(), "npm installed nothing anew; the version in place answers and stays current");
        }
        return Installation.failed(
                FAILED,
                "npm installed no program named " + cli.binaryNames().get(0) + " with the package "
                        + settings.packageOf(cli));
    }

    private Optional<String> failure(BoundedCommand.Outcome npm) {
        return switch (npm.end()) {
            case EXITED ->
                npm.code() == 0 ? Optional.empty() : Optional.of("Upgrade command exited with code " + npm.code());
            case TIMED_OUT ->
                Optional.of(
                        "Upgrade command timed out after " + settings.limit().toSeconds() + " seconds and was ended");
            case WROTE_TOO_MUCH -> Optional.of("Upgrade command wrote without end and was ended");
            case NOT_STARTED -> Optional.of("Upgrade command could not be started: " + npm.stderr());
        };
    }

    private Optional<CliVersion> ask(EngineCli cli, Path program) {
        return version(cli, answer(program));
    }

    private BoundedCommand.Outcome answer(Path program) {
        return BoundedCommand.of(
                        List.of(program.toString(), "--version"),
                        binaries.environment(Set.of(), Map.of()),
                        VERSION_LIMIT)
                .run();
    }

    private static Optional<CliVersion> version(EngineCli cli, BoundedCommand.Outcome answer) {
        return answer.succeeded()
                ? VersionStatement.in(answer.stdout(), answer.stderr(), cli.ownNames())
                        .map(VersionStatement::version)
                : Optional.empty();
    }

    /** Who chooses a version while this is at work either finds it gone or is seen to hold it. */
    private void removeUnused(EngineCli cli, Predicate<Path> kept) {
        List<Path> unused;
        try (VersionGate gate = VersionGate.enter(layout)) {
            List<String> running = RunningPrograms.commandLines();
            List<VersionHold> held = holds.counting(running);
            unused = versions.setAside(
                    cli.engine(), places -> kept.test(places.get(0)) || isUsed(places, held, running));
        } catch (IOException | UncheckedIOException | UnavailableException e) {
            LOG.warn("old versions of {} stay where they are: {}", cli.engine(), e.toString());
            return;
        }
        for (Path folder : unused) {
            try {
                VersionStore.remove(folder);
            } catch (IOException e) {
                LOG.warn("an old version of {} could not be removed: {}", cli.engine(), e.toString());
            }
        }
    }

    private static boolean isUsed(List<Path> places, List<VersionHold> held, List<String> running) {
        return places.stream()
                .anyMatch(place -> held.stream().anyMatch(hold -> hold.needs(place))
                        || running.stream().anyMatch(line -> line.contains(place + "/")));
    }

    private String marker(EngineId engine) {
        return "install:" + layout.versions(engine);
    }

    private static String reason(IOException e) {
        String message = e.getMessage();
        return e.getClass().getSimpleName() + (message == null ? "" : ": " + message);
    }

    /** Closes the lock if there is one. */
    private record Held(Optional<VersionLock> lock) implements AutoCloseable {
        @Override
        public void close() {
            lock.ifPresent(VersionLock::close);
        }
    }
}
