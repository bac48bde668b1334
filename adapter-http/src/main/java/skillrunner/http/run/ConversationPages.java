package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalQuery;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The conversation of a run, part by part, and answers that are given in its page. Safe for concurrent use. */
public final class ConversationPages {
    /** So many events are looked at for a part. */
    private static final int PART = 400;

    private final RunLookup lookup;
    private final InteractionUseCases interactions;
    private final JournalReader journal;
    private final Pages pages;

    public ConversationPages(RunLookup lookup, InteractionUseCases interactions, JournalReader journal, Pages pages) {
        this.lookup = Objects.requireNonNull(lookup);
        this.interactions = Objects.requireNonNull(interactions);
        this.journal = Objects.requireNonNull(journal);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui/management/runs/{request_id}/conversation", this::part, Load.LIST);
        routes.post("/ui/runs/{request_id}/reply", this::reply);
    }

    /** The newest part of a run's conversation. */
    ConversationView newest(RequestId request, RunId run, Messages messages) {
        long last = journal.lastFcmp(run);
        return after(request, run, Math.max(0, last - PART), messages);
    }

    /** What a run asks, if it waits for its user. */
    Optional<QuestionView> question(FindRun.Found found, Messages messages) {
        if (found.run().status() != RunStatus.WAITING_USER
                || found.request().options().executionMode() != ExecutionMode.INTERACTIVE) {
            return Optional.empty();
        }
        return interactions
                .pending()
                .find(found)
                .pending()
                .map((Interaction it) -> QuestionPresenter.view(it, messages));
    }

    private void part(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        Messages messages = pages.messages(ctx);
        RequestId request = found.request().id();
        RunId run = found.run().id();
        long before = ByteOffset.of(ctx, "before");
        ConversationView view = before > 0
                ? before(request, run, before, messages)
                : after(request, run, ByteOffset.of(ctx, "after"), messages);
        pages.render(ctx, "run/conversation.jte", messages.text("talk.title"), "runs", view);
    }

    private ConversationView after(RequestId request, RunId run, long seq, Messages messages) {
        List<JournalEvent> events = journal.fcmpAfter(run, seq, PART + 1);
        List<JournalEvent> shown = events.subList(0, Math.min(PART, events.size()));
        long cursor = shown.isEmpty() ? seq : shown.get(shown.size() - 1).seq();
        return view(request, seq + 1, cursor, events.size() > PART, shown, messages);
    }

    private ConversationView before(RequestId request, RunId run, long seq, Messages messages) {
        long from = Math.max(1, seq - PART);
        List<JournalEvent> shown = seq <= 1
                ? List.of()
                : journal.fcmp(run, new JournalQuery(from, seq - 1, Optional.empty(), Optional.empty(), PART));
        return view(request, from, seq - 1, false, shown, messages);
    }

    private static ConversationView view(
            RequestId request, long before, long cursor, boolean more, List<JournalEvent> events, Messages messages) {
        return new ConversationView(
                messages,
                request.value(),
                before,
                cursor,
                more,
                ConversationPresenter.items(
                        request,
                        events.stream()
                                .map(ShownEvent::of)
                                .flatMap(Optional::stream)
                                .toList(),
                        messages));
    }

    private void reply(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        interactions.answer().answer(found, ReplyFields.read(ctx));
        ctx.redirect("/ui/runs/" + found.request().id(), HttpStatus.SEE_OTHER);
    }
}
