package skillrunner.testkit.upgrade;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.upgrade.UpgradeTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.UpgradeChange;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.testkit.storage.ScriptedDisk;

/** Upgrade tasks in a map, on a {@link ScriptedDisk}. Safe for concurrent use. */
public final class InMemoryUpgradeTasks implements UpgradeTasks {
    private final ScriptedDisk disk;
    private final Map<UpgradeId, UpgradeTask> tasks = new LinkedHashMap<>();

    /** Makes an empty store on a disk that is never full. */
    public InMemoryUpgradeTasks() {
        this(new ScriptedDisk());
    }

    /**
     * Makes an empty store.
     *
     * @param disk asked before each change
     */
    public InMemoryUpgradeTasks(ScriptedDisk disk) {
        this.disk = Objects.requireNonNull(disk);
    }

    /** Returns all tasks, oldest first. */
    public synchronized List<UpgradeTask> all() {
        return List.copyOf(tasks.values());
    }

    /** Adds a task whatever is active, as nobody should. */
    public synchronized void addBeside(UpgradeTask task) {
        tasks.put(task.id(), task);
    }

    @Override
    public synchronized boolean addIfNoneActive(UpgradeTask task) {
        if (!active().isEmpty() || tasks.containsKey(task.id())) {
            return false;
        }
        disk.beforeWrite("task");
        tasks.put(task.id(), task);
        return true;
    }

    @Override
    public synchronized boolean save(UpgradeChange change) {
        UpgradeTask task = change.after();
        if (find(task.id()).filter(change::appliesTo).isEmpty()) {
            return false;
        }
        disk.beforeWrite(task.status().wire());
        tasks.put(task.id(), task);
        return true;
    }

    @Override
    public synchronized Optional<UpgradeTask> find(UpgradeId id) {
        return Optional.ofNullable(tasks.get(id));
    }

    @Override
    public synchronized List<UpgradeTask> active() {
        return tasks.values().stream()
                .filter(task -> !task.status().isTerminal())
                .toList();
    }

    @Override
    public synchronized Optional<UpgradeTask> latestPlanning(EngineId engine) {
        return tasks.values().stream()
                .filter(task -> task.engines().contains(engine))
                .reduce((older, newer) -> newer);
    }
}
