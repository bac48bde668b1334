package skillrunner.domain.engine;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What counts as a version of a CLI, and which is older. */
class CliVersionTest {
    @ParameterizedTest
    @CsvSource({"0.169.0, 0", "1.18.33, 1", "2.0.0-beta.1, 2", "007.1, 7"})
    void the_major_version_is_the_first_number(String text, int major) {
        assertThat(new CliVersion(text).major()).contains(major);
    }

    @ParameterizedTest
    @ValueSource(strings = {"latest", "v1.0", "99999999999.1"})
    void what_does_not_begin_with_a_number_has_no_major_version(String text) {
        assertThat(new CliVersion(text).major()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "../1.0", "1/2", "1 2", "1.0\n", "1.0_1", "<b>"})
    void other_forms_are_no_versions(String text) {
        assertThat(CliVersion.parse(text)).isEmpty();
        assertThatThrownBy(() -> new CliVersion(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @CsvSource({
        "0.100.0, true",
        "1.2, true",
        "1, false",
        "dev-build, false",
        "1.2.0-preview.1, false",
        "..., false",
        "1..2, false"
    })
    void only_numbers_joined_by_dots_name_a_file(String text, boolean names) {
        assertThat(new CliVersion(text).isFileName()).isEqualTo(names);
    }

    @ParameterizedTest
    @CsvSource({
        "0.5.2, 0.5.12",
        "1.2, 1.2.1",
        "1.2.0-preview.2, 1.2.0",
        "1.2.0-preview.2, 1.2.0-preview.10",
        "1.2.0-1, 1.2.0-a",
        "1.2.0-a, 1.2.0-a.1",
        "latest, 0.0.0",
        "'', 0.0.0",
        "1.0.0, 1.123456789012345678901234567890.0"
    })
    void the_first_is_older(String older, String newer) {
        assertThat(CliVersion.ORDER.compare(older, newer)).isNegative();
        assertThat(CliVersion.ORDER.compare(newer, older)).isPositive();
    }

    @ParameterizedTest
    @CsvSource({"1.2, 1.2.0", "1.2.0+a, 1.2.0+b", "latest, newest"})
    void both_are_as_old(String one, String other) {
        assertThat(CliVersion.ORDER.compare(one, other)).isZero();
    }
}
