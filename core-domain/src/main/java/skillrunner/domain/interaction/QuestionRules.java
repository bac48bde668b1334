package skillrunner.domain.interaction;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a question from what an agent said, however it was written. A question that is badly written is still one: what can't
 * be used is left out, and at worst its words are some that fit always. Pure and safe for concurrent use.
 */
public final class QuestionRules {
    /** What is to be done without an answer, unless the agent says something else. */
    public static final String ENGINE_JUDGEMENT = "engine_judgement";

    /** The question of an agent that waits without saying for what. */
    public static final String GENERIC_PROMPT = "The agent needs your answer to go on.";

    /** Longest prompt kept, in characters. */
    public static final int MOST_PROMPT = 64 * 1024;

    /** So many options, and names of fields, are kept. */
    public static final int MOST_OPTIONS = 100;

    /** Longest label, name or word kept, in characters. */
    public static final int MOST_LABEL = 1024;

    /** Hints, context and values with more characters in all are left out. */
    public static final int MOST_EXTRA = 32 * 1024;

    private static final int DEEPEST = 16;
    private static final String ASK_USER = "ask_user";
    private static final String PROMPT = "prompt";
    private static final String QUESTION = "question";
    private static final String HINT = "hint";
    private static final String UI_HINTS = "ui_hints";
    private static final String INTERACTION_ID = "interaction_id";
    private static final String CONTEXT = "context";

    private QuestionRules() {}

    /**
     * A question as it was read.
     *
     * @param number what the agent calls it, if that is a number that could be one
     * @param question what is asked
     */
    public record Asked(Optional<Integer> number, Question question) {}

    /**
     * Finds the part of an answer that asks something.
     *
     * @param payload an answer as plain values
     * @return the part, to be read by {@link #read}; empty if the answer asks nothing
     */
    public static Optional<Map<String, Object>> asking(Map<?, ?> payload) {
        if (says(payload, ASK_USER)) {
            return Optional.of(part(payload.get(ASK_USER)));
        }
        if ((ASK_USER.equals(payload.get("action")) || ASK_USER.equals(payload.get("type")))) {
            return Optional.of(part(says(payload, "interaction") ? payload.get("interaction") : payload));
        }
        boolean hasWords = says(payload, PROMPT) || says(payload, QUESTION) || says(payload, HINT);
        boolean isForm = says(payload, INTERACTION_ID) || says(payload, "kind") || says(payload, "options");
        return hasWords && isForm ? Optional.of(part(payload)) : Optional.empty();
    }

    /** Models that fill in a form to its end write a member down to say that there is nothing in it. */
    private static boolean says(Map<?, ?> payload, String name) {
        Object said = payload.get(name);
        return said != null && !Boolean.FALSE.equals(said);
    }

    /** Words alone will do. */
    private static Map<String, Object> part(@Nullable Object said) {
        Map<String, Object> part = new LinkedHashMap<>();
        if (said instanceof Map<?, ?> members) {
            members.forEach((name, value) -> {
                if (name != null && value != null) {
                    part.put(name.toString(), value);
                }
            });
        } else if (said instanceof String words) {
            part.put(PROMPT, words);
        }
        return part;
    }

    /**
     * Reads a question.
     *
     * @param said what {@link #asking} found, or the same from a block of hints
     * @param words what the agent said beside it; the question if it has no words of its own
     * @return the question
     */
    public static Asked read(Map<String, Object> said, String words) {
        Map<String, Object> hints = extra(said.get(UI_HINTS));
        Map<String, Object> context = new LinkedHashMap<>(extra(said.get(CONTEXT)));
        Optional<Integer> number = number(said.get(INTERACTION_ID));
        if (number.isEmpty() && said.get(INTERACTION_ID) instanceof String id && !id.isBlank()) {
            context.put("external_interaction_id", cut(id, MOST_LABEL));
        }
        return new Asked(
                number,
                new Question(
                        InteractionKind.of(said.get("kind")),
                        prompt(said, hints, words),
                        options(said.get("options")),
                        hints,
                        text(said.get("default_decision_policy"))
                                .map(policy -> cut(policy, MOST_LABEL))
                                .orElse(ENGINE_JUDGEMENT),
                        fields(said.get("required_fields")),
                        context.isEmpty() ? Optional.empty() : Optional.of(context)));
    }

