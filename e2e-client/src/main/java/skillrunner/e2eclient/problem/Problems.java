package skillrunner.e2eclient.problem;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.page.ProblemView;
import skillrunner.e2eclient.page.VisibleText;
import skillrunner.e2eclient.web.RefusedException;

/** Answers whatever leaves a route: with a problem document below {@code /api}, with a page elsewhere. */
public final class Problems {
    private static final Logger LOG = LoggerFactory.getLogger(Problems.class);
    private static final int INTERNAL = 500;

    private final Pages pages;
    private final AtomicLong incidents = new AtomicLong();

    /**
     * Takes what shows pages.
     *
     * @param pages the pages
     */
    public Problems(Pages pages) {
        this.pages = pages;
    }

    /**
     * Registers the mappings.
     *
     * @param routes where routes are registered
     */
    public void register(RoutesConfig routes) {
        routes.exception(RefusedException.class, (e, ctx) -> answer(ctx, Problem.of(e)));
        routes.exception(BackendException.class, (e, ctx) -> answer(ctx, Problem.of(e)));
        routes.exception(HttpResponseException.class, (e, ctx) -> answer(ctx, framework(e, ctx)));
        routes.exception(Exception.class, this::unexpected);
    }

    private static Problem framework(HttpResponseException e, Context ctx) {
        return switch (e.getStatus()) {
            case 404 -> Problem.of(404, "NOT_FOUND", "There is nothing at this address");
            case 405 -> {
                Object allowed = e.getDetails().get("availableMethods");
                if (allowed != null) {
                    ctx.header("Allow", String.valueOf(allowed));
                }
                yield Problem.of(405, "METHOD_UNSUPPORTED", "This address does not take " + ctx.method());
            }
            case 413 -> Problem.of(413, "BODY_TOO_LARGE", "The body is too large");
            default -> Problem.of(400, "REQUEST_INVALID", "The request can't be read");
        };
    }

    private void unexpected(Exception e, Context ctx) {
        // The id lets an operator find the stack that a client must not see.
        String incident = Long.toString(incidents.incrementAndGet(), Character.MAX_RADIX);
        LOG.error("{} {} failed, incident {}", ctx.method(), ctx.path(), incident, e);
        answer(
                ctx,
                Problem.of(
                        INTERNAL,
                        "INTERNAL_ERROR",
                        "The example client failed; its log has it as incident " + incident));
    }

    private void answer(Context ctx, Problem problem) {
        if (ctx.res().isCommitted()) {
            return;
        }
        if (ctx.path().startsWith("/api/")) {
            ctx.result(problem.document(ctx.path()));
            ctx.contentType(Problem.MEDIA_TYPE);
        } else {
            page(ctx, problem);
        }
        ctx.status(problem.status());
    }

    private void page(Context ctx, Problem problem) {
        Messages messages = pages.messages(ctx);
        String key = "problem." + problem.code();
        String title = messages.has(key) ? messages.text(key) : messages.text("problem.title", problem.status() + "");
        pages.render(
                ctx,
                "problem.jte",
                title,
                "",
                new ProblemView(
                        problem.status(),
                        problem.code(),
                        title,
                        VisibleText.of(problem.detail()),
                        problem.faults().stream()
                                .map(fault -> VisibleText.of(fault.pointer() + ": " + fault.detail()))
                                .toList()));
    }
}
