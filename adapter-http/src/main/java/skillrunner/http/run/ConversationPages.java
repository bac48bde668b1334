package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.TokenCount;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The conversation of a run, part by part, and answers that are given in its page. Safe for concurrent use. */
public final class ConversationPages {
    private final RunLookup lookup;
    private final InteractionUseCases interactions;
    private final ConversationParts parts;
    private final TurnTokens tokens;
    private final Pages pages;

    public ConversationPages(RunLookup lookup, InteractionUseCases interactions, JournalReader journal, Pages pages) {
        this.lookup = Objects.requireNonNull(lookup);
        this.interactions = Objects.requireNonNull(interactions);
        this.parts = new ConversationParts(journal);
        this.tokens = new TurnTokens(parts);
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
        return view(request, run, parts.newest(run, ConversationParts.ALL), messages);
    }

    /** What each turn took, the oldest first. */
    List<Optional<TokenCount>> tokens(RunDetails details) {
        return tokens.of(details);
    }

    /** What a run asks, if it waits for its user. */
    Optional<QuestionView> question(FindRun.Found found, Messages messages) {
        if (found.run().status() != RunStatus.WAITING_USER
                || found.request().options().executionMode() != ExecutionMode.INTERACTIVE) {
            return Optional.empty();
        }
        FindPending.Pending asked = interactions.pending().find(found);
        return asked.pending().map((Interaction it) -> QuestionPresenter.view(it, asked.directory(), messages));
    }

    private void part(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        Messages messages = pages.messages(ctx);
        RunId run = found.run().id();
        int attempt = (int) Math.min(ByteOffset.of(ctx, "attempt"), Integer.MAX_VALUE);
        long before = ByteOffset.of(ctx, "before");
        ConversationParts.Part part;
        if (before > 0) {
            part = parts.before(run, attempt, before);
        } else if (ctx.queryParam("after") != null) {
            part = parts.after(run, attempt, ByteOffset.of(ctx, "after"));
        } else {
            part = parts.newest(run, attempt);
        }
        ConversationView view = view(found.request().id(), run, part, messages);
        pages.render(ctx, "run/conversation.jte", messages.text("talk.title"), "runs", view);
    }

    private ConversationView view(RequestId request, RunId run, ConversationParts.Part part, Messages messages) {
        return new ConversationView(
                messages,
                request.value(),
                parts.attempts(run),
                part.before(),
                part.cursor(),
                part.more(),
                ConversationPresenter.items(
                        request,
                        part.events().stream()
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
