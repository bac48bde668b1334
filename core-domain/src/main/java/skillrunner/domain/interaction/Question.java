package skillrunner.domain.interaction;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What an agent asks. All of it comes from the agent and is believed in nothing.
 *
 * @param kind what sort of answer it is made for
 * @param prompt the question in words; never blank
 * @param options answers to choose from; may be empty
 * @param uiHints how the agent would like it to be shown
 * @param defaultDecisionPolicy what the agent would like to be done if nobody answers, in a word
 * @param requiredFields names of values that are asked for; may be empty
 * @param context whatever else the agent says about it
 */
public record Question(
        InteractionKind kind,
        String prompt,
        List<Option> options,
        Map<String, Object> uiHints,
        String defaultDecisionPolicy,
        List<String> requiredFields,
        Optional<Map<String, Object>> context) {
    /** Copies the collections and refuses a question without words. */
    public Question {
        Objects.requireNonNull(kind);
        Objects.requireNonNull(defaultDecisionPolicy);
        options = List.copyOf(options);
        uiHints = Collections.unmodifiableMap(new LinkedHashMap<>(uiHints));
        requiredFields = List.copyOf(requiredFields);
        context = context.map(it -> Collections.unmodifiableMap(new LinkedHashMap<>(it)));
        if (prompt.isBlank()) {
            throw new IllegalArgumentException("a question without words");
        }
    }

    /**
     * A question that is nothing but words.
     *
     * @param prompt the words
     * @return the question
     */
    public static Question openText(String prompt) {
        return new Question(
                InteractionKind.OPEN_TEXT,
                prompt,
                List.of(),
                Map.of(),
                QuestionRules.ENGINE_JUDGEMENT,
                List.of(),
                Optional.empty());
    }

    /**
     * Writes it the way {@link QuestionRules#read} reads it.
     *
     * @return plain values by name; optional ones only where they say something
     */
    public Map<String, Object> toPlain() {
        Map<String, Object> plain = new LinkedHashMap<>();
        plain.put("kind", kind.wire());
        plain.put("prompt", prompt);
        plain.put("options", options.stream().map(Option::toPlain).toList());
        plain.put("ui_hints", uiHints);
        plain.put("default_decision_policy", defaultDecisionPolicy);
        plain.put("required_fields", requiredFields);
        context.ifPresent(it -> plain.put("context", it));
        return plain;
    }

    /**
     * An answer to choose.
     *
     * @param label what it is called; never blank
     * @param value what is answered, as a plain value
     */
    public record Option(String label, Object value) {
        /** Refuses null parts. */
        public Option {
            Objects.requireNonNull(label);
            Objects.requireNonNull(value);
        }

        /**
         * Writes it the way {@link QuestionRules#read} reads it.
         *
         * @return plain values by name
         */
        public Map<String, Object> toPlain() {
            Map<String, Object> plain = new LinkedHashMap<>();
            plain.put("label", label);
            plain.put("value", value);
            return plain;
        }
    }
}
