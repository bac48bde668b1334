package skillrunner.domain.engine;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** What counts as a version of a CLI, and which is older. */
class CliVersionTest {
    @ParameterizedTest
    @CsvSource({
        "codex-cli 0.89.0, 0.89.0",
        "1.2, 1.2",
        "0.30.0-preview.2, 0.30.0",
        "node 20 has 0.5.14 (x), 0.5.14",
        "1. 2.3, 2.3",
        "1..2.3.4, 2.3.4",
        "007.1, 007.1"
    })
    void the_first_numbers_joined_by_dots_are_the_version(String stdout, String version) {
        assertThat(CliVersion.detect(stdout, "")).contains(new CliVersion(version));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev-build", "v24", "1.", ".1", "24"})
    void without_such_numbers_there_is_no_version(String stdout) {
        assertThat(CliVersion.detect(stdout, "")).isEmpty();
    }

    @Test
    void a_version_on_stdout_wins_over_a_warning_on_stderr() {
        assertThat(CliVersion.detect("0.5.14\n", "warning: node 20.1.0 is old\n"))
                .contains(new CliVersion("0.5.14"));
    }

    @Test
    void a_version_on_stderr_alone_counts() {
        assertThat(CliVersion.detect("hello\n", "iflow 0.5.14\n")).contains(new CliVersion("0.5.14"));
    }

    @Test
    void numbers_that_are_too_long_are_no_version() {
        assertThat(CliVersion.detect("1." + "2".repeat(63), "1.0")).isEmpty();
        assertThat(CliVersion.detect("1." + "2".repeat(62), "1.0")).isPresent();
    }

    @Test
    void endless_output_is_read_in_no_time() {
        assertThat(CliVersion.detect("1".repeat(3_000_000), "1.".repeat(3_000_000)))
                .isEmpty();
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
