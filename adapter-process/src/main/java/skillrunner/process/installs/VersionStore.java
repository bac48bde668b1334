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
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import skillrunner.application.engine.EngineCli;
import skillrunner.domain.engine.EngineId;
import skillrunner.files.DurableFiles;
import skillrunner.files.FileTrees;

/** The versions of the CLIs. Reading is safe at any time; who changes something holds the {@link VersionLock}. */
final class VersionStore {
    /** Begins the names of what nobody finds any more. */
    private static final String ASIDE = ".removed-";

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int UNIQUE_BYTES = 6;

    private static final DateTimeFormatter NAME =
            DateTimeFormatter.ofPattern("uuuuMMdd'T'HHmmss'Z'").withZone(ZoneOffset.UTC);

    private final InstallLayout layout;

    VersionStore(InstallLayout layout) {
        this.layout = layout;
    }

    /** Lists the whole versions, newest first. */
    List<VersionFolder> list(EngineId engine) {
        return folders(engine).stream()
                .filter(folder -> !isAside(folder))
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

    /** Makes an empty folder for a version to come, under a name that no other version ever had. */
    Path create(EngineId engine, Instant now) throws IOException {
        Path parent = DurableFiles.createDirectoriesUnsynced(layout.versions(engine));
        return Files.createDirectory(parent.resolve(NAME.format(now) + "-" + unique()));
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
        Path bin = DurableFiles.createDirectoriesUnsynced(layout.bin());
        Path temporary = bin.resolve("." + program.getFileName() + ".new");
        Files.deleteIfExists(temporary);
        Files.createSymbolicLink(temporary, bin.relativize(program));
        FileTrees.rename(temporary, bin.resolve(program.getFileName()));
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
                VersionFolder adopted = new VersionFolder(folder, version, now, Optional.empty(), Optional.empty());
                adopted.write();
                return Optional.of(adopted);
            }
        }
        return Optional.empty();
    }

    /**
     * Sets every folder aside but some, whole or not, so that nobody finds them any more. To be called inside the gate.
     *
     * @param kept gets a folder and what belongs to it
     * @return what is to be removed, also what an earlier call left
     */
    List<Path> setAside(EngineId engine, Predicate<List<Path>> kept) throws IOException {
        List<Path> aside = new ArrayList<>();
        for (Path folder : folders(engine)) {
            if (isAside(folder)) {
                aside.add(folder);
                continue;
            }
            Optional<Path> adopted = adoptedPackage(folder);
            List<Path> places = new ArrayList<>(List.of(folder));
            adopted.ifPresent(places::add);
            if (!kept.test(places)) {
                Path target = folder.resolveSibling(ASIDE + unique());
                FileTrees.renameUnsynced(folder, target);
                aside.add(target);
                if (adopted.isPresent()) {
                    // What npm had put into the prefix directly is of no use once nothing leads to it.
                    Path rest = adopted.get().resolveSibling(ASIDE + unique());
                    FileTrees.renameUnsynced(adopted.get(), rest);
                    aside.add(rest);
                }
            }
        }
        return aside;
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

    /** Finds the package that npm had put into the prefix directly and that an adopted version leads to. */
    private Optional<Path> adoptedPackage(Path folder) throws IOException {
        Path bin = folder.resolve("bin");
        if (!Files.isDirectory(bin)) {
            return Optional.empty();
        }
        Path packages = layout.npmPackages();
        try (Stream<Path> programs = Files.list(bin)) {
            for (Path program : programs.filter(Files::isSymbolicLink).toList()) {
                Path target =
                        program.resolveSibling(Files.readSymbolicLink(program)).normalize();
                if (target.startsWith(packages)) {
                    Path inside = packages.relativize(target);
                    int depth = inside.getName(0).toString().startsWith("@") ? 2 : 1;
                    Path adopted = packages.resolve(inside.subpath(0, depth));
                    if (inside.getNameCount() > depth && Files.isDirectory(adopted, LinkOption.NOFOLLOW_LINKS)) {
                        return Optional.of(adopted);
                    }
                }
            }
        }
        return Optional.empty();
    }

    /** A text nobody else comes upon, as a part of a name. */
    private static String unique() {
        byte[] random = new byte[UNIQUE_BYTES];
        RANDOM.nextBytes(random);
        return HexFormat.of().formatHex(random);
    }

    private static boolean isAside(Path folder) {
        return folder.getFileName().toString().startsWith(ASIDE);
    }

    private List<Path> folders(EngineId engine) {
        List<Path> folders = new ArrayList<>();
        if (!Files.isDirectory(layout.versions(engine))) {
            return folders;
        }
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
