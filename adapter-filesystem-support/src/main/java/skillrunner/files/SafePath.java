package skillrunner.files;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import skillrunner.domain.path.RelativePath;

/** The only code that joins a path from outside to a folder of ours. */
public final class SafePath {
    private SafePath() {}

    /**
     * Joins a path from outside to a folder, by its text alone.
     *
     * @param folder the folder
     * @param text a path from outside
     * @return a path below the folder, or empty if the text does not name one
     */
    public static Optional<Path> below(Path folder, String text) {
        return RelativePath.parse(text).flatMap(path -> {
            try {
                Path joined = folder;
                for (String segment : path.segments()) {
                    joined = joined.resolve(segment);
                }
                return joined.normalize().startsWith(folder.normalize()) ? Optional.of(joined) : Optional.empty();
            } catch (InvalidPathException e) {
                return Optional.empty();
            }
        });
    }

    /**
     * Tells whether an existing file really lies below a folder, links resolved.
     *
     * @param folder the folder
     * @param file the file
     * @return false if it lies outside or does not exist
     */
    public static boolean reallyBelow(Path folder, Path file) {
        try {
            return file.toRealPath().startsWith(folder.toRealPath());
        } catch (IOException e) {
            return false;
        }
    }
}
