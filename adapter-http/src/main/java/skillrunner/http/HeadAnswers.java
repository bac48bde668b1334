package skillrunner.http;

import io.javalin.http.HandlerType;
import io.javalin.router.Endpoint;
import io.javalin.router.InternalRouter;
import io.javalin.security.Roles;
import java.util.List;
import java.util.Set;

/**
 * HEAD for every route that answers GET: the route itself is asked, so that status and headers are those that GET would have.
 * The framework of its own would say that all is well without looking.
 */
final class HeadAnswers {
    private HeadAnswers() {}

    /** To be called when all routes are registered. */
    static void register(InternalRouter router) {
        List<Endpoint> answering = router.allHttpHandlers().stream()
                .map(parsed -> parsed.endpoint)
                .filter(endpoint -> HandlerType.GET.equals(endpoint.method))
                .toList();
        for (Endpoint get : answering) {
            Roles roles = get.metadata(Roles.class);
            router.addHttpEndpoint(
                    new Endpoint(HandlerType.HEAD, get.path, get.handler, roles == null ? Set.of() : Set.of(roles)));
        }
    }
}
