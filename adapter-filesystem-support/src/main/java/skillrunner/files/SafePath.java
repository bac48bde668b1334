package skillrunner.files;

import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The only code that joins a path from outside to a folder of ours. */
public final class SafePath {
    private SafePath() {}

    /**
     * Splits a relative path into its segments. Both kinds of slash separate; {@code .} segments and doubled slashes
     * vanish.
     *
     * @param text a path from outside
     * @return the segments, or empty if the path is blank, absolute, has a drive, a {@code ..} segment or a NUL
     */
    public static Optional<List<String>> segments(String text) {
        String path = text.replace('\\', '/');
        if (path.isBlank() || path.startsWith("/") || path.indexOf('\0') >= 0) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        for (String segment : path.split("/", -1)) {
            if (segment.equals("..") || (segments.isEmpty() && segment.endsWith(":"))) {
                return Optional.empty();
            }
            if (!segment.isEmpty() && !segment.equals(".")) {
                segments.add(segment);
            }
        }
        return segments.isEmpty() ? Optional.empty() : Optional.of(segments);
    }

    /**
     * Joins a path from outside to a folder, by its text alone.
     *
     * @param folder the folder
     * @param text a path from outside
     * @return a path below the folder, or empty if the text does not name one
     */
    public static Optional<Path> below(Path folder, String text) {
        return segments(text).flatMap(segments -> {
            try {
                Path joined = folder;
                for (String segment : segments) {
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
