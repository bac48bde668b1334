package skillrunner.domain.journal;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.domain.output.OutputRange;
import skillrunner.domain.run.OutputCandidates;

/**
 * The mark of a finished task in what an agent said.
 *
 * @param count how often it was found
 * @param inLast whether it stands in the last message, from which the answer is taken
 * @param first where it was found first; empty if it was not
 */
public record DoneMarkers(int count, boolean inLast, Optional<Place> first) {
    /** Nothing was found. */
    public static final DoneMarkers NONE = new DoneMarkers(0, false, Optional.empty());

    private static final Pattern MARKER =
            Pattern.compile("\\\\?\"__SKILL_DONE__\\\\?\"\\s{0,32}:\\s{0,32}true\\b", Pattern.CASE_INSENSITIVE);

    /**
     * A message.
     *
     * @param message its id
     * @param at the bytes it came from; empty if it was put together from pieces
     */
    public record Place(String message, Optional<OutputRange> at) {
        /** Refuses null parts. */
        public Place {
            Objects.requireNonNull(message);
            Objects.requireNonNull(at);
        }
    }

    /** Refuses null parts. */
    public DoneMarkers {
        Objects.requireNonNull(first);
    }

    /**
     * Tells whether a message bears the mark, in an answer or beside one, be it cut off. What it thinks of the mark does not count.
     *
     * @param message what the agent said
     * @return whether it does
     */
    public static boolean isIn(String message) {
        return marks(message).find();
    }

    /**
     * Looks at the next message.
     *
     * @param message what the agent said
     * @param place which message it is
     * @return what is known with it
     */
    public DoneMarkers and(String message, Place place) {
        int found = 0;
        Matcher marker = marks(message);
        while (marker.find()) {
            found++;
        }
        return new DoneMarkers(count + found, found > 0, first.isEmpty() && found > 0 ? Optional.of(place) : first);
    }

    private static Matcher marks(String message) {
        return MARKER.matcher(OutputCandidates.withoutThoughts(message));
    }
}
