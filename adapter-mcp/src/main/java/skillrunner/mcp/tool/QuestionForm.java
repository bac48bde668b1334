package skillrunner.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;
import tools.jackson.databind.json.JsonMapper;

/**
 * A question of a run as a form that a client shows to its user. Forms of the protocol are flat, so what does not fit is asked as text.
 *
 * @param message the question in words
 * @param schema of the form, plain values
 * @param interaction what is asked
 */
record QuestionForm(String message, Map<String, Object> schema, Interaction interaction) {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final String ANSWER = "answer";
    private static final int LONGEST_NAME = 100;
    private static final int MOST_FIELDS = 50;

    static QuestionForm of(Interaction interaction, Optional<String> directory) {
        Question question = interaction.question();
        Map<String, Object> properties = new LinkedHashMap<>();
        switch (question.kind()) {
            case CONFIRM, RISK_ACK -> properties.put(ANSWER, Map.of("type", "boolean", "title", "Yes"));
            case CHOOSE_ONE -> properties.put(ANSWER, choice(question));
            case FILL_FIELDS -> fields(question).forEach(name -> properties.put(name, text(name)));
            case OPEN_TEXT -> properties.put(ANSWER, text("Answer"));
        }
        if (properties.isEmpty()) {
            properties.put(ANSWER, text("Answer"));
        }
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        schema.put("required", List.copyOf(properties.keySet()));
        return new QuestionForm(message(interaction, directory), schema, interaction);
    }

    /** The question in words, with what a danger is about, as the server knows it, above the words of the agent. */
    static String message(Interaction interaction, Optional<String> directory) {
        List<String> lines = new ArrayList<>();
        if (interaction.question().kind() == InteractionKind.RISK_ACK) {
            lines.add("The engine was about to run: "
                    + Shown.line(interaction.command().orElse("(it did not say what)")));
            directory.ifPresent(folder -> lines.add("In the directory: " + Shown.line(folder)));
        }
        lines.add(Shown.text(interaction.question().prompt()));
        return String.join("\n", lines);
    }

    /** What may be answered, in lines of words; whoever answers is not bound by it. */
    static List<String> offer(Question question) {
        if (question.kind() == InteractionKind.CONFIRM || question.kind() == InteractionKind.RISK_ACK) {
            return List.of("The response is true for yes or false for no.");
        }
        List<String> lines = new ArrayList<>();
        List<String> fields = question.kind() == InteractionKind.FILL_FIELDS ? fields(question) : List.of();
        if (!fields.isEmpty()) {
            lines.add("The response is an object with these members: "
                    + fields.stream().map(QuestionForm::json).collect(Collectors.joining(", ")));
        }
        if (!question.options().isEmpty()) {
            lines.add("It offers these answers, each with the response that stands for it:");
            question.options()
                    .forEach(option -> lines.add("- " + Shown.line(option.label()) + ": " + json(option.value())));
        }
        return lines;
    }

    private static String json(@Nullable Object value) {
        return Shown.line(JSON.writeValueAsString(value));
    }

    /** The answer that was filled in; empty if the form came back without what it asks for. */
    Optional<Object> response(Map<String, ? extends @Nullable Object> content) {
        Question question = interaction.question();
        if (question.kind() == InteractionKind.FILL_FIELDS && !fields(question).isEmpty()) {
            Map<String, Object> values = new LinkedHashMap<>();
            for (String name : fields(question)) {
                Object value = content.get(name);
                if (value != null) {
                    values.put(name, value);
                }
            }
            return values.isEmpty() ? Optional.empty() : Optional.of(values);
        }
        Object answer = content.get(ANSWER);
        if (question.kind() == InteractionKind.CHOOSE_ONE) {
            List<String> labels = labels(question);
            int chosen = answer instanceof String label ? labels.indexOf(label) : -1;
            if (chosen >= 0) {
                return Optional.of(question.options().get(chosen).value());
            }
        }
        return Optional.ofNullable(answer);
    }

    private static Map<String, Object> choice(Question question) {
        List<String> labels = labels(question);
        return labels.isEmpty() ? text("Answer") : Map.of("type", "string", "title", "Answer", "enum", labels);
    }

    /** Two options of one name are told apart by their number. */
    private static List<String> labels(Question question) {
        List<String> labels = new ArrayList<>();
        for (Question.Option option : question.options()) {
            String label = Shown.line(option.label());
            labels.add(labels.contains(label) ? label + " (" + (labels.size() + 1) + ")" : label);
        }
        return labels;
    }

    private static List<String> fields(Question question) {
        return question.requiredFields().stream()
                .filter(name -> !name.isBlank() && name.length() <= LONGEST_NAME)
                .distinct()
                .limit(MOST_FIELDS)
                .toList();
    }

    private static Map<String, Object> text(String title) {
        return Map.of("type", "string", "title", Shown.line(title));
    }
}
