package skillrunner.standin;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/** What a wire format makes of a request. */
sealed interface ModelCall {

    /**
     * A step of the conversation, for the scenario to answer.
     *
     * @param number the turn number if the request itself tells it; else the server counts
     */
    record Turn(String conversation, OptionalInt number, List<String> userTexts, Optional<String> toolOutput)
            implements ModelCall {}

    /**
     * Housekeeping of the CLI, such as the title of a session. The wire format answers by itself: no scenario is asked
     * and nothing is counted, so scenarios see the same turns whichever CLI they play with.
     */
    record Aside(String contentType, List<String> chunks) implements ModelCall {}
}
