package skillrunner.application.model;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import skillrunner.domain.model.ModelSnapshotRef;

/**
 * An engine's manifest.
 *
 * @param content the whole object as it is stored, in its order, also what this product does not know
 * @param snapshots the snapshots it lists, in its order
 */
public record ModelManifest(Map<String, Object> content, List<ModelSnapshotRef> snapshots) {
    /** Copies both. */
    public ModelManifest {
        content = Collections.unmodifiableMap(new LinkedHashMap<>(content));
        snapshots = List.copyOf(snapshots);
    }
}
