package skillrunner.app;

import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Terminals;

import static org.assertj.core.api.Assertions.assertThat;

/** The commands of {@code skills} that need no server complain as those do that need one. */
class SkillsFaultsTest {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    @ParameterizedTest
    @CsvSource({
        "skills --x, skills",
        "skills lint a --x, skills lint",
        "skills pack a --x, skills pack",
        "skills adopt a --x, skills adopt",
        "skills new a --x, skills new",
        "skills list --x, skills list"
    })
    void a_bad_option_is_one_line(String command, String named) {
        assertThat(run(Map.of(), command.split(" "))).isEqualTo(2);

        assertThat(err.toString(StandardCharsets.UTF_8))
                .isEqualToNormalizingNewlines(
                        "skill-runner: USAGE: Unknown option: '--x'; see skill-runner " + named + " --help\n");
        assertThat(out.size()).isZero();
    }

    @Test
    void a_setting_that_is_not_usable_is_said_without_a_stack() {
        int code = run(Map.of("SKILL_RUNNER_ENGINES", "nobody"), "skills", "lint", ".");

        assertThat(code).isEqualTo(78);
        assertThat(err.toString(StandardCharsets.UTF_8).lines())
                .singleElement()
                .asString()
                .contains("SKILL_RUNNER_ENGINES=nobody is not usable");
    }

    private int run(Map<String, String> environment, String... arguments) {
        PrintStream errors = new PrintStream(err, true, StandardCharsets.UTF_8);
        Surroundings surroundings = new Surroundings(
                environment,
                Path.of(""),
                InputStream.nullInputStream(),
                StandardCharsets.UTF_8,
                new PrintStream(out, true, StandardCharsets.UTF_8),
                errors,
                Terminals.NONE,
                Runnable::run,
                new Interrupts(reaction -> {}, lastWords -> {}),
                Optional::empty);
        return Main.commandLine(environment, surroundings, arguments).execute(arguments);
    }
}
