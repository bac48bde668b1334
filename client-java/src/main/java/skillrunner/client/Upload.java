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
        return new OfPacker(target -> Zips.ofFiles(named, target));
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
        return new OfPacker(target -> Zips.ofFolder(folder, target));
    }

    /** Makes it ready for a call. @throws LocalFileException if something can't be read or packed */
    abstract Ready ready() throws IOException;

    /**
     * Looks whether it can be sent, and packs now what is to be packed, once for all calls.
     *
     * @throws LocalFileException if something can't be read or packed
     */
    Packed packed() throws IOException {
        return new Packed(this, () -> {});
    }

    /** What is sent, with what is to be cleaned up afterwards. */
    record Ready(HttpRequest.BodyPublisher publisher, Cleanup cleanup) {}

    /** What can be sent any number of times, until it is closed. */
    record Packed(Upload upload, Cleanup cleanup) implements AutoCloseable {
        @Override
        public void close() throws IOException {
            cleanup.run();
        }
    }

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
            // A pipe can't be read twice, and a device never ends.
            if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
                throw new LocalFileException(file + " is missing, can't be read or is no file");
            }
            try {
                return new Ready(HttpRequest.BodyPublishers.ofFile(file), () -> {});
            } catch (IOException e) {
                throw LocalFileException.of(file + " can't be read", e);
            }
        }

        @Override
        Packed packed() throws IOException {
            ready();
            return super.packed();
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

    private static final class OfPacker extends Upload {
        private final Packer packer;

        OfPacker(Packer packer) {
            this.packer = packer;
        }

        @Override
        Ready ready() throws IOException {
            Packed packed = packed();
            return new Ready(packed.upload().ready().publisher(), packed.cleanup());
        }

        @Override
        Packed packed() throws IOException {
            try {
                return packed(Files.createTempFile("skill-runner-upload", ".zip"));
            } catch (IOException e) {
                throw LocalFileException.of("what is sent can't be packed", e);
            }
        }

        private Packed packed(Path target) throws IOException {
            boolean done = false;
            try {
                packer.into(target);
                done = true;
                return new Packed(new OfFile(target), () -> Files.deleteIfExists(target));
            } finally {
                if (!done) {
                    Files.deleteIfExists(target);
                }
            }
        }
    }
}
