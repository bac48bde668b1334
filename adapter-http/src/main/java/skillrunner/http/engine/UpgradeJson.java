package skillrunner.http.engine;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.application.upgrade.UpgradeOutput;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeScopeRules;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.http.JsonBody;
import skillrunner.http.WireFormat;

/** An upgrade task on the wire. */
record UpgradeJson(
        String requestId,
        String mode,
        @Nullable String requestedEngine,
        String status,
        Map<String, Result> results,
        @Nullable Running running,
        List<String> engines,
        String createdAt,
        String updatedAt) {

    static UpgradeJson of(FindUpgradeTask.Found found) {
        UpgradeTask task = found.task();
        Map<String, Result> results = new LinkedHashMap<>();
        task.results().forEach((engine, result) -> results.put(engine.wire(), Result.of(result)));
        return new UpgradeJson(
                task.id().value(),
                task.scope().mode(),
                task.scope().requestedEngine().map(EngineId::wire).orElse(null),
                task.status().wire(),
                results,
                found.running().map(Running::of).orElse(null),
                task.engines().stream().map(EngineId::wire).toList(),
                WireFormat.moment(task.createdAt()),
                WireFormat.moment(task.updatedAt()));
    }

    /** Reads what is to be upgraded; other fields are of no interest. */
    static UpgradeScope scope(JsonBody body, List<EngineId> known) {
        var mode = body.text("mode");
        var engine = body.text("engine");
        body.refuseIfWrong();
        return UpgradeScopeRules.read(mode, engine, known);
    }

    /** A task that was accepted. */
    record Created(String requestId, String status) {
        static Created of(UpgradeTask task) {
            return new Created(task.id().value(), task.status().wire());
        }
    }

    /** How one engine's upgrade ended. */
    record Result(String status, String stdout, String stderr, @Nullable String error, @Nullable String version) {
        static Result of(EngineUpgradeResult result) {
            return new Result(
                    result.status().wire(),
                    result.stdout(),
                    result.stderr(),
                    result.error().orElse(null),
                    result.version().orElse(null));
        }
    }

    /** What the engine in progress has said so far. */
    record Running(String engine, String stdout, String stderr, String startedAt) {
        static Running of(UpgradeOutput output) {
            return new Running(
                    output.engine().wire(), output.stdout(), output.stderr(), WireFormat.moment(output.startedAt()));
        }
    }
}