    /**
     * A question that is nothing but the agent's words.
     *
     * @param words what it said; may be blank
     * @return the question
     */
    public static Asked plain(String words) {
        return read(Map.of(), words);
    }

    private static String prompt(Map<String, Object> said, Map<String, Object> hints, String words) {
        return text(said.get(PROMPT))
                .or(() -> text(said.get(QUESTION)))
                .or(() -> text(said.get(HINT)))
                .or(() -> text(hints.get(HINT)))
                .map(text -> AskUserBlocks.cut(text).rest())
                .filter(text -> !text.isBlank())
                .or(() -> text(words))
                .map(text -> cut(text, MOST_PROMPT))
                .orElse(GENERIC_PROMPT);
    }

    private static List<Question.Option> options(@Nullable Object said) {
        List<Question.Option> options = new ArrayList<>();
        if (said instanceof List<?> items) {
            for (Object item : items) {
                if (options.size() < MOST_OPTIONS) {
                    option(item).ifPresent(options::add);
                }
            }
        }
        return options;
    }

    private static Optional<Question.Option> option(@Nullable Object item) {
        if (item instanceof Map<?, ?> members) {
            return text(members.get("label")).map(label -> {
                Object value = members.get("value");
                return new Question.Option(cut(label, MOST_LABEL), value != null && fits(value) ? value : label);
            });
        }
        Object value = item instanceof String text ? text.strip() : item;
        return value == null
                ? Optional.empty()
                : scalar(value).map(word -> new Question.Option(cut(word, MOST_LABEL), value));
    }

    private static List<String> fields(@Nullable Object said) {
        if (!(said instanceof List<?> items)) {
            return List.of();
        }
        return items.stream()
                .map(QuestionRules::scalar)
                .flatMap(Optional::stream)
                .limit(MOST_OPTIONS)
                .map(name -> cut(name, MOST_LABEL))
                .toList();
    }

    private static Optional<String> scalar(@Nullable Object item) {
        return item instanceof Number || item instanceof Boolean ? Optional.of(item.toString()) : text(item);
    }

    private static Optional<Integer> number(@Nullable Object said) {
        if (said instanceof Number number
                && number.doubleValue() == number.intValue()
                && number.intValue() > 0
                && number.intValue() < Integer.MAX_VALUE / 2) {
            return Optional.of(number.intValue());
        }
        return said instanceof String text && text.matches("[1-9][0-9]{0,8}")
                ? Optional.of(Integer.valueOf(text))
                : Optional.empty();
    }

    private static Optional<String> text(@Nullable Object said) {
        return said instanceof String text && !text.isBlank() ? Optional.of(text.strip()) : Optional.empty();
    }

    private static Map<String, Object> extra(@Nullable Object said) {
        return said instanceof Map<?, ?> && fits(said) ? part(said) : Map.of();
    }

    private static boolean fits(Object value) {
        return size(value, 0) <= MOST_EXTRA;
    }

    private static long size(@Nullable Object value, int depth) {
        if (depth > DEEPEST) {
            return MOST_EXTRA + 1L;
        }
        long size = 1;
        if (value instanceof Map<?, ?> members) {
            for (Map.Entry<?, ?> member : members.entrySet()) {
                size += size(member.getKey(), depth + 1) + size(member.getValue(), depth + 1);
                if (size > MOST_EXTRA) {
                    return size;
                }
            }
        } else if (value instanceof List<?> items) {
            for (Object item : items) {
                size += size(item, depth + 1);
                if (size > MOST_EXTRA) {
                    return size;
                }
            }
        } else if (value != null) {
            size += value.toString().length();
        }
        return size;
    }

    /** Whole characters only. */
    private static String cut(String text, int most) {
        if (text.length() <= most) {
            return text;
        }
        return text.substring(0, Character.isHighSurrogate(text.charAt(most - 1)) ? most - 1 : most);
    }
}
