package skillrunner.http.run;

import java.util.List;
import java.util.stream.Collectors;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.http.page.Messages;
import skillrunner.http.page.VisibleText;

/**
 * A conversation as Markdown for people. Whatever an agent or its user said stands behind a mark at the beginning of each line, so
 * that no words of theirs can pass for what the server says. Immutable.
 */
final class ConversationText {
    private final RequestId request;
    private final Messages messages;

    ConversationText(RequestId request, Messages messages) {
        this.request = request;
        this.messages = messages;
    }

    /** What the conversation is of. */
    String heading(Run run) {
        return "# " + messages.text("talk.title") + "\n\n" + messages.text("fact.request") + ": " + request + "  \n"
                + messages.text("fact.skill") + ": " + run.skill() + "  \n" + messages.text("fact.engine") + ": "
                + run.engine() + "\n\n";
    }

    /** What some events say, in their order. */
    String of(List<ShownEvent> events) {
        return events.stream().map(this::paragraph).collect(Collectors.joining());
    }

    private String paragraph(ShownEvent event) {
        return ConversationPresenter.items(request, List.of(event), messages).stream()
                .map(item -> words(item, event) + "\n")
                .collect(Collectors.joining());
    }

    private String words(ConversationView.Item item, ShownEvent event) {
        return switch (item.kind()) {
            case STATE, NOTE -> "*" + item.title() + "*" + behind(" ", item.text()) + "\n";
            case TOOL ->
                "**" + item.title() + "**" + behind(" · ", item.outcome()) + "\n"
                        + (item.text().isEmpty() ? "" : quoted("```\n" + fenced(item.text()) + "\n```"));
            case THOUGHT -> "**" + item.title() + "**\n" + quoted(item.text());
            case MESSAGE, QUESTION ->
                said(item, VisibleText.of(event.text(item.kind().said())));
            case REPLY -> said(item, VisibleText.of(event.text("response_preview") + event.text("policy")));
        };
    }

    private String said(ConversationView.Item item, String text) {
        return "## " + item.title() + " · " + messages.text("talk.attempt.one", Integer.toString(item.attempt()))
                + " · " + item.at().human() + "\n" + quoted(text);
    }

    private static String behind(String mark, String text) {
        return text.isEmpty() ? "" : mark + text.replace('\n', ' ');
    }

    /** A command that holds a fence does not end it. */
    private static String fenced(String text) {
        return text.replace("```", "` ` `");
    }

    private static String quoted(String text) {
        return "\n" + text.strip().lines().map(line -> "> " + line + "\n").collect(Collectors.joining());
    }
}
