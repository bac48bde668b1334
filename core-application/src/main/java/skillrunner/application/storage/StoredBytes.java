package skillrunner.application.storage;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/**
 * Bytes on disk that are read piece by piece, so that whoever passes them on never holds them whole.
 *
 * @param size how many there are; more may follow later and is not read
 * @param opening opens them
 */
public record StoredBytes(long size, Opening opening) {
    /** Refuses null parts. */
    public StoredBytes {
        Objects.requireNonNull(opening);
    }

    /**
     * Opens the last of the bytes.
     *
     * @param from how many to leave out at the beginning
     * @return the rest; the caller closes it
     * @throws IOException if the file went away
     * @throws UnavailableException if the machine can't open it at the moment; it is not lost
     */
    public InputStream open(long from) throws IOException {
        return opening.open(from, size - from);
    }

    /** Opens a part of what is stored. */
    @FunctionalInterface
    public interface Opening {
        /**
         * Opens a part.
         *
         * @param from offset of the first byte
         * @param length at most so many bytes
         * @return the bytes; the caller closes them
         * @throws IOException if the file went away
         * @throws UnavailableException if the machine can't open it at the moment
         */
        InputStream open(long from, long length) throws IOException;
    }
}
