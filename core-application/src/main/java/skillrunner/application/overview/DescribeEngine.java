package skillrunner.application.overview;

import java.util.Objects;
import skillrunner.application.model.ModelRegistry;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.LiveModels;

/** Tells everything there is to know of one engine. Safe for concurrent use. */
public final class DescribeEngine {
    private final SummarizeEngines summaries;
    private final FindUpgradeTask upgrades;
    private final ModelRegistry models;

    public DescribeEngine(SummarizeEngines summaries, FindUpgradeTask upgrades, ModelRegistry models) {
        this.summaries = Objects.requireNonNull(summaries);
        this.upgrades = Objects.requireNonNull(upgrades);
        this.models = Objects.requireNonNull(models);
    }

    /**
     * Describes an engine. May block for as long as its CLI takes to tell its version.
     *
     * @param engine the engine
     * @return everything
     */
    public EngineDetails describe(EngineId engine) {
        return new EngineDetails(
                summaries.one(engine),
                upgrades.standing(engine),
                models.liveModels(engine).flatMap(LiveModels::lastError));
    }
}
