package skillrunner.commandline.run;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/** What happens to a run, as lines for people. Nothing is made visible here; the console does that. */
final class Conversation {
    /** Something went not as it should. */
    static final String WARNING = "diagnostic.warning";

    /** Told by the status as well, or only of interest to programs. */
    private static final Set<String> SILENT = Set.of(
            "conversation.state.changed",
            "conversation.started",
            "conversation.completed",
            "conversation.failed",
            "user.input.required",
            "assistant.usage");

    private Conversation() {}

    /**
     * A line or some lines.
     *
     * @param text what happened
     * @param aside whether it may step back behind what the agent says
     */
    record Line(String text, boolean aside) {}

    /**
     * Tells an event.
     *
     * @param type its type
     * @param data its data
     * @return the words for it; empty if it is not for people, or not known
     */
    static Optional<Line> line(String type, Map<String, Object> data) {
        if (SILENT.contains(type)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (type) {
                    case "assistant.message.final" -> new Line(text(data, "text"), false);
                    case "assistant.reasoning" -> new Line("~ " + text(data, "text"), true);
                    case "assistant.tool_call" ->
                        new Line("> " + text(data, "tool") + behind(": ", text(data, "summary")), true);
                    case "assistant.tool_result" ->
                        new Line(
                                "< " + text(data, "tool") + " " + text(data, "ending")
                                        + behind(", exit code ", text(data, "exit_code"))
                                        + behind(": ", text(data, "summary")),
                                true);
                    case "interaction.reply.accepted" -> new Line("= " + text(data, "response_preview"), true);
                    case "interaction.auto_decide.timeout" ->
                        new Line("= nobody answered in time; the agent decides", true);
                    case WARNING -> new Line("! " + text(data, "code") + behind(": ", text(data, "detail")), true);
                    case "raw.stdout", "raw.stderr" -> new Line("| " + text(data, "line"), true);
                    default -> null;
                });
    }

    private static String behind(String sign, String text) {
        return text.isEmpty() ? "" : sign + text;
    }

    private static String text(Map<String, Object> data, String name) {
        return Objects.toString(data.get(name), "");
    }
}
