package skillrunner.http.engine;

import java.util.Objects;
import skillrunner.application.engine.Engines;
import skillrunner.application.engine.ReportEngineAuth;
import skillrunner.application.model.AddModelSnapshot;
import skillrunner.application.model.CliVersions;
import skillrunner.application.model.ModelRegistry;
import skillrunner.application.model.SuggestModelSnapshot;
import skillrunner.application.overview.DescribeEngine;
import skillrunner.application.overview.SummarizeEngines;
import skillrunner.application.upgrade.CreateUpgradeTask;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.RollBackEngine;

/**
 * What the routes and pages of engines call.
 *
 * @param engines the engines there are
 * @param versions tells the CLIs' versions
 * @param auth tells where the CLIs are and who is signed in
 * @param models tells the models
 * @param addSnapshot takes a list of models for a new version
 * @param suggestSnapshot asks a CLI for such a list
 * @param summaries puts together how engines stand
 * @param describe tells everything of one engine
 * @param createUpgrade begins an upgrade
 * @param findUpgrade tells how an upgrade stands
 * @param rollBack goes back to an earlier version
 */
public record EngineUseCases(
        Engines engines,
        CliVersions versions,
        ReportEngineAuth auth,
        ModelRegistry models,
        AddModelSnapshot addSnapshot,
        SuggestModelSnapshot suggestSnapshot,
        SummarizeEngines summaries,
        DescribeEngine describe,
        CreateUpgradeTask createUpgrade,
        FindUpgradeTask findUpgrade,
        RollBackEngine rollBack) {
    /** Refuses null parts. */
    public EngineUseCases {
        Objects.requireNonNull(engines);
        Objects.requireNonNull(versions);
        Objects.requireNonNull(auth);
        Objects.requireNonNull(models);
        Objects.requireNonNull(addSnapshot);
        Objects.requireNonNull(suggestSnapshot);
        Objects.requireNonNull(summaries);
        Objects.requireNonNull(describe);
        Objects.requireNonNull(createUpgrade);
        Objects.requireNonNull(findUpgrade);
        Objects.requireNonNull(rollBack);
    }
}
