package skillrunner.http.legacy;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Registers old addresses beside their successors. Every answer names the successor, the day from which the old address may
 * be gone, and where that is explained; every call is logged as a warning.
 */
public final class LegacyRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(LegacyRoutes.class);

    private final boolean gone;
    private final String sunset;
    private final String document;

    /**
     * Takes how old addresses are answered.
     *
     * @param gone whether they are withdrawn; otherwise they work as ever
     * @param sunset the day from which they may be gone, sent as it stands
     * @param document address of the page that explains it
     */
    public LegacyRoutes(boolean gone, String sunset, String document) {
        this.gone = gone;
        this.sunset = Objects.requireNonNull(sunset);
        this.document = Objects.requireNonNull(document);
    }

    /**
     * Registers an old address. It must come before a route that would take it as well, such as one with a parameter.
     *
     * @param routes where
     * @param old the old address, which may have parameters
     * @param successor the new one; takes the same parameters
     * @param handler what both addresses do
     */
    public void get(RoutesConfig routes, String old, String successor, Handler handler) {
        routes.get(old, ctx -> {
            String now = filled(successor, ctx.pathParamMap());
            LOG.warn("GET {} is deprecated and was called; {} replaces it", old, successor);
            announce(ctx, now);
            if (gone) {
                throw new RefusedException(
                        ErrorCode.LEGACY_ROUTE_GONE, "This address was withdrawn; use " + now + " instead");
            }
            handler.handle(ctx);
        });
    }

    private void announce(Context ctx, String successor) {
        ctx.header("Deprecation", "true");
        ctx.header("Sunset", sunset);
        ctx.header("Link", "<" + successor + ">; rel=\"successor-version\", <" + document + ">; rel=\"deprecation\"");
    }

    private static String filled(String pattern, Map<String, String> parameters) {
        String filled = pattern;
        for (Map.Entry<String, String> parameter : parameters.entrySet()) {
            String value = URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                    .replace("+", "%20");
            filled = filled.replace("{" + parameter.getKey() + "}", value);
        }
        return filled;
    }
}
