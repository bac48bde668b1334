package skillrunner.sqlite.upgrade;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.upgrade.EngineUpgradeResult;
import skillrunner.domain.upgrade.EngineUpgradeStatus;
import skillrunner.domain.upgrade.UpgradeId;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeStatus;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code engine_upgrades}; the only place that turns one into a task and back. */
public record UpgradeRow(
        String requestId,
        String mode,
        @Nullable String requestedEngine,
        @Nullable String enginesJson,
        String status,
        String resultsJson,
        String createdAt,
        String updatedAt) {

    static UpgradeRow of(UpgradeTask task) {
        Map<String, Object> results = new LinkedHashMap<>();
        task.results().forEach((engine, result) -> results.put(engine.wire(), members(result)));
        return new UpgradeRow(
                task.id().value(),
                task.scope().mode(),
                task.scope().requestedEngine().map(EngineId::wire).orElse(null),
                JsonColumns.text(task.engines().stream().map(EngineId::wire).toList()),
                task.status().wire(),
                JsonColumns.text(results),
                TimestampColumns.text(task.createdAt()),
                TimestampColumns.text(task.updatedAt()));
    }

    UpgradeTask toTask() {
        Map<EngineId, EngineUpgradeResult> results = new TreeMap<>();
        JsonColumns.object(resultsJson).forEach((engine, members) -> {
            if (members instanceof Map<?, ?> object) {
                EngineId.parse(engine).ifPresent(name -> results.put(name, result(object)));
            }
        });
        Optional<EngineId> requested = Optional.ofNullable(requestedEngine).flatMap(EngineId::parse);
        // Another program may have kept results of engines that are not among ours.
        TreeSet<EngineId> planned = new TreeSet<>(planned(requested));
        planned.addAll(results.keySet());
        return new UpgradeTask(
                new UpgradeId(requestId),
                requested.<UpgradeScope>map(UpgradeScope.Single::new).orElseGet(UpgradeScope.All::new),
                List.copyOf(planned),
                UpgradeStatus.of(status),
                results,
                TimestampColumns.foreign(createdAt),
                TimestampColumns.foreign(updatedAt));
    }

    private List<EngineId> planned(Optional<EngineId> requested) {
        if (enginesJson == null) {
            return requested.map(List::of).orElse(EngineId.BUILT_IN);
        }
        return JsonColumns.strings(enginesJson).stream()
                .map(EngineId::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    private static Map<String, @Nullable Object> members(EngineUpgradeResult result) {
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("status", result.status().wire());
        members.put("stdout", result.stdout());
        members.put("stderr", result.stderr());
        members.put("error", result.error().orElse(null));
        members.put("version", result.version().orElse(null));
        return members;
    }

    private static EngineUpgradeResult result(Map<?, ?> members) {
        return new EngineUpgradeResult(
                // A word that is none of ours comes from another program; all that is known is that it ended.
                Arrays.stream(EngineUpgradeStatus.values())
                        .filter(status -> text(members, "status")
                                .filter(status.wire()::equals)
                                .isPresent())
                        .findFirst()
                        .orElse(EngineUpgradeStatus.FAILED),
                text(members, "stdout").orElse(""),
                text(members, "stderr").orElse(""),
                text(members, "error"),
                text(members, "version"));
    }

    private static Optional<String> text(Map<?, ?> members, String name) {
        return members.get(name) instanceof String text ? Optional.of(text) : Optional.empty();
    }
}
