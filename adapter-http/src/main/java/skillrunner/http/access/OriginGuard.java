package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Refuses requests that change something and come from another site's page. A client that is no browser sends neither of
 * the two headers and is let through.
 */
public final class OriginGuard implements Handler {
    private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    private static final Set<String> SAME_SITE = Set.of("same-origin", "none");

    /** Makes the guard. */
    public OriginGuard() {}

    @Override
    public void handle(Context ctx) {
        // A web socket is opened by GET, but whoever holds it can send.
        boolean webSocket = ctx.header("Sec-WebSocket-Version") != null;
        if (SAFE.contains(ctx.method()) && !webSocket) {
            return;
        }
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !SAME_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            throw foreign();
        }
        String origin = ctx.header("Origin");
        if (origin != null) {
            String host = String.valueOf(ctx.header("Host")).toLowerCase(Locale.ROOT);
            String claimed = origin.toLowerCase(Locale.ROOT);
            if (!claimed.equals("http://" + host) && !claimed.equals("https://" + host)) {
                throw foreign();
            }
        }
    }

    private static RefusedException foreign() {
        return new RefusedException(ErrorCode.ORIGIN_FOREIGN, "A page of another origin may not send this request");
    }
}
