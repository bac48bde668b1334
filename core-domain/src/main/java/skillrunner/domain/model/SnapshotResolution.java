package skillrunner.domain.model;

import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.domain.engine.CliVersion;

/**
 * Which snapshot serves a version of a CLI. The newest that is not newer than the CLI comes first; the others stand behind
 * it for the case that it can't be read.
 *
 * @param candidates all snapshots in the order in which they are tried
 * @param reason why the first of them is a makeshift, if it is
 */
public record SnapshotResolution(List<ModelSnapshotRef> candidates, Optional<FallbackReason> reason) {
    /** Copies the list and refuses null. */
    public SnapshotResolution {
        candidates = List.copyOf(candidates);
        Objects.requireNonNull(reason);
    }

    /**
     * Ranks snapshots. Of several with one rank, the one that is written as the CLI's version comes first, then the order
     * of the manifest counts.
     *
     * @param detected the CLI's version, if it could be detected; any text
     * @param listed the snapshots in the manifest's order
     * @return the order in which they are tried
     */
    public static SnapshotResolution rank(Optional<String> detected, List<ModelSnapshotRef> listed) {
        List<ModelSnapshotRef> newestFirst = listed.stream()
                .sorted(Comparator.comparing(ModelSnapshotRef::version, CliVersion.ORDER.reversed())
                        .thenComparing(ref -> !detected.equals(Optional.of(ref.version()))))
                .toList();
        if (newestFirst.isEmpty()) {
            return new SnapshotResolution(newestFirst, Optional.of(FallbackReason.NO_SNAPSHOTS));
        }
        if (detected.isEmpty()) {
            return new SnapshotResolution(newestFirst, Optional.of(FallbackReason.CLI_VERSION_UNKNOWN));
        }
        String version = detected.get();
        if (!CliVersion.isOrdered(version)) {
            return new SnapshotResolution(newestFirst, Optional.of(FallbackReason.NO_SEMVER_MATCH));
        }
        List<ModelSnapshotRef> matching = newestFirst.stream()
                .filter(ref -> CliVersion.isOrdered(ref.version()))
                .filter(ref -> CliVersion.ORDER.compare(ref.version(), version) <= 0)
                .toList();
        List<ModelSnapshotRef> candidates = Stream.concat(
                        matching.stream(), newestFirst.stream().filter(ref -> !matching.contains(ref)))
                .toList();
        return new SnapshotResolution(
                candidates, matching.isEmpty() ? Optional.of(FallbackReason.NO_MATCH) : Optional.empty());
    }

    /**
     * Says why the snapshot that serves is a makeshift.
     *
     * @param served the first candidate that could be read, empty if none could
     * @return the reason, empty if it is the right one
     */
    public Optional<FallbackReason> reasonFor(Optional<ModelSnapshotRef> served) {
        return candidates.stream().findFirst().equals(served)
                ? reason
                : Optional.of(FallbackReason.SNAPSHOT_UNREADABLE);
    }
}
