package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Asks for a user name and a password (RFC 7617). Runs before the body is read and before a route is looked up, so that
 * nobody learns without a password which routes and ids there are. What another site's page made a browser say is neither
 * looked at nor counted: a page must not be able to guess, nor to use up the failures of whoever looks at it. A link that a
 * person follows shows its page or asks for the password; its failures have a count of their own. An attempt that has to wait
 * holds no thread.
 */
public final class BasicAuth implements Handler {
    private static final String CHALLENGE = "Basic realm=\"Skill Runner\", charset=\"UTF-8\"";
    private static final String RETRY_AFTER_SECONDS = "1";

    private final ProtectedPaths paths;
    private final Credentials credentials;
    private final FailureLimit failures;
    private final FailureLimit failuresOfLinks;
    private final Proofs proofs = new Proofs();
    private final Executor threads;

    /**
     * Takes what to ask and where.
     *
     * @param rule the rule
     * @param clock measures how long failures and proofs are remembered
     * @param threads where an attempt goes on that had to wait
     */
    public BasicAuth(AccessRule rule, InstantSource clock, Executor threads) {
        this.paths = new ProtectedPaths(rule.scope());
        this.credentials = rule.credentials();
        ProvenClients proven = new ProvenClients();
        this.failures = new FailureLimit(clock, proven);
        this.failuresOfLinks = new FailureLimit(clock, proven);
        this.threads = Objects.requireNonNull(threads);
    }

    @Override
    public void handle(Context ctx) {
        String authorization = toJudge(ctx);
        if (authorization == null) {
            return;
        }
        FailureLimit.Verdict verdict = judge(ctx, authorization);
        if (verdict instanceof FailureLimit.Verdict.Later later) {
            ctx.future(() -> CompletableFuture.runAsync(
                    () -> conclude(
                            ctx,
                            limit(ctx)
                                    .judgeInTurn(
                                            ctx.req().getRemoteAddr(),
                                            proof(ctx, authorization),
                                            () -> credentials.accept(authorization))),
                    after(later.pause())));
            return;
        }
        conclude(ctx, verdict);
    }

    /**
     * Judges a request for a web socket, which can't wait.
     *
     * @param ctx the request
     */
    public void handleAtOnce(Context ctx) {
        String authorization = toJudge(ctx);
        if (authorization != null) {
            conclude(ctx, judge(ctx, authorization));
        }
    }

    /** @return what the client says of user name and password, or null if nobody asks for it here */
    private @Nullable String toJudge(Context ctx) {
        if (!paths.covers(ctx.req().getRequestURI())) {
            return null;
        }
        String authorization = ctx.header("Authorization");
        if (authorization == null || authorization.isBlank()) {
            throw unauthenticated(ctx, "This address needs a user name and a password");
        }
        if (RequestOrigin.isForeign(ctx) && !RequestOrigin.isLink(ctx)) {
            throw RequestOrigin.refusal();
        }
        return authorization;
    }

    private FailureLimit limit(Context ctx) {
        return RequestOrigin.isForeign(ctx) ? failuresOfLinks : failures;
    }

    private FailureLimit.Verdict judge(Context ctx, String authorization) {
        return limit(ctx)
                .judge(ctx.req().getRemoteAddr(), proof(ctx, authorization), () -> credentials.accept(authorization));
    }

    private Proof proof(Context ctx, String authorization) {
        return proofs.of(ctx.req().getRemoteAddr(), authorization);
    }

    private static void conclude(Context ctx, FailureLimit.Verdict verdict) {
        if (verdict instanceof FailureLimit.Verdict.Right) {
            return;
        }
        // A browser asks the person who followed a link again only if it is told to.
        if (verdict.equals(new FailureLimit.Verdict.Wrong(false)) || RequestOrigin.isForeign(ctx)) {
            throw unauthenticated(ctx, "The user name or the password is wrong");
        }
        // Whoever guesses is not told whether this one was looked at.
        ctx.header("Retry-After", RETRY_AFTER_SECONDS);
        throw new RefusedException(
                ErrorCode.AUTH_ATTEMPTS_EXHAUSTED,
                "Too many wrong passwords came from this address; each attempt takes a while now, and the right one gets in");
    }

    private Executor after(Duration pause) {
        return CompletableFuture.delayedExecutor(pause.toMillis(), TimeUnit.MILLISECONDS, threads);
    }

    private static RefusedException unauthenticated(Context ctx, String detail) {
        ctx.header("WWW-Authenticate", CHALLENGE);
        return new RefusedException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
