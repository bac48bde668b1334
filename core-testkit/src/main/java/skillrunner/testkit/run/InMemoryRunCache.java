package skillrunner.testkit.run;

import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.cache.RunCache;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.RunId;
import skillrunner.domain.skill.SkillId;
import skillrunner.testkit.storage.ScriptedDisk;

/** Earlier answers in a map. Safe for concurrent use. */
public final class InMemoryRunCache implements RunCache {
    private final InMemoryRuns runs;
    private final ScriptedDisk disk;
    private final Map<String, RunId> entries = new HashMap<>();

    /**
     * Makes an empty cache.
     *
     * @param runs tells which runs succeeded
     * @param disk asked before each change
     */
    public InMemoryRunCache(InMemoryRuns runs, ScriptedDisk disk) {
        this.runs = Objects.requireNonNull(runs);
        this.disk = Objects.requireNonNull(disk);
    }

    @Override
    public synchronized Optional<RunId> find(String key) {
        return Optional.ofNullable(entries.get(key)).filter(runs::succeeded);
    }

    @Override
    public synchronized boolean mayAnswer(SkillId skill, EngineId engine) {
        return entries.values().stream()
                .filter(runs::succeeded)
                .flatMap(id -> runs.find(id).stream())
                .anyMatch(run -> run.skill().equals(skill) && run.engine().equals(engine));
    }

    @Override
    public synchronized void put(String key, RunId run, Instant now) {
        disk.beforeWrite("cache");
        entries.put(key, run);
    }

    @Override
    public synchronized void remove(String key) {
        disk.beforeWrite("cache");
        entries.remove(key);
    }

    /** Forgets all answers of a run. @return how many there were */
    synchronized int removeOf(RunId run) {
        int before = entries.size();
        entries.values().removeIf(run::equals);
        return before - entries.size();
    }
}
