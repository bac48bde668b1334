package skillrunner.application.run.journal;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the events of an attempt come to.
 *
 * @param diagnostics the first of those RASP events that warn of something, as plain values
 * @param metrics how many events there are of what kind, as plain values
 */
public record AttemptSummary(List<Map<String, Object>> diagnostics, Map<String, Object> metrics) {
    /** Copies both. */
    public AttemptSummary {
        diagnostics = List.copyOf(diagnostics);
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }
}
