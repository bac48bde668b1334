package skillrunner.domain.model;

import java.util.Objects;

/**
 * A line of a manifest: which file lists the models of a version.
 *
 * @param version the CLI's version, as the manifest writes it; it need not be one that can be ordered
 * @param file plain name of the snapshot's file
 */
public record ModelSnapshotRef(String version, String file) {
    /** Refuses null parts. */
    public ModelSnapshotRef {
        Objects.requireNonNull(version);
        Objects.requireNonNull(file);
    }
}
