package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Refuses requests with a second method in a header. The framework would route by that one, while proxies, logs and guards read
 * the first.
 */
public final class MethodGuard implements Handler {
    private static final String OTHER_METHOD = "X-HTTP-Method-Override";

    /** Makes the guard. */
    public MethodGuard() {}

    @Override
    public void handle(Context ctx) {
        if (ctx.header(OTHER_METHOD) != null) {
            throw new RefusedException(ErrorCode.REQUEST_INVALID, OTHER_METHOD + " is not supported");
        }
    }
}
