package skillrunner.http.run;

import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.output.EngineEvent.ToolResult.Ending;
import skillrunner.domain.run.RequestId;
import skillrunner.http.file.RichContent;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.ValueView;
import skillrunner.http.page.VisibleText;

/**
 * Turns events of a run into what its page says of them. The words of an agent are shown as Markdown that can do nothing; whatever an
 * event lacks is left out. Safe for concurrent use.
 */
final class ConversationPresenter {
    /** A longer message is shown as plain text, cut. */
    private static final int LONGEST_MESSAGE = 16 * 1024;

    private static final int LONGEST_TEXT = 4096;

    private static final Set<String> ALREADY_SAID = Set.of("DONE_MARKER_MISSING", "WAITING_USER_INPUT");

    private ConversationPresenter() {}

    /** What the events say, those left out that say nothing to a person. */
    static List<ConversationView.Item> items(RequestId request, List<ShownEvent> events, Messages messages) {
        return events.stream()
                .map(event -> item(new Told(request, event, messages)))
                .flatMap(Optional::stream)
                .toList();
    }

    private static Optional<ConversationView.Item> item(Told told) {
        return switch (told.event().type()) {
            case CONVERSATION_STARTED, RAW_STDOUT, RAW_STDERR, CONVERSATION_COMPLETED, CONVERSATION_FAILED ->
                Optional.empty();
            case STATE_CHANGED -> Optional.of(told.state());
            case INPUT_REQUIRED -> Optional.of(told.said(ConversationView.Kind.QUESTION, "talk.question", "prompt"));
            case REPLY_ACCEPTED ->
                Optional.of(told.said(ConversationView.Kind.REPLY, "talk.reply", "response_preview"));
            case AUTO_DECIDED -> Optional.of(told.said(ConversationView.Kind.REPLY, "talk.decided", "policy"));
            case MESSAGE -> Optional.of(told.said(ConversationView.Kind.MESSAGE, "talk.agent", "text"));
            case REASONING -> Optional.of(told.thought());
            case TOOL_CALL, TOOL_RESULT -> Optional.of(told.tool());
            case USAGE -> Optional.of(told.usage());
            case DIAGNOSTIC -> told.saysMore() ? Optional.of(told.diagnostic()) : Optional.empty();
        };
    }

    /** One event and the words for it. */
    private record Told(RequestId request, ShownEvent event, Messages messages) {
        ConversationView.Item said(ConversationView.Kind kind, String title, String member) {
            String text = event.text(member);
            ValueView value = kind == ConversationView.Kind.MESSAGE && text.length() <= LONGEST_MESSAGE
                    ? RichContent.object(text.strip()).value()
                    : null;
            String html = value != null || text.length() > LONGEST_MESSAGE ? "" : RichContent.markdown(text);
            return item(
                            kind,
                            messages.text(title),
                            html,
                            html.isEmpty() ? cut(text, LONGEST_MESSAGE) : "",
                            "",
                            null,
                            "")
                    .withValue(value);
        }

        ConversationView.Item state() {
            String key = "talk.state." + event.text("trigger");
            String to = "status." + event.text("to");
            String words = messages.has(key) ? messages.text(key) : messages.has(to) ? messages.text(to) : "";
            return item(ConversationView.Kind.STATE, words, "", "", "", null, "");
        }

        ConversationView.Item thought() {
            return item(
                    ConversationView.Kind.THOUGHT,
                    messages.text("talk.thought"),
                    "",
                    cut(event.text("text"), LONGEST_TEXT),
                    "",
                    null,
                    "");
        }

        ConversationView.Item tool() {
            return item(
                    ConversationView.Kind.TOOL,
                    EventWords.tool(event.text("tool"), messages),
                    "",
                    cut(event.text("summary"), LONGEST_TEXT),
                    EventWords.outcome(event.row(), messages),
                    isGood(event.text("ending"), event.data().get("exit_code")),
                    event.text("call"));
        }

        /** In journals of earlier releases stands what the engine said, whatever the exit code is. */
        private static @Nullable Boolean isGood(String ending, @Nullable Object exitCode) {
            Ending told =
                    switch (ending) {
                        case "succeeded" -> Ending.SUCCEEDED;
                        case "failed" -> Ending.FAILED;
                        default -> Ending.UNKNOWN;
                    };
            return switch (told.with(
                    exitCode instanceof Number code ? OptionalInt.of(code.intValue()) : OptionalInt.empty())) {
                case SUCCEEDED -> true;
                case FAILED -> false;
                case UNKNOWN -> null;
            };
        }

        ConversationView.Item usage() {
            return item(ConversationView.Kind.NOTE, EventWords.usage(event.row(), messages), "", "", "", null, "");
        }

        /** What only repeats how a turn ended says nothing to a person. */
        boolean saysMore() {
            return !ALREADY_SAID.contains(event.text("code"));
        }

        ConversationView.Item diagnostic() {
            return item(
                    ConversationView.Kind.NOTE,
                    EventWords.warning(event.text("code"), messages),
                    "",
                    cut(EventWords.warningDetail(event.row()), LONGEST_TEXT),
                    "",
                    null,
                    "");
        }

        private ConversationView.Item item(
                ConversationView.Kind kind,
                String title,
                String html,
                String text,
                String outcome,
                @Nullable Boolean good,
                String call) {
            return new ConversationView.Item(
                    kind,
                    event.seq(),
                    event.attempt(),
                    Moment.of(event.at()),
                    title,
                    html,
                    text,
                    outcome,
                    good,
                    call,
                    null,
                    event.address(request));
        }
    }

    private static String cut(String text, int longest) {
        String shown = VisibleText.of(text);
        return shown.length() <= longest ? shown : shown.substring(0, longest) + "…";
    }
}
