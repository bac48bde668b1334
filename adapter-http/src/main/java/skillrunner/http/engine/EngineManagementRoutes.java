package skillrunner.http.engine;

import io.javalin.config.RoutesConfig;
import java.util.Objects;

/** {@code /v1/management/engines}: what a person who looks after engines needs. */
public final class EngineManagementRoutes {
    private final EngineUseCases engines;

    public EngineManagementRoutes(EngineUseCases engines) {
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(
                "/v1/management/engines",
                ctx -> ctx.json(EngineJson.Summaries.of(engines.summaries().all())));
        routes.get(
                "/v1/management/engines/{engine}",
                ctx -> ctx.json(
                        EngineJson.Detail.of(engines.describe().describe(EnginePath.engine(ctx, engines.engines())))));
    }
}
