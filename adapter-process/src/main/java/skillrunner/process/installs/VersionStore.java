package skillrunner.process.installs;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;
import skillrunner.files.FileTrees;

/** The versions of the CLIs. Reading is safe at any time; who changes something holds the {@link VersionLock}. */
final class VersionStore {
    private static final Logger LOG = LoggerFactory.getLogger(VersionStore.class);
    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final InstallLayout layout;

    VersionStore(InstallLayout layout) {
        this.layout = layout;
    }

    /** Lists the whole versions, newest first. */
    List<VersionFolder> list(EngineId engine) {
        return folders(engine).stream()
                .flatMap(folder -> VersionFolder.read(folder).stream())
                .sorted(Comparator.comparing(VersionFolder::installedAt)
                        .thenComparing(VersionFolder::name)
                        .reversed())
                .toList();
    }

    /** Finds the version the link leads to. */
    Optional<VersionFolder> current(EngineCli cli) {
        for (String name : cli.binaryNames()) {
            Path link = layout.bin().resolve(name);
            Path program = layout.version(link);
            if (!program.equals(link)) {
                Path folder = layout.versions(cli.engine());
                return program.startsWith(folder)
                        ? VersionFolder.read(
                                folder.resolve(folder.relativize(program).getName(0)))
                        : Optional.empty();
            }
        }
        return Optional.empty();
    }

    /** Finds the version that was current before the current one, if it is still there. */
    Optional<VersionFolder> previous(EngineCli cli) {
        return current(cli)
                .flatMap(VersionFolder::predecessor)
                .flatMap(
                        name -> VersionFolder.read(layout.versions(cli.engine()).resolve(name)));
    }

    /** Makes an empty folder for a version to come. */
    Path create(EngineId engine, Instant now) throws IOException {
        Path parent = Files.createDirectories(layout.versions(engine));
        for (int i = 1; ; i++) {
            Path folder = parent.resolve(NAME.format(now) + "-" + i);
            if (!Files.exists(folder, LinkOption.NOFOLLOW_LINKS)) {
                return Files.createDirectory(folder);
            }
        }
    }

    /** Finds the CLI's program inside a version. */
    static Optional<Path> program(EngineCli cli, Path folder) {
        return Stream.of(folder.resolve("bin"), folder)
                .flatMap(bin -> cli.binaryNames().stream().map(bin::resolve))
                .filter(program -> Files.isRegularFile(program) && Files.isExecutable(program))
                .findFirst();
    }

    /** Makes a version current: from one moment to the next, and never to none. */
    void makeCurrent(EngineCli cli, VersionFolder version) throws IOException {
        Path program = program(cli, version.folder())
                .orElseThrow(() -> new NoSuchFileException("the program of " + version.name()));
        Path bin = Files.createDirectories(layout.bin());
        Path temporary = bin.resolve("." + program.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, bin.relativize(program));
        Files.move(temporary, bin.resolve(program.getFileName()), StandardCopyOption.ATOMIC_MOVE);
    }

    /**
     * Gives a CLI that was put into the prefix by other means a version folder, so that there is a way back to it. Its
     * files stay where they are.
     */
    Optional<VersionFolder> adopt(EngineCli cli, String version, Instant now) throws IOException {
        for (String name : cli.binaryNames()) {
            Path program = layout.bin().resolve(name);
            if (Files.isRegularFile(program) && Files.isExecutable(program)) {
                Path folder = create(cli.engine(), now);
                Path place = Files.createDirectory(folder.resolve("bin")).resolve(name);
                if (Files.isSymbolicLink(program)) {
                    Files.createSymbolicLink(
                            place,
                            program.resolveSibling(Files.readSymbolicLink(program))
                                    .normalize());
                } else {
                    Files.copy(program, place, StandardCopyOption.COPY_ATTRIBUTES);
                }
                VersionFolder adopted = new VersionFolder(folder, version, now, Optional.empty());
                adopted.write();
                return Optional.of(adopted);
            }
        }
        return Optional.empty();
    }

    /** Removes every folder but some, whole or not. */
    void removeAllBut(EngineId engine, Predicate<Path> kept) {
        for (Path folder : folders(engine)) {
            if (!kept.test(folder)) {
                try {
                    removeAdoptedPackage(folder);
                    remove(folder);
                } catch (IOException e) {
                    LOG.warn("an old version of {} could not be removed: {}", engine, e.toString());
                }
            }
        }
    }

    static void remove(Path folder) throws IOException {
        // Without its record a version that is half removed is not taken for a whole one.
        Files.deleteIfExists(folder.resolve("install.properties"));
        try {
            FileTrees.remove(folder);
        } catch (UncheckedIOException e) {
            throw e.getCause();
        }
    }

    /** What npm had put into the prefix directly is of no use once nothing leads to it. */
    private void removeAdoptedPackage(Path folder) throws IOException {
        Path bin = folder.resolve("bin");
        if (!Files.isDirectory(bin)) {
            return;
        }
        try (Stream<Path> programs = Files.list(bin)) {
            for (Path program : programs.filter(Files::isSymbolicLink).toList()) {
                Path target =
                        program.resolveSibling(Files.readSymbolicLink(program)).normalize();
                Path packages = layout.npmPackages();
                if (target.startsWith(packages)) {
                    Path inside = packages.relativize(target);
                    int depth = inside.getName(0).toString().startsWith("@") ? 2 : 1;
                    if (inside.getNameCount() > depth) {
                        remove(packages.resolve(inside.subpath(0, depth)));
                    }
                }
            }
        }
    }

    private List<Path> folders(EngineId engine) {
        List<Path> folders = new ArrayList<>();
        try (DirectoryStream<Path> children = Files.newDirectoryStream(layout.versions(engine), Files::isDirectory)) {
            children.forEach(folders::add);
        } catch (NoSuchFileException | NotDirectoryException e) {
            return List.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return folders;
    }
}
