package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.time.InstantSource;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Asks for a user name and a password (RFC 7617). Runs before the body is read and before a route is looked up, so that
 * nobody learns without a password which routes and ids there are.
 */
public final class BasicAuth implements Handler {
    private static final String CHALLENGE = "Basic realm=\"Skill Runner\", charset=\"UTF-8\"";

    private final ProtectedPaths paths;
    private final Credentials credentials;
    private final FailureLimit failures;

    /**
     * Takes what to ask and where.
     *
     * @param rule the rule
     * @param clock measures how long failures are remembered
     */
    public BasicAuth(AccessRule rule, InstantSource clock) {
        this.paths = new ProtectedPaths(rule.scope());
        this.credentials = rule.credentials();
        this.failures = new FailureLimit(clock);
    }

    @Override
    public void handle(Context ctx) {
        if (!paths.covers(ctx.req().getRequestURI())) {
            return;
        }
        @Nullable String authorization = ctx.header("Authorization");
        if (authorization == null || authorization.isBlank()) {
            throw unauthenticated(ctx, "This address needs a user name and a password");
        }
        FailureLimit.Verdict verdict =
                failures.judge(ctx.req().getRemoteAddr(), () -> credentials.accept(authorization));
        if (verdict instanceof FailureLimit.Verdict.Wrong) {
            throw unauthenticated(ctx, "The user name or the password is wrong");
        }
        if (verdict instanceof FailureLimit.Verdict.Exhausted exhausted) {
            ctx.header("Retry-After", Long.toString(exhausted.retryAfterSeconds()));
            throw new RefusedException(
                    ErrorCode.AUTH_ATTEMPTS_EXHAUSTED,
                    "Too many wrong passwords came from this address; the next one is looked at in "
                            + exhausted.retryAfterSeconds() + " seconds");
        }
    }

    private static RefusedException unauthenticated(Context ctx, String detail) {
        ctx.header("WWW-Authenticate", CHALLENGE);
        return new RefusedException(ErrorCode.UNAUTHENTICATED, detail);
    }
}
