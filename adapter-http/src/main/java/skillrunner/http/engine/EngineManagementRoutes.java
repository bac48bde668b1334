package skillrunner.http.engine;

import io.javalin.config.RoutesConfig;
import java.util.Objects;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;

/** {@code /v1/management/engines}: what a person who looks after engines needs. */
public final class EngineManagementRoutes {
    private final EngineUseCases engines;

    /**
     * Takes its collaborators.
     *
     * @param engines what the routes call
     */
    public EngineManagementRoutes(EngineUseCases engines) {
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/management/engines", ctx -> ctx.json(list()));
        routes.get(
                "/v1/management/engines/{engine}",
                ctx -> ctx.json(detail(EngineRoutes.engine(ctx, engines.engines()))));
    }

    EngineJson.Summaries list() {
        return new EngineJson.Summaries(
                engines.summaries().all().stream().map(EngineJson.Summary::of).toList());
    }

    EngineJson.Detail detail(EngineId engine) {
        return EngineJson.Detail.of(
                engines.summaries().one(engine),
                engines.findUpgrade().standing(engine),
                engines.models().liveModels(engine).flatMap(LiveModels::lastError));
    }
}
