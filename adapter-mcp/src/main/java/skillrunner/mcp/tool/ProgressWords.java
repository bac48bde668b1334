package skillrunner.mcp.tool;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.problem.Excerpt;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** What happens to a run, in a line for whoever waits for it. */
final class ProgressWords {
    private static final int LONGEST = 300;

    private final JsonMapper json;

    ProgressWords(JsonMapper json) {
        this.json = json;
    }

    /** The newest of some events that says something; empty if none does. */
    Optional<String> newest(List<JournalEvent> events) {
        for (int i = events.size() - 1; i >= 0; i--) {
            Optional<String> words = of(events.get(i));
            if (words.isPresent()) {
                return words;
            }
        }
        return Optional.empty();
    }

    private Optional<String> of(JournalEvent event) {
        Map<String, @Nullable Object> envelope;
        try {
            envelope = json.readValue(event.json(), new TypeReference<Map<String, @Nullable Object>>() {});
        } catch (JacksonException e) {
            return Optional.empty();
        }
        if (!(envelope.get("data") instanceof Map<?, ?> data)) {
            return Optional.empty();
        }
        return switch (String.valueOf(envelope.get("type"))) {
            case "conversation.state.changed" -> text(data, "to");
            case "assistant.message.final" -> text(data, "text");
            case "assistant.reasoning" -> text(data, "text").map(text -> "thinks: " + text);
            case "assistant.tool_call" ->
                text(data, "tool")
                        .map(tool -> tool
                                + text(data, "summary").map(it -> ": " + it).orElse(""));
            case "diagnostic.warning" -> text(data, "code").map(code -> "warning: " + code);
            case "user.input.required" -> text(data, "prompt").map(prompt -> "asks: " + prompt);
            default -> Optional.empty();
        };
    }

    private static Optional<String> text(Map<?, ?> data, String name) {
        return data.get(name) instanceof String text && !text.isBlank()
                ? Optional.of(Excerpt.of(Shown.line(text), LONGEST))
                : Optional.empty();
    }
}
