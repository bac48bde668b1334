package skillrunner.testkit.upgrade;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import skillrunner.application.upgrade.EngineUpgrader;
import skillrunner.application.upgrade.UpgradeOutput;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.testkit.clock.ManualClock;

/**
 * Upgrades nothing and answers what a test says; unless told otherwise, that each upgrade succeeds. A script runs while
 * the engine is "at work", on the thread that upgrades it, so a test can look around there. Safe for concurrent use.
 */
public final class ScriptedUpgrader implements EngineUpgrader {
    private final Map<EngineId, Function<UpgradeId, EngineUpgradeResult>> scripts = new HashMap<>();
    private final List<EngineId> calls = new ArrayList<>();
    private final List<UpgradeId> swept = new ArrayList<>();
    private Optional<UpgradeOutput> running = Optional.empty();
    private boolean canceled;

    /**
     * Sets what an engine's upgrade does.
     *
     * @param engine the engine
     * @param script runs while the engine is at work and makes its result
     */
    public synchronized void onUpgrade(EngineId engine, Function<UpgradeId, EngineUpgradeResult> script) {
        scripts.put(engine, script);
    }

    /**
     * Sets how an engine's upgrade ends.
     *
     * @param engine the engine
     * @param result the result
     */
    public void answers(EngineId engine, EngineUpgradeResult result) {
        onUpgrade(engine, task -> result);
    }

    /**
     * Lets the engine at work have written something.
     *
     * @param stdout its standard output so far
     * @param stderr its diagnostics so far
     */
    public synchronized void writes(String stdout, String stderr) {
        running = running.map(before -> new UpgradeOutput(before.engine(), stdout, stderr, before.startedAt()));
    }

    /**
     * Returns the engines whose upgrade was started.
     *
     * @return the engines in the order of their starts
     */
    public synchronized List<EngineId> calls() {
        return List.copyOf(calls);
    }

    /**
     * Returns the tasks whose leftovers were ended.
     *
     * @return the tasks in that order
     */
    public synchronized List<UpgradeId> swept() {
        return List.copyOf(swept);
    }

    @Override
    public EngineUpgradeResult upgrade(UpgradeId task, EngineId engine) {
        Function<UpgradeId, EngineUpgradeResult> script;
        synchronized (this) {
            if (canceled) {
                return EngineUpgradeResult.failed("", "", "canceled before it was started", Optional.empty());
            }
            if (running.isPresent()) {
                throw new AssertionError("two upgrades at the same time");
            }
            calls.add(engine);
            running = Optional.of(new UpgradeOutput(engine, "", "", ManualClock.START));
            script = scripts.getOrDefault(
                    engine, id -> EngineUpgradeResult.succeeded("upgraded " + engine, "", Optional.empty()));
        }
        try {
            EngineUpgradeResult result = script.apply(task);
            return isCanceled()
                    ? EngineUpgradeResult.failed("", "", "Upgrade command exited with code 143", Optional.empty())
                    : result;
        } finally {
            synchronized (this) {
                running = Optional.empty();
            }
        }
    }

    @Override
    public synchronized Optional<UpgradeOutput> running() {
        return running;
    }

    @Override
    public synchronized void endLeftovers(UpgradeId task) {
        swept.add(task);
    }

    @Override
    public synchronized void cancel() {
        canceled = true;
    }

    /**
     * Tells whether {@link #cancel} was called.
     *
     * @return true if it was
     */
    public synchronized boolean isCanceled() {
        return canceled;
    }
}
