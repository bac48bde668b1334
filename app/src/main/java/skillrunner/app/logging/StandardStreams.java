package skillrunner.app.logging;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * The streams this process was started with, under the names that systems give them. They are written to as they are: a
 * pipe or a socket can't be opened by its name, or only once more.
 */
public final class StandardStreams {
    private static final int MOST_LINKS = 40;

    private static final Map<Path, FileDescriptor> NAMES = Map.of(
            Path.of("/dev/stdout"), FileDescriptor.out,
            Path.of("/dev/fd/1"), FileDescriptor.out,
            Path.of("/proc/self/fd/1"), FileDescriptor.out,
            Path.of("/dev/stderr"), FileDescriptor.err,
            Path.of("/dev/fd/2"), FileDescriptor.err,
            Path.of("/proc/self/fd/2"), FileDescriptor.err);

    private StandardStreams() {}

    /**
     * Finds the stream that a path names, itself or through links.
     *
     * @param path any path
     * @return the stream, or empty if the path names something else
     */
    public static Optional<LogLines> named(Path path) {
        Path at = path.toAbsolutePath().normalize();
        for (int links = 0; links < MOST_LINKS; links++) {
            FileDescriptor stream = NAMES.get(at);
            if (stream != null) {
                return Optional.of(new FileOutputStream(stream)::write);
            }
            try {
                at = at.resolveSibling(Files.readSymbolicLink(at)).normalize();
            } catch (IOException | UnsupportedOperationException e) {
                return Optional.empty();
            }
        }
        return Optional.empty();
    }
}
