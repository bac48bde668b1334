package skillrunner.app;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.files.DurableFiles;
import skillrunner.files.SmallFiles;

/** Where the server of a data directory listens, written down for other commands of the program. */
public final class ServerAddress implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(ServerAddress.class);
    private static final String FILE = "server.address";
    private static final int MOST_BYTES = 1_000;

    private final Path file;

    private ServerAddress(Path file) {
        this.file = file;
    }

    static ServerAddress publish(Path data, String host, int port) {
        Path file = data.resolve(FILE);
        try {
            DurableFiles.write(file, of(host, port).toString());
        } catch (RuntimeException e) {
            // A convenience: a server starts without it, for example on a full disk.
            LOG.warn("the address could not be written down for other commands: {}", e.toString());
        }
        return new ServerAddress(file);
    }

    /**
     * Returns what a server wrote down. It may be gone since: whoever uses the address must ask it.
     *
     * @param data a data directory
     * @return the address, or empty
     */
    public static Optional<URI> read(Path data) {
        try {
            return Optional.of(URI.create(
                    SmallFiles.readText(data.resolve(FILE), MOST_BYTES).strip()));
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * Writes an address as a browser understands it.
     *
     * @param host name or address the server listens on
     * @param port its port
     * @return the address of its root, without a slash at the end
     */
    public static URI of(String host, int port) {
        String shown = host.contains(":") && !host.startsWith("[") ? "[" + host + "]" : host;
        return URI.create("http://" + shown + ":" + port);
    }

    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
    }
}
