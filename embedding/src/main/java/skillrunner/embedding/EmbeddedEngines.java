package skillrunner.embedding;

import java.util.List;
import java.util.Optional;
import skillrunner.application.model.ModelListing;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.domain.engine.CliVersion;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.SnapshotRow;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.embedding.engine.EngineCapability;

/**
 * Looks after engines: installs and upgrades their CLIs and knows their models. Once the runner is closed, everything but {@link #known}
 * throws {@link IllegalStateException}. Safe for concurrent use.
 */
public final class EmbeddedEngines {
    private final EngineCapability engines;
    private final OpenState open;

    EmbeddedEngines(EngineCapability engines, OpenState open) {
        this.open = open;
        this.engines = engines;
    }

    /**
     * Returns every engine there is, used or not.
     *
     * @return the engines in canonical order
     */
    public List<EngineId> known() {
        return engines.engines().known();
    }

    /**
     * Asks an engine's CLI for its version, or remembers its answer. May block for seconds.
     *
     * @param engine the engine
     * @return the version, or empty if there is no CLI or it does not tell
     */
    public Optional<CliVersion> version(EngineId engine) {
        return open.ask(() -> engines.versions().detect(engine));
    }

    /**
     * Begins to install or upgrade CLIs by npm, one after another, in the background.
     *
     * @param scope one engine or all
     * @return the queued task
     * @throws skillrunner.domain.problem.RefusedException with {@code UPGRADE_BUSY} while another one is queued or running, with
     *     {@code ENGINE_NOT_IN_USE} for a single engine that this runner does not use
     */
    public UpgradeTask upgrade(UpgradeScope scope) {
        return open.ask(() -> engines.upgrades().create(scope));
    }

    /**
     * Tells how an upgrade stands.
     *
     * @param task its id
     * @return the task, with the output of the engine in progress
     * @throws skillrunner.domain.problem.RefusedException with {@code UPGRADE_NOT_FOUND} if it names none
     */
    public FindUpgradeTask.Found upgrade(UpgradeId task) {
        return open.ask(() -> engines.findUpgrade().find(task.toString()));
    }

    /**
     * Tells the models of an engine. May block for seconds.
     *
     * @param engine the engine
     * @return its models, and where they come from
     * @throws skillrunner.application.model.CatalogueUnreadableException if the engine's manifest is missing or malformed
     */
    public ModelListing models(EngineId engine) {
        return open.ask(() -> engines.models().list(engine));
    }

    /**
     * Adds the list of models for the version of the CLI that is installed now.
     *
     * @param engine the engine
     * @param rows the models
     * @return the engine's models after that
     * @throws skillrunner.domain.problem.RefusedException in this order: {@code SNAPSHOT_UNSUPPORTED} for an engine that is asked for
     *     its models, {@code CLI_VERSION_UNDETECTED}, {@code REQUEST_INVALID} for a wrong row, {@code SNAPSHOT_EXISTS}, {@code
     *     CATALOGUE_UNWRITABLE}; nothing was stored
     */
    public ModelListing addSnapshot(EngineId engine, List<SnapshotRow> rows) {
        return open.ask(() -> engines.addSnapshot().add(engine, rows));
    }
}
