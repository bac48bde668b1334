package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.http.load.Answers;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The whole conversation of a run as a file: its events as they are stored, or as a text for people. Safe for concurrent use. */
public final class ConversationDownloads {
    private final RunLookup lookup;
    private final JournalReader journal;
    private final Pages pages;

    public ConversationDownloads(RunLookup lookup, JournalReader journal, Pages pages) {
        this.lookup = Objects.requireNonNull(lookup);
        this.journal = Objects.requireNonNull(journal);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui/runs/{request_id}/conversation.jsonl", this::lines);
        routes.get("/ui/runs/{request_id}/conversation.md", this::text);
    }

    private void lines(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        send(ctx, found, "jsonl", "application/jsonl", "", ConversationDownloads::lines);
    }

    private void text(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        Messages messages = pages.messages(ctx);
        ConversationText text = new ConversationText(found.request().id(), messages);
        send(ctx, found, "md", "text/markdown", text.heading(found.run()), events -> new JoinedParts()
                .then(text.of(events.stream()
                        .map(ShownEvent::of)
                        .flatMap(Optional::stream)
                        .toList())));
    }

    private void send(
            Context ctx,
            FindRun.Found found,
            String ending,
            String type,
            String heading,
            Function<List<JournalEvent>, JoinedParts> form) {
        ctx.contentType(type + "; charset=utf-8");
        ctx.header(
                "Content-Disposition",
                "attachment; filename=\"conversation-" + found.request().id() + "." + ending + "\"");
        Answers.stream(ctx, new EventPages(journal, found.run().id(), new JoinedParts().then(heading), form));
    }

    private static JoinedParts lines(List<JournalEvent> events) {
        JoinedParts lines = new JoinedParts();
        events.forEach(event -> lines.then(event::open).then("\n"));
        return lines;
    }
}
