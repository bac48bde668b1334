package skillrunner.domain.engine;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class VersionStatementTest {
    private static final List<String> NAMES = List.of("codex");

    @ParameterizedTest
    @CsvSource({
        "codex-cli 0.89.0, 0.89.0",
        "1.2, 1.2",
        "0.30.0-preview.2, 0.30.0",
        "node 20 has 0.5.14 (x), 0.5.14",
        "1. 2.3, 2.3",
        "1..2.3.4, 2.3.4",
        "007.1, 007.1",
        "v1.18.33, 1.18.33",
        "Codex CLI version: v0.169.0, 0.169.0",
        "@openai/codex@0.169.0, 0.169.0",
        "2.1.330 (Codex for all), 2.1.330",
        "codex-cli 0.169.0 (linux-x64 glibc 2.36), 0.169.0"
    })
    void a_line_with_numbers_joined_by_dots_states_a_version(String stdout, String version) {
        assertThat(detected(stdout, "")).contains(version);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "dev-build", "v24", "1.", ".1", "24"})
    void without_such_numbers_there_is_none(String stdout) {
        assertThat(detected(stdout, "")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Welcome to Node.js v20.20.2\ncodex-cli 0.169.0\n",
                "A new release is available: 0.170.0 (you have 0.169.0)\ncodex-cli 0.169.0\n",
                "codex 0.170.0 is available, run npm install -g @openai/codex@0.170.0\n\ncodex-cli 0.169.0\n",
                "codex-cli 0.169.0\nUpdate to codex 0.170.0 now\n",
                "Update to codex 0.170.0 now\n0.169.0\n",
                "┌ 12.0.0 ┐\n\u001b[1;32mcodex-cli\u001b[0m 0.169.0\n",
                "listening on 127.0.0.1\n0.169.0\n",
                "20.1.0\ncodex-cli 0.169.0\n"
            })
    void the_line_that_names_the_cli_or_is_nothing_but_a_version_wins_over_banners_and_notices(String stdout) {
        assertThat(detected(stdout, "")).contains("0.169.0");
    }

    @Test
    void a_line_that_names_the_cli_wins_wherever_it_stands() {
        assertThat(detected("built with 1.2.3\n", "codex-cli 0.169.0\n")).contains("0.169.0");
        assertThat(detected("hello\n", "codex 0.5.14\n")).contains("0.5.14");
    }

    @Test
    void else_stdout_wins_over_a_warning_on_stderr() {
        assertThat(detected("0.5.14\n", "warning: node 20.1.0 is old\n")).contains("0.5.14");
        assertThat(detected("release 0.5.14 of it\n", "warning: node 20.1.0 is old\n"))
                .contains("0.5.14");
    }

    @Test
    void the_name_of_another_program_that_holds_the_name_is_not_the_name() {
        assertThat(detected("mycodex 3.0.0\n0.169.0\n", "")).contains("0.169.0");
    }

    @Test
    void the_line_is_told_without_its_colours() {
        assertThat(VersionStatement.in("banner 9.9\n  \u001b[32mcodex-cli 0.169.0\u001b[0m \n", "", NAMES))
                .map(VersionStatement::line)
                .contains("codex-cli 0.169.0");
    }

    @Test
    void numbers_that_are_too_long_are_no_version() {
        assertThat(detected("1." + "2".repeat(63), "")).isEmpty();
        assertThat(detected("1." + "2".repeat(62), "")).isPresent();
    }

    @Test
    void endless_output_is_read_in_no_time() {
        assertThat(detected("1".repeat(3_000_000), "1.".repeat(3_000_000))).isEmpty();
        assertThat(detected("codex ".repeat(500_000), "codex (".repeat(40) + "\n1.2.3"))
                .contains("1.2.3");
    }

    @ParameterizedTest
    @CsvSource({
        "codex-cli 2.0.1, true",
        "2.0.1, true",
        "codex v2.0.1 build 7, true",
        "listening on 127.0.0.1, false",
        "release 2.0.1 of it, false",
        "2026-11-28T10:00:45.123Z ready, false"
    })
    void only_a_line_that_names_the_cli_or_is_nothing_but_a_version_is_evident(String stdout, boolean evident) {
        assertThat(VersionStatement.in(stdout, "", NAMES))
                .hasValueSatisfying(statement -> assertThat(statement.evident()).isEqualTo(evident));
    }

    private static Optional<String> detected(String stdout, String stderr) {
        return VersionStatement.in(stdout, stderr, NAMES)
                .map(VersionStatement::version)
                .map(CliVersion::text);
    }
}
