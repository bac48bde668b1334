package skillrunner.contract.fuzz;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import tools.jackson.databind.JsonNode;

/**
 * Values by the name of what takes them: those that were given, and those that answers have told, such as the ids of what was made.
 * Safe for concurrent use.
 */
final class KnownValues {
    private static final int MOST_OF_A_NAME = 60;
    private static final int MOST_DEPTH = 8;

    private final Map<String, List<String>> given = new ConcurrentHashMap<>();
    private final Map<String, Set<String>> told = new ConcurrentHashMap<>();

    void give(String name, List<String> values) {
        given.put(name, List.copyOf(values));
    }

    /** Looks for values in what was answered. */
    void learn(JsonNode node) {
        learn(node, 0);
    }

    private void learn(JsonNode node, int depth) {
        if (depth > MOST_DEPTH) {
            return;
        }
        node.properties().forEach(member -> {
            if (member.getValue().isString() || member.getValue().isIntegralNumber()) {
                add(member.getKey(), member.getValue().asString());
            }
            learn(member.getValue(), depth + 1);
        });
        if (node.isArray()) {
            node.forEach(item -> learn(item, depth + 1));
        }
    }

    private void add(String name, String value) {
        if (value.isEmpty() || given.containsKey(name)) {
            return;
        }
        Set<String> known = told.computeIfAbsent(name, it -> new LinkedHashSet<>());
        synchronized (known) {
            known.add(value);
            if (known.size() > MOST_OF_A_NAME) {
                known.remove(known.iterator().next());
            }
        }
    }

    Optional<String> any(String name, Chance chance) {
        List<String> choices = given.getOrDefault(name, List.of());
        if (choices.isEmpty()) {
            Set<String> known = told.getOrDefault(name, Set.of());
            synchronized (known) {
                choices = new ArrayList<>(known);
            }
        }
        return choices.isEmpty() ? Optional.empty() : Optional.of(chance.oneOf(choices));
    }
}
