package skillrunner.standin;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Counts the model requests of each conversation. Safe for concurrent use; forgets the conversation that began first
 * when it holds too many, so a demo that runs for weeks doesn't grow.
 */
final class TurnCounters {

    private static final int MOST_CONVERSATIONS = 10_000;

    private record Key(String scenario, String conversation) {}

    private final Map<Key, Integer> turns = new LinkedHashMap<>();

    /** Returns 1 for the first request of a conversation, then 2, and so on. */
    synchronized int next(String scenario, String conversation) {
        int turn = turns.merge(new Key(scenario, conversation), 1, Integer::sum);
        if (turns.size() > MOST_CONVERSATIONS) {
            turns.remove(turns.keySet().iterator().next());
        }
        return turn;
    }
}
