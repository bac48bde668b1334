package skillrunner.domain.journal;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The mark of a finished task in what an agent said.
 *
 * @param count how often it was found
 * @param inLast whether it stands in the last message, from which the answer is taken
 */
public record DoneMarkers(int count, boolean inLast) {
    /** Nothing was found. */
    public static final DoneMarkers NONE = new DoneMarkers(0, false);

    private static final Pattern MARKER =
            Pattern.compile("\\\\?\"__SKILL_DONE__\\\\?\"\\s{0,32}:\\s{0,32}true", Pattern.CASE_INSENSITIVE);

    /**
     * Looks at the next message.
     *
     * @param message what the agent said
     * @return what is known with it
     */
    public DoneMarkers and(String message) {
        int found = 0;
        Matcher marker = MARKER.matcher(message);
        while (marker.find()) {
            found++;
        }
        return new DoneMarkers(count + found, found > 0);
    }
}
