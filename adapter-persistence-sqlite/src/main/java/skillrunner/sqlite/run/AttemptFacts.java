package skillrunner.sqlite.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.TokenCount;
import skillrunner.sqlite.file.JsonColumns;

/** The columns of {@code run_attempts} that hold what nothing is decided by. */
final class AttemptFacts {
    private AttemptFacts() {}

    static String text(ProcessesEnded processes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ended", processes.ended());
        json.put("left", processes.left());
        json.put("seen", processes.seen());
        processes
                .last()
                .ifPresent(last -> json.put(
                        "last",
                        Map.of(
                                "pid",
                                last.pid(),
                                "name",
                                last.name(),
                                "end",
                                last.end().wire())));
        return JsonColumns.text(json);
    }

    static ProcessesEnded processesEnded(String column) {
        Map<String, Object> json = JsonColumns.object(column);
        return new ProcessesEnded(
                (int) number(json, "ended"),
                (int) number(json, "left"),
                Boolean.TRUE.equals(json.get("seen")),
                Optional.ofNullable((Map<?, ?>) json.get("last")).map(AttemptFacts::last));
    }

    private static ProcessesEnded.Last last(Map<?, ?> json) {
        return new ProcessesEnded.Last(
                number(json, "pid"),
                Objects.requireNonNull((String) json.get("name")),
                ProcessEnd.parse(Objects.requireNonNull((String) json.get("end"))));
    }

    static @Nullable String text(EngineTold told) {
        if (told.equals(EngineTold.NOTHING)) {
            return null;
        }
        Map<String, Object> json = new LinkedHashMap<>();
        told.tokens()
                .ifPresent(tokens -> json.put(
                        "tokens",
                        Map.of(
                                "input", tokens.input(),
                                "cached_input", tokens.cachedInput(),
                                "output", tokens.output(),
                                "reasoning", tokens.reasoning())));
        json.put("models", told.models());
        return JsonColumns.text(json);
    }

    static EngineTold engineTold(String column) {
        Map<String, Object> json = JsonColumns.object(column);
        return new EngineTold(
                Optional.ofNullable((Map<?, ?>) json.get("tokens")).map(AttemptFacts::tokens),
                ((List<?>) json.getOrDefault("models", List.of()))
                        .stream().map(String.class::cast).toList());
    }

    private static TokenCount tokens(Map<?, ?> json) {
        return new TokenCount(
                number(json, "input"), number(json, "cached_input"), number(json, "output"), number(json, "reasoning"));
    }

    private static long number(Map<?, ?> json, String name) {
        return ((Number) Objects.requireNonNull(json.get(name))).longValue();
    }
}
