package skillrunner.http.operations;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import skillrunner.http.load.Load;

/** {@code /healthz}, {@code /readyz} and {@code /metrics}. */
public final class OperationsRoutes {
    private static final Map<String, String> OK = Map.of("status", "ok");
    private static final Map<String, String> NOT_READY = Map.of("status", "unavailable");

    private final BooleanSupplier ready;
    private final Supplier<String> metrics;

    public OperationsRoutes(BooleanSupplier ready, Supplier<String> metrics) {
        this.ready = Objects.requireNonNull(ready);
        this.metrics = Objects.requireNonNull(metrics);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/healthz", ctx -> ctx.json(OK), Load.LIGHT);
        routes.get("/readyz", this::readiness, Load.LIGHT);
        routes.get(
                "/metrics",
                ctx -> ctx.result(metrics.get()).contentType("text/plain; version=0.0.4; charset=utf-8"),
                Load.LIGHT);
    }

    private void readiness(Context ctx) {
        boolean isReady = ready.getAsBoolean();
        ctx.status(isReady ? 200 : 503).json(isReady ? OK : NOT_READY);
    }
}
