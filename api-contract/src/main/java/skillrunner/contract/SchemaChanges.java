package skillrunner.contract;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/**
 * Compares schemas of two documents as clients see them. Of what they receive, nothing may go and nothing may become another thing;
 * of what they send, everything that was taken must be taken. Kinds of values may be added to what is received, as the document
 * says.
 */
final class SchemaChanges {
    /** Which way a value goes, as a client sees it. */
    enum Way {
        SENT,
        RECEIVED
    }

    private final ApiDocument before;
    private final ApiDocument after;
    private final Way way;
    private final Consumer<String> told;
    private final Set<String> seen = new HashSet<>();

    SchemaChanges(ApiDocument before, ApiDocument after, Way way, Consumer<String> told) {
        this.before = before;
        this.after = after;
        this.way = way;
        this.told = told;
    }

    void compare(JsonNode was, JsonNode is, String place) {
        Shape old = new Shape();
        old.add(before, was);
        Shape now = new Shape();
        now.add(after, is);
        // A schema that holds itself is compared once at a place.
        if (!seen.add(place + "\n" + was + "\n" + is) || place.length() > 1_000) {
            return;
        }
        types(old, now, place);
        values(old, now, place);
        members(old, now, place);
        if (!old.items.isMissingNode() && !now.items.isMissingNode()) {
            compare(old.items, now.items, place + "/*");
        }
        if (!old.others.isMissingNode() && !now.others.isMissingNode()) {
            compare(old.others, now.others, place + "/?");
        }
    }

    /** A schema without types takes all. */
    private void types(Shape old, Shape now, String place) {
        Set<String> wide = way == Way.SENT ? now.types : old.types;
        Set<String> narrow = way == Way.SENT ? old.types : now.types;
        if (wide.isEmpty()) {
            return;
        }
        if (narrow.isEmpty() || !covers(wide, narrow)) {
            told.accept(place + " was " + words(old.types) + " and is " + words(now.types));
        }
    }

    private static boolean covers(Set<String> wide, Set<String> narrow) {
        return narrow.stream()
                .allMatch(type -> wide.contains(type) || (type.equals("integer") && wide.contains("number")));
    }

    private static String words(Set<String> types) {
        return types.isEmpty() ? "anything" : String.join(" or ", types);
    }

    private void values(Shape old, Shape now, String place) {
        if (way == Way.RECEIVED || now.values.isEmpty()) {
            return;
        }
        Set<String> gone = new TreeSet<>(old.values);
        gone.removeAll(now.values);
        if (old.values.isEmpty() || !gone.isEmpty()) {
            told.accept(
                    place + " does not take " + (gone.isEmpty() ? "any value" : String.join(", ", gone)) + " any more");
        }
    }

    private void members(Shape old, Shape now, String place) {
        old.members.forEach((name, was) -> {
            JsonNode is = now.members.get(name);
            String member = place + "/" + name;
            if (is == null) {
                if (!(now.members.isEmpty() && now.open)) {
                    told.accept(member + " is gone");
                }
            } else {
                compare(was, is, member);
            }
        });
        Set<String> tighter = new TreeSet<>(way == Way.SENT ? now.required : old.required);
        tighter.removeAll(way == Way.SENT ? old.required : now.required);
        if (way == Way.RECEIVED) {
            // What is gone is told already.
            tighter.retainAll(now.members.keySet());
        }
        tighter.forEach(name ->
                told.accept(place + "/" + name + (way == Way.SENT ? " has to be there now" : " may be missing now")));
    }

    /** What a schema says in sum, with its parts and alternatives. */
    private static final class Shape {
        private final Set<String> types = new TreeSet<>();
        private final Set<String> values = new TreeSet<>();
        private final Map<String, JsonNode> members = new LinkedHashMap<>();
        private final Set<String> required = new TreeSet<>();
        private JsonNode items = MissingNode.getInstance();
        private JsonNode others = MissingNode.getInstance();
        private boolean open = true;

        void add(ApiDocument document, JsonNode reference) {
            JsonNode schema = document.resolve(reference);
            JsonNode type = schema.path("type");
            if (type.isString()) {
                types.add(type.stringValue());
            }
            type.forEach(one -> types.add(one.stringValue()));
            schema.path("enum").forEach(value -> values.add(value.toString()));
            if (schema.has("const")) {
                values.add(schema.path("const").toString());
            }
            schema.path("properties")
                    .properties()
                    .forEach(member -> members.putIfAbsent(member.getKey(), member.getValue()));
            schema.path("required").forEach(name -> required.add(name.stringValue()));
            if (schema.has("items")) {
                items = schema.path("items");
            }
            if (schema.path("additionalProperties").isObject()) {
                others = schema.path("additionalProperties");
            }
            open &= schema.path("additionalProperties").asBoolean(true);
            schema.path("allOf").forEach(part -> add(document, part));
            alternatives(document, schema.path("oneOf"));
            alternatives(document, schema.path("anyOf"));
        }

        /** Only what all alternatives need is needed. */
        private void alternatives(ApiDocument document, JsonNode alternatives) {
            List<Set<String>> needed = new ArrayList<>();
            for (JsonNode alternative : alternatives) {
                Shape one = new Shape();
                one.add(document, alternative);
                types.addAll(one.types);
                values.addAll(one.values);
                one.members.forEach(members::putIfAbsent);
                if (!one.types.equals(Set.of("null"))) {
                    needed.add(one.required);
                }
            }
            if (!needed.isEmpty()) {
                Set<String> common = new TreeSet<>(needed.get(0));
                needed.forEach(common::retainAll);
                required.addAll(common);
            }
        }
    }
}
