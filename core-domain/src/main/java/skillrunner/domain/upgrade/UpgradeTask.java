package skillrunner.domain.upgrade;

import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import skillrunner.domain.engine.EngineId;

/**
 * One request to upgrade engines. A value: each change is a new one, and each change of status goes through {@link
 * UpgradeLifecycle#TABLE}.
 *
 * @param id names the task
 * @param scope what was asked for
 * @param engines the engines it plans, in canonical order; kept, since the server's engines may change later
 * @param status where it stands
 * @param results how engines ended so far, in canonical order; the engine in progress has none
 * @param createdAt when it was accepted
 * @param updatedAt when anything here last changed
 */
public record UpgradeTask(
        UpgradeId id,
        UpgradeScope scope,
        List<EngineId> engines,
        UpgradeStatus status,
        Map<EngineId, EngineUpgradeResult> results,
        Instant createdAt,
        Instant updatedAt) {

    /** Copies and sorts the collections and refuses a result that was not planned. */
    public UpgradeTask {
        Objects.requireNonNull(id);
        Objects.requireNonNull(scope);
        Objects.requireNonNull(status);
        Objects.requireNonNull(createdAt);
        Objects.requireNonNull(updatedAt);
        engines = List.copyOf(new TreeSet<>(engines));
        results = Collections.unmodifiableMap(new TreeMap<>(results));
        if (!engines.containsAll(results.keySet())) {
            throw new IllegalArgumentException("a result of an engine that was not planned");
        }
    }

    /**
     * A task that waits for its start.
     *
     * @param id names the task
     * @param scope what is asked for
     * @param engines the engines it plans
     * @param now when
     * @return the task
     */
    public static UpgradeTask queued(UpgradeId id, UpgradeScope scope, Collection<EngineId> engines, Instant now) {
        return new UpgradeTask(id, scope, List.copyOf(engines), UpgradeLifecycle.TABLE.initial(), Map.of(), now, now);
    }

    /**
     * The first engine is about to be upgraded.
     *
     * @param now when
     * @return the task after it
     */
    public UpgradeTask start(Instant now) {
        return on(UpgradeLifecycle.Event.STARTED, results, now);
    }

    /**
     * An engine ended.
     *
     * @param engine a planned engine that has no result yet
     * @param result how it ended
     * @param now when
     * @return the task after it
     * @throws IllegalStateException if the task is not running or the engine has a result
     */
    public UpgradeTask withResult(EngineId engine, EngineUpgradeResult result, Instant now) {
        if (status != UpgradeStatus.RUNNING || results.containsKey(engine)) {
            throw new IllegalStateException("no result of " + engine + " is expected while " + status.wire());
        }
        Map<EngineId, EngineUpgradeResult> more = new TreeMap<>(results);
        more.put(engine, result);
        return new UpgradeTask(id, scope, engines, status, more, createdAt, now);
    }

    /**
     * Every engine had its turn. The task failed if one of them failed or has no result; one that was left out on purpose
     * does no harm.
     *
     * @param now when
     * @return the task after it
     */
    public UpgradeTask finish(Instant now) {
        boolean well = results.keySet().containsAll(engines)
                && results.values().stream().noneMatch(result -> result.status() == EngineUpgradeStatus.FAILED);
        return on(
                well ? UpgradeLifecycle.Event.EVERY_ENGINE_SUCCEEDED : UpgradeLifecycle.Event.AN_ENGINE_FAILED,
                results,
                now);
    }

    /**
     * The work broke off. Results are kept; the engine that was in progress failed, the ones after it are skipped.
     *
     * @param reason why, as a sentence
     * @param now when
     * @return the task after it
     */
    public UpgradeTask abandon(String reason, Instant now) {
        Map<EngineId, EngineUpgradeResult> all = new TreeMap<>(results);
        inProgress().ifPresent(engine -> all.put(engine, EngineUpgradeResult.failed("", "", reason, Optional.empty())));
        engines.forEach(engine -> all.putIfAbsent(engine, EngineUpgradeResult.skipped(reason)));
        return on(UpgradeLifecycle.Event.ABANDONED, all, now);
    }

    /**
     * Returns the engine that is being upgraded.
     *
     * @return the first planned engine without a result while the task is running
     */
    public Optional<EngineId> inProgress() {
        return status == UpgradeStatus.RUNNING
                ? engines.stream()
                        .filter(engine -> !results.containsKey(engine))
                        .findFirst()
                : Optional.empty();
    }

    private UpgradeTask on(UpgradeLifecycle.Event event, Map<EngineId, EngineUpgradeResult> newResults, Instant now) {
        return new UpgradeTask(
                id, scope, engines, UpgradeLifecycle.TABLE.apply(status, event), newResults, createdAt, now);
    }
}
