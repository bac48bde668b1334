package skillrunner.oauth;

import java.io.IOException;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each call to a provider, in the session's folder: when, method, host and path, status, milliseconds. Queries, headers
 * and bodies are full of secrets and are left out. A line that can't be written is logged and in nobody's way.
 */
final class HttpTrace {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTrace.class);

    private final Path file;
    private final Clock clock;

    HttpTrace(Path folder, Clock clock) {
        this.file = folder.resolve("http_trace.log");
        this.clock = clock;
    }

    void add(String method, URI address, String outcome, Duration took) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String place = address.getHost() + port + address.getRawPath();
        String line =
                String.join(" ", clock.instant().toString(), method, place, outcome, took.toMillis() + "ms") + "\n";
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                ownerOnly())) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.warn("a call of a sign-in could not be noted: {}", e.toString());
        }
    }

    private FileAttribute<?>[] ownerOnly() {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
