package skillrunner.e2eclient.recording;

import java.util.Locale;

/** What is recorded. */
public enum Action {
    /** A run was asked for. */
    CREATE_RUN,
    /** Its files were sent. */
    UPLOAD,
    /** A question was answered. */
    REPLY,
    /** The result was looked at. */
    RESULT_READ;

    /**
     * Returns the word in a recording.
     *
     * @return lower case
     */
    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }
}
