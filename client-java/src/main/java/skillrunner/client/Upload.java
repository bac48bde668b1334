package skillrunner.client;

import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A file that is sent as a part of a form. It says where the bytes come from, and may be sent any number of times; whatever is packed for
 * it lies in a temporary file for the time of the call, so that memory holds none of it.
 */
public abstract sealed class Upload {
    private Upload() {}

    /**
     * Sends a file as it is.
     *
     * @param file where it lies
     * @return the part
     */
    public static Upload of(Path file) {
        return new OfFile(Objects.requireNonNull(file));
    }

    /**
     * Sends bytes.
     *
     * @param content the bytes, which must not change
     * @return the part
     */
    public static Upload of(byte[] content) {
        return new OfBytes(Objects.requireNonNull(content));
    }

    /**
     * Packs files into a zip, each under its key.
     *
     * @param files name in the archive to the file
     * @return the part
     */
    public static Upload zip(Map<String, Path> files) {
        Map<String, Path> named = new LinkedHashMap<>(files);
        return new Packed(target -> Zips.ofFiles(named, target));
    }

    /**
     * Packs a folder into a zip whose one top-level directory is called like it. What its owner may execute stays so. Left out is
     * everything called {@code .git}.
     *
     * @param folder the folder, such as that of a skill
     * @return the part
     */
    public static Upload zipFolder(Path folder) {
        Objects.requireNonNull(folder);
        return new Packed(target -> Zips.ofFolder(folder, target));
    }

    /** Makes it ready for a call. */
    abstract Ready ready() throws IOException;

    /** What is sent, with what is to be cleaned up afterwards. */
    record Ready(HttpRequest.BodyPublisher publisher, Cleanup cleanup) {}

    /** Takes away what was made for a call. */
    interface Cleanup {
        void run() throws IOException;
    }

    private interface Packer {
        void into(Path target) throws IOException;
    }

    private static final class OfFile extends Upload {
        private final Path file;

        OfFile(Path file) {
            this.file = file;
        }

        @Override
        Ready ready() throws IOException {
            return new Ready(HttpRequest.BodyPublishers.ofFile(file), () -> {});
        }
    }

    private static final class OfBytes extends Upload {
        private final byte[] content;

        OfBytes(byte[] content) {
            this.content = content;
        }

        @Override
        Ready ready() {
            return new Ready(HttpRequest.BodyPublishers.ofByteArray(content), () -> {});
        }
    }

    private static final class Packed extends Upload {
        private final Packer packer;

        Packed(Packer packer) {
            this.packer = packer;
        }

        @Override
        Ready ready() throws IOException {
            Path target = Files.createTempFile("skill-runner-upload", ".zip");
            try {
                packer.into(target);
                return new Ready(HttpRequest.BodyPublishers.ofFile(target), () -> Files.deleteIfExists(target));
            } catch (IOException | RuntimeException e) {
                Files.deleteIfExists(target);
                throw e;
            }
        }
    }
}
