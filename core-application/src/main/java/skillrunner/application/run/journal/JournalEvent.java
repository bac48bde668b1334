package skillrunner.application.run.journal;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.storage.StoredBytes;

/**
 * An event as it is stored. A long one is left where it is, so that whoever passes it on never holds it whole: it may have a hundred
 * megabytes, and many clients may ask for it at once.
 *
 * @param seq its number: within the run for FCMP, within the attempt for the others
 * @param attempt its attempt
 * @param held its envelope, on one line of JSON; empty if it is long
 * @param stored the envelope of a long one, in UTF-8; empty if it is held
 */
public record JournalEvent(long seq, int attempt, Optional<String> held, Optional<StoredBytes> stored) {
    /** What is longer, in bytes, is not held. */
    public static final int LONG = 64 * 1024;

    /** Refuses null, and an event without its envelope. */
    public JournalEvent {
        Objects.requireNonNull(held);
        Objects.requireNonNull(stored);
        if (held.isPresent() == stored.isPresent()) {
            throw new IllegalArgumentException("an event is either held or stored");
        }
    }

    /**
     * Makes an event that is held.
     *
     * @param seq its number
     * @param attempt its attempt
     * @param json its envelope, on one line
     */
    public JournalEvent(long seq, int attempt, String json) {
        this(seq, attempt, Optional.of(json), Optional.empty());
    }

    /**
     * Makes an event that is left where it is stored.
     *
     * @param seq its number
     * @param attempt its attempt
     * @param json its envelope, on one line in UTF-8
     */
    public JournalEvent(long seq, int attempt, StoredBytes json) {
        this(seq, attempt, Optional.empty(), Optional.of(json));
    }

    /**
     * Tells whether it is too long to be held by whoever passes it on.
     *
     * @return whether {@link #json} reads it from where it is stored
     */
    public boolean isLong() {
        return stored.isPresent();
    }

    /**
     * Returns the envelope, whole. To be asked of a long one by who is alone with it only.
     *
     * @return JSON on one line
     * @throws UncheckedIOException if it was long and went away
     */
    public String json() {
        return held.orElseGet(() -> {
            try (InputStream in = open()) {
                return new String(in.readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        });
    }

    /**
     * Opens the envelope.
     *
     * @return {@link #bytes} bytes of UTF-8; the caller closes them
     * @throws IOException if it was long and went away
     */
    public InputStream open() throws IOException {
        return stored.isPresent()
                ? stored.get().open(0)
                : new ByteArrayInputStream(json().getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Tells how long the envelope is.
     *
     * @return bytes of UTF-8
     */
    public long bytes() {
        return stored.map(StoredBytes::size).orElseGet(() -> (long) json().getBytes(StandardCharsets.UTF_8).length);
    }

    /**
     * Tells about how long the envelope is, which takes no time.
     *
     * @return characters of one that is held, bytes of one that is not
     */
    public long length() {
        return stored.map(StoredBytes::size).orElseGet(() -> (long) json().length());
    }
}
