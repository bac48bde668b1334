package skillrunner.http.access;

import io.javalin.http.Context;
import java.util.Locale;
import java.util.Set;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/** Tells requests that another site's page made a browser send. A client that is no browser sends neither header. */
final class RequestOrigin {
    private static final Set<String> OWN = Set.of("same-origin", "none");

    private RequestOrigin() {}

    static boolean isForeign(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !OWN.contains(site.toLowerCase(Locale.ROOT))) {
            return true;
        }
        String origin = ctx.header("Origin");
        if (origin == null) {
            return false;
        }
        String host = String.valueOf(ctx.header("Host")).toLowerCase(Locale.ROOT);
        String claimed = origin.toLowerCase(Locale.ROOT);
        return !claimed.equals("http://" + host) && !claimed.equals("https://" + host);
    }

    /** Whether a person follows a link: the answer is shown as a page of its own, which the other site can't look into. */
    static boolean isLink(Context ctx) {
        String method = ctx.req().getMethod();
        String destination = ctx.header("Sec-Fetch-Dest");
        return (method.equals("GET") || method.equals("HEAD"))
                && ctx.header("Origin") == null
                && "navigate".equalsIgnoreCase(ctx.header("Sec-Fetch-Mode"))
                && (destination == null || destination.equalsIgnoreCase("document"));
    }

    static RefusedException refusal() {
        return new RefusedException(ErrorCode.ORIGIN_FOREIGN, "A page of another origin may not send this request");
    }
}
