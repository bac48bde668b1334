package skillrunner.application.run.journal;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A JSON Schema of ours, made ready to check each event at the price of writing it. Knows the keywords that our schemas use, with the
 * meaning that draft 2020-12 gives them, and refuses a schema with any other, so that nothing stands in a schema without being
 * checked. Safe for concurrent use.
 */
final class EventSchema {
    /** Say nothing about a value. */
    private static final Set<String> NOTES = Set.of("$schema", "title", "description", "format", "$defs", "then");

    /** What tells all of an object's members: looked at together, each member is looked up once. */
    private static final Set<String> OF_CLOSED = Set.of("properties", "required", "additionalProperties");

    private static final String LOCAL = "#/$defs/";

    private final Rule rule;

    /** One demand. @return what is wrong, by its place; null if nothing is */
    private interface Rule {
        @Nullable
        String breach(@Nullable Object value);
    }

    private EventSchema(Rule rule) {
        this.rule = rule;
    }

    /**
     * Makes a schema ready.
     *
     * @param schema the schema as plain values
     * @return the schema
     * @throws IllegalArgumentException if it holds what this does not know
     */
    static EventSchema of(Map<String, Object> schema) {
        return new EventSchema(all(schema, object(schema.getOrDefault("$defs", Map.of()))));
    }

    /**
     * Checks an event.
     *
     * @param event a plain value
     * @return the first thing that is wrong, with its place and without any value; empty if it fits
     */
    Optional<String> breach(Object event) {
        return Optional.ofNullable(rule.breach(event));
    }

    private static Rule all(Map<String, Object> schema, Map<String, Object> shared) {
        List<Rule> rules = new ArrayList<>();
        boolean isClosed = schema.keySet().containsAll(OF_CLOSED);
        if (isClosed) {
            rules.add(closed(schema, shared));
        }
        schema.forEach((keyword, demand) -> {
            if (!NOTES.contains(keyword) && !(isClosed && OF_CLOSED.contains(keyword))) {
                rules.add(rule(keyword, demand, schema, shared));
            }
        });
        return rules.size() == 1 ? rules.get(0) : allOf(rules);
    }

    private static Rule allOf(List<Rule> rules) {
        Rule[] each = rules.toArray(Rule[]::new);
        return value -> {
            for (Rule rule : each) {
                String breach = rule.breach(value);
                if (breach != null) {
                    return breach;
                }
            }
            return null;
        };
    }

    private static Rule rule(String keyword, Object demand, Map<String, Object> schema, Map<String, Object> shared) {
        return switch (keyword) {
            case "$ref" -> all(object(shared.get(((String) demand).substring(LOCAL.length()))), shared);
            case "type" -> type(demand instanceof List<?> list ? texts(list) : Set.of((String) demand));
            case "const" -> value -> demand.equals(value) ? null : ": is not " + demand;
            case "enum" -> oneOf(texts((List<?>) demand));
            case "required" -> required(List.copyOf(texts((List<?>) demand)));
            case "properties" -> properties(object(demand), shared);
            case "additionalProperties" ->
                noOthers(demand, object(schema.get("properties")).keySet());
            case "items" -> items(all(object(demand), shared));
            case "minLength" -> least((Number) demand);
            case "minimum" ->
                value -> value instanceof Number number && number.doubleValue() < ((Number) demand).doubleValue()
                        ? ": is less than " + demand
                        : null;
            case "maximum" ->
                value -> value instanceof Number number && number.doubleValue() > ((Number) demand).doubleValue()
                        ? ": is more than " + demand
                        : null;
            case "allOf" ->
                eachOf(((List<?>) demand).stream().map(EventSchema::object).toList(), shared);
            case "if" -> {
                Rule condition = all(object(demand), shared);
                Rule then = all(object(schema.get("then")), shared);
                yield value -> condition.breach(value) == null ? then.breach(value) : null;
            }
            default -> throw new IllegalArgumentException("a keyword that is not known here: " + keyword);
        };
    }

    /** Of conditions on one text only that of the very text can hold, and the others need not be asked. */
    private static Rule eachOf(List<Map<String, Object>> schemas, Map<String, Object> shared) {
        Rule each = allOf(schemas.stream().map(schema -> all(schema, shared)).toList());
        Map<String, Rule> byText = new HashMap<>();
        Set<List<String>> paths = new HashSet<>();
        for (Map<String, Object> schema : schemas) {
            List<String> path = new ArrayList<>();
            Map<String, Object> at = schema.get("if") instanceof Map<?, ?> condition ? object(condition) : Map.of();
            while (at.size() == 1 && at.get("properties") instanceof Map<?, ?> one && one.size() == 1) {
                path.add(String.valueOf(one.keySet().iterator().next()));
                at = object(one.values().iterator().next());
            }
            boolean onText = at.size() == 1 && at.get("const") instanceof String && schema.size() == 2;
            if (!onText || byText.put((String) at.get("const"), all(object(schema.get("then")), shared)) != null) {
                return each;
            }
            paths.add(path);
        }
        return paths.size() == 1 ? chosen(paths.iterator().next(), byText, each) : each;
    }

