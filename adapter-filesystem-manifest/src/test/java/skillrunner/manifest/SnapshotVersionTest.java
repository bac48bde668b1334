package skillrunner.manifest;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import static org.assertj.core.api.Assertions.assertThat;

class SnapshotVersionTest {
    @ParameterizedTest
    @CsvSource({
        "0.5.2, 0.5.12",
        "1.2, 1.2.1",
        "1.2.0-preview.2, 1.2.0",
        "1.2.0-preview.2, 1.2.0-preview.10",
        "1.2.0-1, 1.2.0-a",
        "1.2.0-a, 1.2.0-a.1",
        "latest, 0.0.0",
        "1.0.0, 1.123456789012345678901234567890.0"
    })
    void the_first_is_older(String older, String newer) {
        assertThat(SnapshotVersion.ORDER.compare(older, newer)).isNegative();
        assertThat(SnapshotVersion.ORDER.compare(newer, older)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1.2, 1.2.0", "1.2.0+a, 1.2.0+b", "latest, newest"})
    void both_are_as_old(String one, String other) {
        assertThat(SnapshotVersion.ORDER.compare(one, other)).isZero();
    }
}
