package skillrunner.workspace.run;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.OpenOption;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import skillrunner.application.storage.StoredBytes;
import skillrunner.application.storage.UnavailableException;

/** Files of the server that are passed on piece by piece. A link counts as no file. */
final class StoredFiles {
    private StoredFiles() {}

    static Optional<StoredBytes> find(Path file) {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(new StoredBytes(Files.size(file), (from, length) -> open(file, from, length)))
                    : Optional.empty();
        } catch (IOException e) {
            // It went away between the two looks.
            return Optional.empty();
        }
    }

    static Optional<FileChannel> channel(Path file) throws IOException {
        try {
            return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    ? Optional.of(FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS))
                    : Optional.empty();
        } catch (NoSuchFileException e) {
            // It went away between the two looks.
            return Optional.empty();
        }
    }

    /** What the machine can't open now, for example because no descriptor is left, must not be taken for lost. */
    /** Opens a file of the server to write it. What stands there and is no regular file is refused: to open a pipe could take for ever. */
    static FileChannel toWrite(Path file, StandardOpenOption... how) throws IOException {
        if (Files.exists(file, LinkOption.NOFOLLOW_LINKS) && !Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            throw new FileSystemException(file.toString(), null, "not a regular file");
        }
        Set<OpenOption> options = new HashSet<>(Set.of(how));
        options.add(StandardOpenOption.WRITE);
        options.add(LinkOption.NOFOLLOW_LINKS);
        return FileChannel.open(file, options);
    }

    private static InputStream open(Path file, long from, long length) throws IOException {
        try {
            FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS);
            channel.position(from);
            return new BufferedInputStream(new Part(Channels.newInputStream(channel), length));
        } catch (NoSuchFileException | AccessDeniedException e) {
            throw e;
        } catch (IOException e) {
            throw new UnavailableException("a stored file can't be opened at the moment", e);
        }
    }

    /** Ends after a number of bytes, though the file may have grown. */
    private static final class Part extends FilterInputStream {
        private long left;

        Part(InputStream in, long length) {
            super(in);
            this.left = length;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
        }

        @Override
        public int read(byte[] target, int offset, int length) throws IOException {
            if (left <= 0) {
                return -1;
            }
            int count = in.read(target, offset, (int) Math.min(left, length));
            left -= Math.max(0, count);
            return count;
        }
    }
}
