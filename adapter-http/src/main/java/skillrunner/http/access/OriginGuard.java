package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Set;

/**
 * Refuses requests that change something and come from another site's page. A client that is no browser is let through.
 */
public final class OriginGuard implements Handler {
    private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);

    /** Makes the guard. */
    public OriginGuard() {}

    @Override
    public void handle(Context ctx) {
        // A web socket is opened by GET, but whoever holds it can send.
        boolean webSocket = ctx.header("Sec-WebSocket-Version") != null;
        if (!SAFE.contains(ctx.method()) || webSocket) {
            refuseForeign(ctx);
        }
    }

    /**
     * Refuses a request of whatever method that comes from another site's page.
     *
     * @param ctx the request
     * @throws skillrunner.domain.problem.RefusedException with {@code ORIGIN_FOREIGN}
     */
    public static void refuseForeign(Context ctx) {
        if (RequestOrigin.isForeign(ctx)) {
            throw RequestOrigin.refusal();
        }
    }
}
