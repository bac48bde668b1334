package skillrunner.e2eclient.web;

import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import java.util.List;
import java.util.Set;

/**
 * HEAD for every route that answers GET: the route itself is asked, so that status and headers are those that GET would have. The
 * framework of its own would say that all is well without looking.
 */
public final class HeadAnswers {
    private HeadAnswers() {}

    /**
     * Adds them. To be called when all routes are registered.
     *
     * @param config has the routes
     */
    public static void register(JavalinConfig config) {
        InternalRouter router = config.unsafe.internalRouter;
        List<Endpoint> answering = router.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> HandlerType.GET.equals(endpoint.method))
                .toList();
        answering.forEach(
                get -> router.addHttpEndpoint(new Endpoint(HandlerType.HEAD, get.path, get.handler, Set.of())));
    }

    /**
     * Tells whether nothing but status and headers is wanted.
     *
     * @param ctx the request
     * @return true if so
     */
    public static boolean isWanted(Context ctx) {
        return HandlerType.HEAD.equals(ctx.method());
    }
}
