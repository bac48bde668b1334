package skillrunner.domain.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Which versions of a CLI are driven. */
class KnownMajorsTest {
    private static final KnownMajors KNOWN = KnownMajors.of(1, 0);

    @ParameterizedTest
    @ValueSource(strings = {"0.169.0", "1.18.33", "1", "1.0.0-rc.1", "0.0.0-main-202611280101", "01.2"})
    void a_known_major_is_driven(String version) {
        assertThat(KNOWN.include(new CliVersion(version))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"2.0.0", "2.0.0-beta.3", "2", "10.1.0", "2026.11.28"})
    void another_major_is_not(String version) {
        assertThat(KNOWN.include(new CliVersion(version))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"dev-build", "v2.0.0", "99999999999999.1"})
    void what_tells_no_major_is_no_evidence(String version) {
        assertThat(KNOWN.include(new CliVersion(version))).isTrue();
    }

    @Test
    void without_a_list_everything_is_driven() {
        assertThat(KnownMajors.ALL.include(new CliVersion("77.0.0"))).isTrue();
    }

    @Test
    void people_read_the_numbers_in_their_order() {
        assertThat(KnownMajors.of(10, 2, 0)).hasToString("0, 2, 10");
    }
}
