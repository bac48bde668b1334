package skillrunner.commandline.run;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.client.LocalFileException;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Surroundings;

/**
 * A folder that was empty, into which the artifacts of a run are saved. Their names were chosen by an agent: whatever would lead
 * out of the folder, or is no name that every system has, is refused.
 */
final class ArtifactFolder {
    private static final String ARTIFACTS = "artifacts/";
    private static final int LONGEST_NAME = 255;

    private final Path folder;

    private ArtifactFolder(Path folder) {
        this.folder = folder;
    }

    /**
     * What became of the artifacts.
     *
     * @param saved where they lie, as they were listed
     * @param refused those that were not saved, with the reason
     */
    record Saved(List<Path> saved, List<String> refused) {
        Saved {
            saved = List.copyOf(saved);
            refused = List.copyOf(refused);
        }
    }

    /**
     * Looks whether a folder can be used, before anything is begun for it.
     *
     * @param given as it was typed
     * @param surroundings what relative paths start from
     * @return the folder, which may not be there yet
     */
    static ArtifactFolder of(Path given, Surroundings surroundings) {
        Path folder = surroundings.here().resolve(given).toAbsolutePath().normalize();
        try {
            if (Files.exists(folder)) {
                if (!Files.isDirectory(folder)) {
                    throw CommandFailedException.usage("--out " + given + " is no folder");
                }
                try (Stream<Path> inside = Files.list(folder)) {
                    if (inside.findAny().isPresent()) {
                        throw CommandFailedException.usage(
                                "--out " + given + " is not empty, and nothing is ever written over");
                    }
                }
            }
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw CommandFailedException.usage("--out " + given + " can't be made or looked into");
        }
        return new ArtifactFolder(folder);
    }

    /**
     * Saves artifacts.
     *
     * @param connection where they are
     * @param run the address of the run
     * @param artifacts their names, as the server lists them
     * @return where they lie now
     * @throws IOException if the server can't be reached any more
     * @throws CommandFailedException if the server refuses
     */
    Saved save(Connection connection, String run, List<String> artifacts) throws IOException, InterruptedException {
        List<Path> saved = new ArrayList<>();
        List<String> refused = new ArrayList<>();
        for (String artifact : artifacts) {
            Optional<Path> place = place(artifact);
            if (place.isEmpty()) {
                refused.add(artifact + " (a name that may lead elsewhere)");
                continue;
            }
            try {
                save(connection, address(run, artifact), place.get());
                saved.add(place.get());
            } catch (LocalFileException e) {
                // The others, and the answer of the run, are there all the same.
                refused.add(artifact + " (" + e.getMessage() + ")");
            }
        }
        return new Saved(saved, refused);
    }

    private static void save(Connection connection, String address, Path place)
            throws IOException, InterruptedException {
        Path parent = Objects.requireNonNull(place.getParent());
        try {
            Files.createDirectories(parent);
        } catch (IOException e) {
            throw new LocalFileException(parent + " can't be made", e);
        }
        connection.client().save(address, place);
    }

    /** Where an artifact is saved; empty if its name is refused. */
    Optional<Path> place(String artifact) {
        if (!artifact.startsWith(ARTIFACTS)) {
            return Optional.empty();
        }
        Path place = folder;
        for (String name : artifact.substring(ARTIFACTS.length()).split("/", -1)) {
            if (!isName(name)) {
                return Optional.empty();
            }
            try {
                place = place.resolve(name);
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        }
        return place.normalize().equals(place) && place.startsWith(folder) && !place.equals(folder)
                ? Optional.of(place)
                : Optional.empty();
    }

    private static boolean isName(String name) {
        return !name.isEmpty()
                && !name.equals(".")
                && !name.equals("..")
                && name.length() <= LONGEST_NAME
                && name.indexOf('\\') < 0
                && name.codePoints().noneMatch(Character::isISOControl);
    }

    private static String address(String run, String artifact) {
        return Stream.of(artifact.split("/", -1))
                .map(Connection::segment)
                .reduce(run + "/artifacts", (path, name) -> path + "/" + name);
    }
}
