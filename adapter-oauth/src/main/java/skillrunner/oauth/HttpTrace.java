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
import java.util.Optional;
import java.util.Set;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A line for each call to a provider, in the session's folder: when, method, host and path, status, milliseconds. Queries, headers
 * and bodies are full of secrets and are left out. A line that can't be written is logged and in nobody's way. A call that belongs to no
 * session is told to the log only.
 */
final class HttpTrace {
    private static final Logger LOG = LoggerFactory.getLogger(HttpTrace.class);

    private final Optional<Path> file;
    private final Clock clock;

    HttpTrace(Path folder, Clock clock) {
        this(Optional.of(folder.resolve("http_trace.log")), clock);
    }

    private HttpTrace(Optional<Path> file, Clock clock) {
        this.file = file;
        this.clock = clock;
    }

    /** Of calls that belong to no session. */
    static HttpTrace ofNoSession(Clock clock) {
        return new HttpTrace(Optional.empty(), clock);
    }

    void add(String method, URI address, String outcome, Duration took) {
        String port = address.getPort() < 0 ? "" : ":" + address.getPort();
        String place = address.getHost() + port + address.getRawPath();
        String line =
                String.join(" ", clock.instant().toString(), method, place, outcome, took.toMillis() + "ms") + "\n";
        if (file.isEmpty()) {
            LOG.debug("{}", line.strip());
            return;
        }
        append(file.get(), line);
    }

    private static void append(Path file, String line) {
        try (FileChannel channel = FileChannel.open(
                file,
                Set.of(StandardOpenOption.CREATE, StandardOpenOption.WRITE, StandardOpenOption.APPEND),
                ownerOnly(file))) {
            ByteBuffer bytes = ByteBuffer.wrap(line.getBytes(StandardCharsets.UTF_8));
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        } catch (IOException e) {
            LOG.warn("a call of a sign-in could not be noted: {}", e.toString());
        }
    }

    private static FileAttribute<?>[] ownerOnly(Path file) {
        return file.getFileSystem().supportedFileAttributeViews().contains("posix")
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"))
                }
                : new FileAttribute<?>[0];
    }
}
