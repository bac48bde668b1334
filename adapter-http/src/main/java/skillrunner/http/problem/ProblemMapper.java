package skillrunner.http.problem;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpResponseException;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.BiPredicate;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.model.CatalogueUnreadableException;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.ErrorKind;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.WireFormat;
import tools.jackson.core.JacksonException;

/**
 * Turns whatever leaves a route into a problem document, or into a page where a page was asked for. Only what is our fault
 * is logged, once, with its stack.
 */
public final class ProblemMapper {
    private static final Logger LOG = LoggerFactory.getLogger(ProblemMapper.class);
    private static final AtomicLong INCIDENTS = new AtomicLong();
    private static final String RETRY_AFTER = "Retry-After";
    private static final String RETRY_AFTER_SECONDS = "5";

    private final BiPredicate<Context, Refusal> page;

    private ProblemMapper(BiPredicate<Context, Refusal> page) {
        this.page = page;
    }

    /**
     * Registers the mappings.
     *
     * @param routes where routes are registered
     * @param page answers with a page, or returns false if none was asked for
     */
    public static void register(RoutesConfig routes, BiPredicate<Context, Refusal> page) {
        new ProblemMapper(page).register(routes);
    }

    private void register(RoutesConfig routes) {
        routes.exception(RefusedException.class, (e, ctx) -> answer(ctx, e.refusal()));
        routes.exception(
                JacksonException.class,
                (e, ctx) ->
                        answer(ctx, Refusal.of(ErrorCode.REQUEST_INVALID, "The body is not valid JSON: " + place(e))));
        routes.exception(StorageFullException.class, (e, ctx) -> {
            LOG.error("{} {}: the disk is full", ctx.method(), ctx.path());
            answer(ctx, Refusal.of(ErrorCode.STORAGE_FULL, "The disk is full; nothing was stored"));
        });
        routes.exception(StorageFaultException.class, (e, ctx) -> unavailable(ctx, e));
        routes.exception(UnavailableException.class, (e, ctx) -> unavailable(ctx, e));
        routes.exception(CatalogueUnreadableException.class, (e, ctx) -> {
            LOG.error("{} {}: {}", ctx.method(), ctx.path(), e.getMessage());
            answer(ctx, Refusal.of(ErrorCode.CATALOGUE_UNREADABLE, String.valueOf(e.getMessage())));
        });
        routes.exception(HttpResponseException.class, this::framework);
        routes.exception(Exception.class, this::unexpected);
    }

    private void answer(Context ctx, Refusal refusal) {
        ErrorKind kind = refusal.code().kind();
        ctx.status(Problem.status(kind));
        boolean later = kind == ErrorKind.UNAVAILABLE || kind == ErrorKind.LIMITED;
        // Whoever refused may know better when to come again.
        if (later && !ctx.res().containsHeader(RETRY_AFTER)) {
            ctx.header(RETRY_AFTER, RETRY_AFTER_SECONDS);
        }
        if (kind == ErrorKind.TOO_SLOW) {
            ctx.header("Connection", "close");
        }
        if (page.test(ctx, refusal)) {
            return;
        }
        ctx.result(WireFormat.mapper().writeValueAsString(Problem.document(refusal, ctx.path())));
        ctx.contentType(Problem.MEDIA_TYPE);
    }

    private void framework(HttpResponseException e, Context ctx) {
        ErrorCode code = codeOf(e.getStatus());
        if (code.kind() == ErrorKind.METHOD_NOT_ALLOWED && e.getDetails().containsKey("availableMethods")) {
            ctx.header("Allow", String.valueOf(e.getDetails().get("availableMethods")));
        }
        answer(ctx, Refusal.of(code, code.title()));
    }

    static ErrorCode codeOf(int status) {
        return switch (status) {
            case 404 -> ErrorCode.ROUTE_NOT_FOUND;
            case 405 -> ErrorCode.METHOD_UNSUPPORTED;
            case 408 -> ErrorCode.REQUEST_TOO_SLOW;
            case 413 -> ErrorCode.BODY_TOO_LARGE;
            case 415 -> ErrorCode.CONTENT_TYPE_UNSUPPORTED;
            case 421 -> ErrorCode.HOST_UNKNOWN;
            case 503 -> ErrorCode.STREAMS_EXHAUSTED;
            // A version of HTTP or an encoding we don't speak is the client's choice.
            case 501, 505 -> ErrorCode.REQUEST_INVALID;
            default -> status >= 500 ? ErrorCode.INTERNAL_ERROR : ErrorCode.REQUEST_INVALID;
        };
    }

    private void unexpected(Exception e, Context ctx) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof RefusedException refused) {
                answer(ctx, refused.refusal());
                return;
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            String message = String.valueOf(cause.getMessage()).toLowerCase(Locale.ROOT);
            if (message.contains("max file size") || message.contains("max length") || message.contains("maxlength")) {
                answer(ctx, Refusal.of(ErrorCode.BODY_TOO_LARGE, "The upload is too large"));
                return;
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof HttpException bad) {
                answer(ctx, Refusal.of(codeOf(bad.getCode()), "The request body can't be read"));
                return;
            }
        }
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof StorageFaultException || cause instanceof UnavailableException) {
                unavailable(ctx, cause);
                return;
            }
        }
        // The id lets an operator find the stack that a client must not see.
        String incident = Long.toString(INCIDENTS.incrementAndGet(), Character.MAX_RADIX);
        LOG.error("{} {} failed, incident {}", ctx.method(), ctx.path(), incident, e);
        answer(ctx, Refusal.of(ErrorCode.INTERNAL_ERROR, "The server failed; the log has it as incident " + incident));
    }

    /**
     * Answers a request that met an error of the machine, which is no exception: a stack or a heap that is used up.
     *
     * @param response the answer; left alone if it has begun
     * @param error what it met
     */
    public static void failed(HttpServletResponse response, Error error) {
        String incident = Long.toString(INCIDENTS.incrementAndGet(), Character.MAX_RADIX);
        LOG.error("a request failed, incident {}", incident, error);
        if (response.isCommitted()) {
            return;
        }
        Refusal refusal =
                Refusal.of(ErrorCode.INTERNAL_ERROR, "The server failed; the log has it as incident " + incident);
        try {
            response.resetBuffer();
            response.setStatus(Problem.status(refusal.code().kind()));
            response.setContentType(Problem.MEDIA_TYPE);
            response.getOutputStream().write(WireFormat.mapper().writeValueAsBytes(Problem.document(refusal, "")));
        } catch (IOException e) {
            LOG.debug("nobody is told of incident {}: {}", incident, e.toString());
        }
    }

    private void unavailable(Context ctx, Throwable e) {
        LOG.error("{} {}: the data directory can't be used: {}", ctx.method(), ctx.path(), e.toString());
        answer(
                ctx,
                Refusal.of(
                        ErrorCode.STORAGE_UNAVAILABLE,
                        "The data directory can't be used at the moment; nothing was stored"));
    }

    private static String place(JacksonException e) {
        return e.getLocation() == null
                ? "unreadable"
                : "line " + e.getLocation().getLineNr() + ", column "
                        + e.getLocation().getColumnNr();
    }
}
