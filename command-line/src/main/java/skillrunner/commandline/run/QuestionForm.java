package skillrunner.commandline.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.terminal.VisibleText;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * A question of a run at the terminal: what is shown, and how typed lines become its answer. A question can be answered by a number
 * or in words; a danger is only taken on by the whole word, and named values are asked for one after another.
 */
final class QuestionForm {
    private final JsonNode question;
    private final List<JsonNode> options;
    private final List<String> fields;
    private final ObjectNode filled = Json.object();

    QuestionForm(JsonNode question) {
        this.question = Objects.requireNonNull(question);
        // How an agent calls its answers must not tempt to take a danger on.
        this.options =
                isDanger() ? List.of() : question.path("options").valueStream().toList();
        this.fields = kind().equals("fill_fields")
                ? question.path("required_fields")
                        .valueStream()
                        .map(name -> name.asString(""))
                        .toList()
                : List.of();
    }

    /** The same question, with nothing filled in. */
    QuestionForm again() {
        return new QuestionForm(question);
    }

    int number() {
        return question.path("interaction_id").asInt(0);
    }

    /** What is asked, on lines; text of the agent stands in it as it came. */
    List<String> lines() {
        List<String> lines = new ArrayList<>();
        JsonNode subject = question.path("subject");
        if (subject.isObject()) {
            String command = Document.text(subject, "command");
            // What the server knows itself comes first, apart from the agent's words, so that these can't be taken for
            // it.
            lines.add("The agent was about to run: "
                    + (command.isEmpty() ? "(the engine did not say what)" : VisibleText.exactly(command)));
            lines.add("in the folder: " + VisibleText.exactly(Document.text(subject, "directory")));
            lines.add("It says:");
        }
        lines.add(Document.text(question, "prompt"));
        for (int at = 0; at < options.size(); at++) {
            lines.add("  " + (at + 1) + ") " + VisibleText.line(Document.text(options.get(at), "label")));
        }
        String deadline = Document.text(question, "deadline");
        if (!deadline.isEmpty()) {
            lines.add("Until " + deadline + "; then it is decided without you.");
        }
        return lines;
    }

    /** What is to be typed next. */
    String prompt() {
        if (filled.size() < fields.size()) {
            return fields.get(filled.size()) + ":";
        }
        if (isDanger()) {
            return "Allow it? Type yes or no:";
        }
        if (!options.isEmpty()) {
            return "A number, or an answer in words:";
        }
        return kind().equals("confirm") ? "Yes or no, or an answer in words:" : "Answer:";
    }

    /**
     * Takes a line.
     *
     * @param typed what was typed
     * @return the answer once it is complete; until then {@link #prompt()} says what is still needed
     */
    Optional<JsonNode> accept(String typed) {
        String text = typed.strip();
        if (text.isEmpty()) {
            return Optional.empty();
        }
        if (!fields.isEmpty()) {
            filled.put(fields.get(filled.size()), text);
            return filled.size() == fields.size() ? Optional.of(filled) : Optional.empty();
        }
        String word = text.toLowerCase(Locale.ROOT);
        if (isDanger()) {
            return switch (word) {
                case "yes" -> Optional.of(Json.tree(true));
                case "no", "n" -> Optional.of(Json.tree(false));
                default -> Optional.empty();
            };
        }
        if (!options.isEmpty()) {
            return Optional.of(chosen(text).orElseGet(() -> Json.tree(text)));
        }
        if (kind().equals("confirm")) {
            return Optional.of(
                    switch (word) {
                        case "y", "yes" -> Json.tree(true);
                        case "n", "no" -> Json.tree(false);
                        default -> Json.tree(text);
                    });
        }
        return Optional.of(Json.tree(text));
    }

    private Optional<JsonNode> chosen(String text) {
        for (int at = 0; at < options.size(); at++) {
            if (text.equals(Integer.toString(at + 1))) {
                return Optional.of(options.get(at).path("value"));
            }
        }
        return Optional.empty();
    }

    private boolean isDanger() {
        return kind().equals("risk_ack");
    }

    private String kind() {
        return Document.text(question, "kind");
    }
}
