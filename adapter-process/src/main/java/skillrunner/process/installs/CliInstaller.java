package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.InstalledVersion;
import skillrunner.application.engine.InstalledVersions;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.VersionSuccession;
import skillrunner.process.command.BoundedCommand;
import skillrunner.process.launch.MarkedProcesses;

/**
 * Installs CLIs with npm. A new version is installed beside the others, has to answer {@code --version}, and only then
 * becomes current; the one before it is kept, older ones are removed unless somebody still runs them. Safe for concurrent
 * use, also by several processes: one installation at a time, the others are turned away.
 */
public final class CliInstaller {
    private static final int FAILED = 1;
    private static final int NOT_FOUND = 127;
    private static final Duration VERSION_LIMIT = Duration.ofSeconds(30);
    private static final String BUSY = "Another installation is running in this npm prefix";

    private final InstallSettings settings;
    private final InstallLayout layout;
    private final VersionStore versions;
    private final EngineBinaries binaries;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param settings how CLIs are installed
     * @param binaries where npm is, and what it may see
     * @param clock tells when
     */
    public CliInstaller(InstallSettings settings, EngineBinaries binaries, Clock clock) {
        this.settings = Objects.requireNonNull(settings);
        this.layout = new InstallLayout(settings.npmPrefix());
        this.versions = new VersionStore(layout);
        this.binaries = Objects.requireNonNull(binaries);
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
        Optional<String> npm = binaries.find(List.of("npm"));
        if (npm.isEmpty()) {
            return Installation.notStarted(NOT_FOUND, "npm was not found on the search path; install Node.js with npm");
        }
        try (Held held = new Held(VersionLock.take(layout))) {
            if (held.lock().isEmpty()) {
                return Installation.notStarted(FAILED, BUSY);
            }
            end(cli.engine());
            removeUnused(cli, folder -> VersionFolder.read(folder).isPresent());
            Path folder = versions.create(cli.engine(), clock.instant());
            return install(cli, folder, running.apply(npm(npm.get(), cli, folder)));
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
                        previous.filter(version.name()::equals).isPresent()))
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

    private Installation install(EngineCli cli, Path folder, BoundedCommand.Outcome npm) throws IOException {
        Optional<String> failure = failure(npm);
        if (failure.isPresent()) {
            VersionStore.remove(folder);
            return npm.end() == BoundedCommand.End.NOT_STARTED
                    ? Installation.notStarted(FAILED, failure.get())
                    : Installation.failed(npm.code() > 0 ? npm.code() : FAILED, failure.get());
        }
        Optional<Path> program = VersionStore.program(cli, folder);
        if (program.isEmpty()) {
            return nothingInstalled(cli, folder);
        }
        Optional<CliVersion> version = ask(program.get());
        if (version.isEmpty()) {
            VersionStore.remove(folder);
            return Installation.failed(
                    FAILED, "The new version does not answer --version, so the one before it stays current");
        }
        putInPlace(cli, folder, version.get().text());
        return Installation.done(version.get().text());
    }

    private void putInPlace(EngineCli cli, Path folder, String version) throws IOException {
        Optional<VersionFolder> before = versions.current(cli);
        if (before.isEmpty()) {
            before = adoptable(cli);
        }
        Optional<String> predecessor = VersionSuccession.predecessor(version, before.map(VersionFolder::standing));
        VersionFolder installed = new VersionFolder(folder, version, clock.instant(), predecessor);
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
        Optional<CliVersion> version = program.flatMap(this::ask);
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
                binaries.locate(cli.binaryNames()).managed().map(Path::of).flatMap(this::ask);
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

    private BoundedCommand npm(String npm, EngineCli cli, Path folder) {
        Map<String, String> set = new HashMap<>();
        set.put("NPM_CONFIG_PREFIX", folder.toString());
        // Registry and proxy are the user's own settings; a file in the agents' home wins over them.
        set.put("HOME", settings.userHome().toString());
        Path ownSettings = settings.agentHome().resolve(".npmrc");
        if (Files.isRegularFile(ownSettings)) {
            set.put("NPM_CONFIG_USERCONFIG", ownSettings.toString());
        }
        Map<String, String> environment = binaries.environment(Set.of("npm_config_*", "NPM_CONFIG_*"), set);
        // npm takes whichever spelling of the prefix comes last, so only ours may be there.
        environment.keySet().removeIf(name -> name.equalsIgnoreCase("npm_config_prefix") && !set.containsKey(name));
        List<String> command = new ArrayList<>(List.of(npm, "install", "--global", "--prefix", folder.toString()));
        command.add(settings.packageOf(cli));
        return BoundedCommand.of(command, environment, settings.limit()).marked(marker(cli.engine()));
    }

    private Optional<CliVersion> ask(Path program) {
        BoundedCommand.Outcome outcome = BoundedCommand.of(
                        List.of(program.toString(), "--version"),
                        binaries.environment(Set.of(), Map.of()),
                        VERSION_LIMIT)
                .run();
        return outcome.succeeded() ? CliVersion.detect(outcome.stdout(), outcome.stderr()) : Optional.empty();
    }

    private void removeUnused(EngineCli cli, Predicate<Path> kept) {
        List<String> running = RunningPrograms.commandLines();
        versions.removeAllBut(
                cli.engine(),
                folder -> kept.test(folder) || running.stream().anyMatch(line -> line.contains(folder + "/")));
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