    private static Rule chosen(List<String> path, Map<String, Rule> byText, Rule otherwise) {
        return value -> {
            Object at = value;
            for (String name : path) {
                at = at instanceof Map<?, ?> object ? object.get(name) : null;
            }
            if (!(at instanceof String text)) {
                return otherwise.breach(value);
            }
            Rule rule = byText.get(text);
            return rule == null ? null : rule.breach(value);
        };
    }

    private static Rule type(Set<String> types) {
        Rule[] each = types.stream().map(EventSchema::ofType).toArray(Rule[]::new);
        String breach = ": is not of type " + types;
        return value -> {
            for (Rule type : each) {
                if (type.breach(value) == null) {
                    return null;
                }
            }
            return breach;
        };
    }

    private static Rule ofType(String type) {
        return switch (type) {
            case "object" -> value -> value instanceof Map ? null : type;
            case "array" -> value -> value instanceof List ? null : type;
            case "string" -> value -> value instanceof String ? null : type;
            case "integer" ->
                value -> value instanceof Long || value instanceof Integer || value instanceof BigInteger ? null : type;
            case "number" ->
                value -> value instanceof Number number
                                && (!(number instanceof Double || number instanceof Float)
                                        || Double.isFinite(number.doubleValue()))
                        ? null
                        : type;
            case "null" -> value -> value == null ? null : type;
            default -> throw new IllegalArgumentException("a type that is not known here: " + type);
        };
    }

    private static Rule oneOf(Set<String> allowed) {
        return value -> value instanceof String text && allowed.contains(text) ? null : ": is none of " + allowed;
    }

    private static Rule required(List<String> names) {
        return value -> {
            if (value instanceof Map<?, ?> object) {
                for (String name : names) {
                    if (!object.containsKey(name)) {
                        return ": has no " + name;
                    }
                }
            }
            return null;
        };
    }

    private static Rule properties(Map<String, Object> members, Map<String, Object> shared) {
        String[] names = members.keySet().toArray(String[]::new);
        Rule[] rules = new Rule[names.length];
        for (int i = 0; i < names.length; i++) {
            rules[i] = all(object(members.get(names[i])), shared);
        }
        return value -> {
            if (value instanceof Map<?, ?> object) {
                for (int i = 0; i < names.length; i++) {
                    Object member = object.get(names[i]);
                    String breach = member == null && !object.containsKey(names[i]) ? null : rules[i].breach(member);
                    if (breach != null) {
                        return "/" + names[i] + breach;
                    }
                }
            }
            return null;
        };
    }

    private static Rule closed(Map<String, Object> schema, Map<String, Object> shared) {
        refuseOthers(schema.get("additionalProperties"));
        Set<String> required = texts(schema.get("required") instanceof List<?> names ? names : List.of());
        Map<String, Rule> members = new HashMap<>();
        object(schema.get("properties")).forEach((name, member) -> members.put(name, all(object(member), shared)));
        Rule each = required(List.copyOf(required));
        return value -> {
            if (!(value instanceof Map<?, ?> object)) {
                return null;
            }
            int there = 0;
            for (Map.Entry<?, ?> member : object.entrySet()) {
                Rule rule = members.get(member.getKey());
                if (rule == null) {
                    return ": has a member of another name";
                }
                String breach = rule.breach(member.getValue());
                if (breach != null) {
                    return "/" + member.getKey() + breach;
                }
                there += required.contains(member.getKey()) ? 1 : 0;
            }
            return there == required.size() ? null : each.breach(value);
        };
    }

    private static void refuseOthers(@Nullable Object demand) {
        if (!Boolean.FALSE.equals(demand)) {
            throw new IllegalArgumentException("other members are refused or not spoken of");
        }
    }

    private static Rule noOthers(Object demand, Set<String> names) {
        refuseOthers(demand);
        return value -> value instanceof Map<?, ?> object && !names.containsAll(object.keySet())
                ? ": has a member of another name"
                : null;
    }

    private static Rule items(Rule each) {
        return value -> {
            if (value instanceof List<?> list) {
                for (Object item : list) {
                    String breach = each.breach(item);
                    if (breach != null) {
                        return "/*" + breach;
                    }
                }
            }
            return null;
        };
    }

    private static Rule least(Number demand) {
        if (demand.intValue() != 1) {
            throw new IllegalArgumentException("a text may have to be there, and no more");
        }
        return value -> value instanceof String text && text.isEmpty() ? ": is empty" : null;
    }

    private static Set<String> texts(List<?> list) {
        Set<String> texts = new HashSet<>();
        list.forEach(each -> texts.add((String) each));
        return texts;
    }

    @SuppressWarnings("unchecked") // plain values of JSON have texts as keys
    private static Map<String, Object> object(@Nullable Object value) {
        if (value instanceof Map<?, ?> map) {
            return (Map<String, Object>) map;
        }
        throw new IllegalArgumentException("a schema without a part of it");
    }
}
