package skillrunner.http.engine;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import skillrunner.application.model.ModelListing;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.http.JsonBody;

/** {@code /v1/engines}: the engines, their sign-in, models, upgrades and versions. */
public final class EngineRoutes {
    private static final String UPGRADES = "/v1/engines/upgrades";

    private final EngineUseCases engines;

    public EngineRoutes(EngineUseCases engines) {
        this.engines = Objects.requireNonNull(engines);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/v1/engines", ctx -> ctx.json(list()));
        routes.get(
                "/v1/engines/auth-status",
                ctx -> ctx.json(new EngineJson.AuthStatus(
                        EngineAuthJson.of(engines.auth().report()))));
        routes.post(UPGRADES, this::upgrade);
        routes.get(
                UPGRADES + "/{request_id}",
                ctx -> ctx.json(UpgradeJson.of(engines.findUpgrade().find(ctx.pathParam("request_id")))));
        routes.get("/v1/engines/{engine}/models", ctx -> {
            EngineId engine = engine(ctx);
            ctx.json(ModelJson.Listed.of(
                    engines.models().list(engine), engines.engines().provider(engine)));
        });
        routes.get(
                "/v1/engines/{engine}/models/manifest",
                ctx -> ctx.json(ModelJson.Manifest.of(engines.models().list(engine(ctx)))));
        routes.post("/v1/engines/{engine}/models/snapshots", this::addSnapshot);
        routes.get("/v1/engines/{engine}/models/suggestion", this::suggestion);
        routes.post("/v1/engines/{engine}/rollback", ctx -> {
            EngineId engine = engine(ctx);
            engines.rollBack().rollBack(engine);
            ctx.json(EngineJson.Detail.of(engines.describe().describe(engine)));
        });
    }

    private void suggestion(Context ctx) {
        EngineId engine = engine(ctx);
        ctx.future(() -> engines.suggestSnapshot()
                .suggest(engine)
                .thenAcceptAsync(models -> ctx.json(
                        ModelJson.Suggested.of(engine, engines.versions().detect(engine), models))));
    }

    private EngineId engine(Context ctx) {
        return EnginePath.engine(ctx, engines.engines());
    }

    private EngineJson.Listed list() {
        List<EngineId> known = engines.engines().known();
        engines.versions().ahead(known);
        return new EngineJson.Listed(known.stream()
                .map(engine -> EngineJson.of(
                        engine,
                        engines.versions().detect(engine),
                        engines.models().models(engine)))
                .toList());
    }

    private void upgrade(Context ctx) {
        UpgradeTask task = engines.createUpgrade()
                .create(UpgradeBody.scope(JsonBody.of(ctx), engines.engines().known()));
        ctx.header("Location", UPGRADES + "/" + task.id());
        ctx.json(UpgradeJson.Created.of(task));
    }

    private void addSnapshot(Context ctx) {
        List<SnapshotRow> rows = SnapshotBody.rows(JsonBody.of(ctx));
        EngineId engine = engine(ctx);
        ModelListing listing = engines.addSnapshot().add(engine, rows);
        ctx.header("Location", "/v1/engines/" + engine + "/models/manifest");
        ctx.json(ModelJson.Manifest.of(listing));
    }
}
