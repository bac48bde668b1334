package skillrunner.e2eclient.recording;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.Set;

/** Files that only this user may read, each replaced in one step: whoever reads sees the old one or the new one, never half. */
final class PrivateFiles {
    private static final String UNFINISHED = ".unfinished";

    private PrivateFiles() {}

    static void createFolder(Path folder) throws IOException {
        Files.createDirectories(folder, ownersOnly(folder, "rwx------"));
    }

    /** What a new file or folder of this place is given, if there are permissions. */
    static FileAttribute<?>[] ownersOnly(Path place, String permissions) {
        boolean posix = place.getFileSystem().supportedFileAttributeViews().contains("posix");
        return posix
                ? new FileAttribute<?>[] {
                    PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions))
                }
                : new FileAttribute<?>[0];
    }

    /** Gives what lies in the way of a file another name; whatever it is, somebody may want it. */
    static void moveAside(Path file) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            Files.move(
                    file,
                    Files.createTempDirectory(file.getParent(), file.getFileName() + ".aside-")
                            .resolve(file.getFileName()));
        }
    }

    /** Removes what a process left that was killed while it wrote. */
    static void removeUnfinished(Path folder) throws IOException {
        try (DirectoryStream<Path> left = Files.newDirectoryStream(folder, "*" + UNFINISHED)) {
            for (Path file : left) {
                Files.deleteIfExists(file);
            }
        }
    }

    static void replace(Path file, byte[] content) throws IOException {
        // Made by the JDK for this user alone.
        Path written = Files.createTempFile(file.getParent(), "", UNFINISHED);
        try {
            try (FileChannel channel = FileChannel.open(written, Set.of(StandardOpenOption.WRITE))) {
                ByteBuffer left = ByteBuffer.wrap(content);
                while (left.hasRemaining()) {
                    channel.write(left);
                }
                channel.force(true);
            }
            Files.move(written, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(written);
        }
    }

    /** Reads a file. @return empty if there is no regular file of this name, or one that is too large */
    static Optional<byte[]> read(Path file, int limit) throws IOException {
        if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return Optional.empty();
        }
        try (InputStream in = Files.newInputStream(file, LinkOption.NOFOLLOW_LINKS)) {
            byte[] bytes = in.readNBytes(limit + 1);
            return bytes.length > limit ? Optional.empty() : Optional.of(bytes);
        }
    }
}
