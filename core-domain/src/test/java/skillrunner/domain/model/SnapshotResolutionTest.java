package skillrunner.domain.model;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which snapshot serves which version of a CLI. */
class SnapshotResolutionTest {
    @Test
    void the_newest_that_is_not_newer_than_the_cli_serves() {
        SnapshotResolution resolution = rank("0.95.0", "0.0.0", "0.89.0", "0.99.0");

        assertThat(versions(resolution)).containsExactly("0.89.0", "0.0.0", "0.99.0");
        assertThat(resolution.reason()).isEmpty();
    }

    @Test
    void versions_are_compared_by_number_and_not_by_text() {
        assertThat(versions(rank("0.5.13", "0.5.2", "0.5.12"))).startsWith("0.5.12");
    }

    @ParameterizedTest
    @CsvSource({"0.0.1, NO_MATCH", ", CLI_VERSION_UNKNOWN", "dev-build, NO_SEMVER_MATCH", "'', NO_SEMVER_MATCH"})
    void without_a_match_the_newest_serves_and_the_reason_is_told(String detected, FallbackReason reason) {
        SnapshotResolution resolution =
                SnapshotResolution.rank(Optional.ofNullable(detected), refs("0.1.0", "0.3.0", "0.2.0"));

        assertThat(versions(resolution)).containsExactly("0.3.0", "0.2.0", "0.1.0");
        assertThat(resolution.reason()).contains(reason);
    }

    @Test
    void a_number_of_thirty_digits_is_ordered() {
        String large = "0.123456789012345678901234567890.0";

        assertThat(versions(rank("0.123456789012345678901234567891.0", "0.9.0", large)))
                .startsWith(large);
        assertThat(versions(rank("0.10.0", large, "0.9.0"))).startsWith("0.9.0");
    }

    @Test
    void what_is_no_version_is_never_chosen_while_there_is_one() {
        assertThat(versions(rank("1.0.0", "latest", "2.0.0"))).containsExactly("2.0.0", "latest");
        assertThat(versions(rank(null, "latest", "2.0.0"))).containsExactly("2.0.0", "latest");
        assertThat(rank("1.0.0", "latest").reason()).contains(FallbackReason.NO_MATCH);
    }

    @Test
    void of_equal_versions_the_one_written_as_the_clis_comes_first_then_the_first_listed() {
        assertThat(versions(rank("1.2", "1.2.0", "1.2", "1.2.0.0"))).containsExactly("1.2", "1.2.0", "1.2.0.0");
        assertThat(versions(rank("1.3", "1.2.0", "1.2"))).containsExactly("1.2.0", "1.2");
    }

    @Test
    void without_snapshots_nothing_serves() {
        SnapshotResolution resolution = rank("1.0.0");

        assertThat(resolution.candidates()).isEmpty();
        assertThat(resolution.reasonFor(Optional.empty())).contains(FallbackReason.NO_SNAPSHOTS);
    }

    @Test
    void a_snapshot_that_was_passed_over_is_the_reason() {
        SnapshotResolution resolution = rank("0.95.0", "0.0.0", "0.89.0");

        assertThat(resolution.reasonFor(Optional.of(resolution.candidates().get(0))))
                .isEmpty();
        assertThat(resolution.reasonFor(Optional.of(resolution.candidates().get(1))))
                .contains(FallbackReason.SNAPSHOT_UNREADABLE);
        assertThat(resolution.reasonFor(Optional.empty())).contains(FallbackReason.SNAPSHOT_UNREADABLE);
        assertThat(FallbackReason.SNAPSHOT_UNREADABLE.wire()).isEqualTo("snapshot_unreadable");
    }

    private static SnapshotResolution rank(@Nullable String detected, String... listed) {
        return SnapshotResolution.rank(Optional.ofNullable(detected), refs(listed));
    }

    private static List<ModelSnapshotRef> refs(String... versions) {
        return Stream.of(versions)
                .map(version -> new ModelSnapshotRef(version, "models_" + version + ".json"))
                .toList();
    }

    private static List<String> versions(SnapshotResolution resolution) {
        return resolution.candidates().stream().map(ModelSnapshotRef::version).toList();
    }
}
