package skillrunner.http.engine;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.UpgradeOutput;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;

/** An upgrade task on the wire. */
record UpgradeJson(
        UpgradeId requestId,
        String mode,
        @Nullable EngineId requestedEngine,
        UpgradeStatus status,
        Map<EngineId, Result> results,
        @Nullable Running running,
        List<EngineId> engines,
        Instant createdAt,
        Instant updatedAt) {

    static UpgradeJson of(FindUpgradeTask.Found found) {
        UpgradeTask task = found.task();
        Map<EngineId, Result> results = new LinkedHashMap<>();
        task.results().forEach((engine, result) -> results.put(engine, Result.of(result)));
        return new UpgradeJson(
                task.id(),
                task.scope().mode(),
                task.scope().requestedEngine().orElse(null),
                task.status(),
                results,
                found.running().map(Running::of).orElse(null),
                task.engines(),
                task.createdAt(),
                task.updatedAt());
    }

    /** A task that was accepted. */
    record Created(UpgradeId requestId, UpgradeStatus status) {
        static Created of(UpgradeTask task) {
            return new Created(task.id(), task.status());
        }
    }

    /** How one engine's upgrade ended. */
    record Result(
            EngineUpgradeStatus status,
            String stdout,
            String stderr,
            @Nullable String error,
            @Nullable String version) {
        static Result of(EngineUpgradeResult result) {
            return new Result(
                    result.status(),
                    result.stdout(),
                    result.stderr(),
                    result.error().orElse(null),
                    result.version().orElse(null));
        }
    }

    /** What the engine in progress has said so far. */
    record Running(EngineId engine, String stdout, String stderr, Instant startedAt) {
        static Running of(UpgradeOutput output) {
            return new Running(output.engine(), output.stdout(), output.stderr(), output.startedAt());
        }
    }
}
