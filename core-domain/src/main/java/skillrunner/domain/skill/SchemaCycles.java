package skillrunner.domain.skill;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.json.JsonPointer;

/**
 * Finds references of a JSON Schema that lead in a circle without ever descending into the value: judging any value by
 * such a schema would not end. A reference to itself below {@code properties} or {@code items} is fine, for values end.
 * Works on plain values and within the schema alone.
 */
public final class SchemaCycles {
    private static final List<String> REFERENCES = List.of("$ref", "$dynamicRef", "$recursiveRef");

    /** Keywords whose schemas judge the same value again; everything else judges a part of it. */
    private static final Set<String> OF_THE_SAME_VALUE =
            Set.of("allOf", "anyOf", "oneOf", "not", "if", "then", "else", "dependentSchemas", "dependencies");

    private final Map<String, Map<?, ?>> schemas = new HashMap<>();
    private final Map<String, String> anchors = new HashMap<>();

    private record Step(String place, Iterator<String> next) {}

    private SchemaCycles() {}

    /**
     * Looks for a circle.
     *
     * @param schema the root object
     * @return JSON pointer of a schema on a circle, or empty if there is none
     */
    public static Optional<String> find(Map<String, ?> schema) {
        SchemaCycles cycles = new SchemaCycles();
        cycles.index(schema);
        return cycles.search();
    }

    /** Every object counts as a schema: one that is none is never referred to as a part of a circle. */
    private void index(Map<String, ?> root) {
        Deque<Map.Entry<String, Object>> open = new ArrayDeque<>();
        open.add(Map.entry("", root));
        while (!open.isEmpty()) {
            Map.Entry<String, Object> entry = open.remove();
            String place = entry.getKey();
            if (entry.getValue() instanceof Map<?, ?> object) {
                schemas.put(place, object);
                for (String name : List.of("$anchor", "$dynamicAnchor")) {
                    if (object.get(name) instanceof String anchor) {
                        anchors.putIfAbsent("#" + anchor, place);
                    }
                }
                object.forEach((key, value) -> {
                    if (value != null) {
                        open.add(Map.entry(JsonPointer.member(place, String.valueOf(key)), value));
                    }
                });
            } else if (entry.getValue() instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    Object value = list.get(i);
                    if (value != null) {
                        open.add(Map.entry(place + "/" + i, value));
                    }
                }
            }
        }
    }

    /** Depth first with a stack of its own: a chain of references may be longer than a thread's stack is deep. */
    private Optional<String> search() {
        Set<String> done = new HashSet<>();
        for (String start : schemas.keySet()) {
            Set<String> path = new HashSet<>();
            Deque<Step> stack = new ArrayDeque<>();
            enter(start, path, stack, done);
            while (!stack.isEmpty()) {
                Step step = stack.getLast();
                if (step.next().hasNext()) {
                    String next = step.next().next();
                    if (path.contains(next)) {
                        return Optional.of(next);
                    }
                    enter(next, path, stack, done);
                } else {
                    stack.removeLast();
                    path.remove(step.place());
                    done.add(step.place());
                }
            }
        }
        return Optional.empty();
    }

    private void enter(String place, Set<String> path, Deque<Step> stack, Set<String> done) {
        if (!done.contains(place)) {
            path.add(place);
            stack.addLast(new Step(place, judgingTheSameValue(place).iterator()));
        }
    }

    private List<String> judgingTheSameValue(String place) {
        List<String> next = new ArrayList<>();
        Map<?, ?> schema = schemas.getOrDefault(place, Map.of());
        for (String keyword : REFERENCES) {
            if (schema.get(keyword) instanceof String reference) {
                target(reference).ifPresent(next::add);
            }
        }
        for (String keyword : OF_THE_SAME_VALUE) {
            String below = place + "/" + keyword;
            if (schema.get(keyword) instanceof List<?> list) {
                for (int i = 0; i < list.size(); i++) {
                    next.add(below + "/" + i);
                }
            } else if (schema.get(keyword) instanceof Map<?, ?> object) {
                if (keyword.startsWith("depend")) {
                    object.keySet().forEach(key -> next.add(JsonPointer.member(below, String.valueOf(key))));
                } else {
                    next.add(below);
                }
            }
        }
        next.removeIf(other -> !schemas.containsKey(other));
        return next;
    }

    private Optional<String> target(String reference) {
        if (anchors.containsKey(reference)) {
            return Optional.of(anchors.get(reference));
        }
        if (reference.equals("#")) {
            return Optional.of("");
        }
        return reference.startsWith("#/") ? Optional.of(reference.substring(1)) : Optional.empty();
    }
}
