package skillrunner.workspace.run;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.OptionalLong;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StoredBytes;

/**
 * What one attempt wrote to one stream: a file, or the part of one that a process wrote in one of several turns.
 *
 * @param file the file
 * @param from where the attempt begins in it
 * @param to where it ends; empty if it ends with the file
 */
record OutputPart(Path file, long from, OptionalLong to) {
    private static final byte[] NOTHING = new byte[0];

    /** What may not be read is as good as empty for whoever reads; a receipt is not made of it. */
    boolean isReadable() {
        return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS) && Files.isReadable(file);
    }

    long size() {
        try {
            return isReadable() ? within(Files.size(file)) : 0;
        } catch (IOException e) {
            return 0;
        }
    }

    private long within(long fileSize) {
        return Math.max(0, Math.min(to.orElse(fileSize), fileSize) - from);
    }

    byte[] read(long at, long max) {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ, LinkOption.NOFOLLOW_LINKS)) {
            long available = Math.min(max, within(channel.size()) - at);
            if (available <= 0) {
                return NOTHING;
            }
            ByteBuffer buffer = ByteBuffer.allocate((int) available);
            while (buffer.hasRemaining() && channel.read(buffer, from + at + buffer.position()) >= 0) {
                // one read is enough but for very large pieces
            }
            return buffer.hasRemaining() ? Arrays.copyOf(buffer.array(), buffer.position()) : buffer.array();
        } catch (NoSuchFileException | AccessDeniedException e) {
            return NOTHING;
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }

    /** The bytes as they are now, or empty if there is no file. */
    Optional<StoredBytes> stored() {
        Optional<StoredBytes> whole = StoredFiles.find(file);
        return from == 0 && to.isEmpty() ? whole : whole.map(this::part);
    }

    private StoredBytes part(StoredBytes whole) {
        return new StoredBytes(
                within(whole.size()), (at, length) -> whole.opening().open(from + at, length));
    }

    /** What a receipt vouches for outlives a loss of power. */
    void sync() {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            channel.force(true);
        } catch (IOException e) {
            throw new StorageFaultException(e);
        }
    }
}
