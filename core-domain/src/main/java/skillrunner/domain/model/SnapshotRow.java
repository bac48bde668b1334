package skillrunner.domain.model;

import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * A model as somebody proposes it for a new snapshot; {@link SnapshotRules} says whether it is good.
 *
 * @param id what a run would ask for
 * @param displayName shown to people
 * @param deprecated whether the engine's maker advises against it
 * @param notes a remark for people
 * @param supportedEfforts the reasoning efforts it takes; absent or empty if the usual ones
 */
public record SnapshotRow(
        String id,
        Optional<String> displayName,
        boolean deprecated,
        Optional<String> notes,
        Optional<List<String>> supportedEfforts) {
    /** Copies the list and refuses null parts. */
    public SnapshotRow {
        Objects.requireNonNull(id);
        Objects.requireNonNull(displayName);
        Objects.requireNonNull(notes);
        supportedEfforts = supportedEfforts.map(List::copyOf);
    }

    /**
     * A model of which only the id is known.
     *
     * @param id what a run would ask for
     * @return the row
     */
    public static SnapshotRow of(String id) {
        return new SnapshotRow(id, Optional.empty(), false, Optional.empty(), Optional.empty());
    }
}
