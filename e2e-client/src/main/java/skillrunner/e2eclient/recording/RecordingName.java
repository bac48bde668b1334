package skillrunner.e2eclient.recording;

import java.util.Optional;

/** The name of a recording's file. No id of a stranger leads out of the folder. */
final class RecordingName {
    private static final String OTHER = "[^A-Za-z0-9._-]";
    private static final int LONGEST = 128;
    private static final String ENDING = ".json";

    private RecordingName() {}

    /** Reduces an id to letters, digits and {@code -_.}. @return the file's name, or empty if nothing is left or too much */
    static Optional<String> of(String requestId) {
        String reduced = requestId.replaceAll(OTHER, "");
        return reduced.isEmpty() || reduced.length() > LONGEST ? Optional.empty() : Optional.of(reduced + ENDING);
    }
}
