package skillrunner.domain.journal;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The streams of events of a run. */
public enum JournalStream {
    /** Facts that the server decided; numbered within an attempt. */
    ORCHESTRATOR("orchestrator_events"),
    /** What the engine said, without loss; numbered within an attempt. */
    RASP("events"),
    /** What a front end shows; numbered over all attempts. */
    FCMP("fcmp_events");

    private final String fileName;

    JournalStream(String fileName) {
        this.fileName = fileName;
    }

    /**
     * Returns the name on the wire.
     *
     * @return lower case, for example {@code fcmp}
     */
    public String wire() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * Returns the beginning of the names of the stream's files.
     *
     * @return the name up to the number of the attempt
     */
    public String fileName() {
        return fileName;
    }

    /**
     * Reads a name that a client sent.
     *
     * @param text any text; case and blanks around it don't count
     * @return the stream, or empty if there is none of this name
     */
    public static Optional<JournalStream> of(String text) {
        String word = text.strip().toLowerCase(Locale.ROOT);
        return Arrays.stream(values())
                .filter(stream -> stream.wire().equals(word))
                .findFirst();
    }
}
