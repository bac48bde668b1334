package skillrunner.commandline;

import java.io.IOException;
import java.lang.reflect.Field;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import skillrunner.commandline.server.ExitCodes;

import static org.assertj.core.api.Assertions.assertThat;

/** The page tells each command with its options and each exit code, and no others. */
class CommandLinePageTest {
    private static final Path PAGE = Path.of(
                    Objects.requireNonNull(System.getProperty("skillrunner.repository"), "started without Maven"))
            .resolve("docs/command-line.md");
    private static final Pattern SECTION = Pattern.compile("(?ms)^### `([^`]+)`$(.*?)(?=^##|\\z)");
    private static final Pattern OPTION = Pattern.compile("(?m)^\\| `(--[a-z-]+)");
    private static final Pattern CODE = Pattern.compile("(?m)^\\| (\\d+) \\|");

    /** Of every command, and told once. */
    private static final Set<String> OF_ALL = Set.of("--help", "--version", "--server", "--json");

    @TempDir
    private Path here;

    @Test
    void every_command_has_its_section_with_its_options() throws IOException {
        Map<String, Set<String>> told = SECTION.matcher(Files.readString(PAGE))
                .results()
                .collect(Collectors.toMap(
                        match -> match.group(1),
                        match -> all(OPTION, match.group(2)),
                        (one, other) -> other,
                        LinkedHashMap::new));
        Map<String, Set<String>> commands = new LinkedHashMap<>();
        CommandTrial trial = new CommandTrial("http://127.0.0.1:1", here);
        collect(CommandTrial.program(trial.surroundings()), "", commands);
        assertThat(told).containsExactlyInAnyOrderEntriesOf(commands);
    }

    @Test
    void every_command_says_what_it_is_for_and_takes_server_and_json_if_it_asks_a_server() throws IOException {
        CommandTrial trial = new CommandTrial("http://127.0.0.1:1", here);
        check(CommandTrial.program(trial.surroundings()));
    }

    @Test
    void the_exit_codes_are_those_of_the_program() throws IOException {
        assertThat(all(CODE, Files.readString(PAGE)))
                .containsExactlyInAnyOrderElementsOf(Arrays.stream(ExitCodes.class.getFields())
                        .map(CommandLinePageTest::value)
                        .toList());
    }

    private static void collect(CommandLine command, String name, Map<String, Set<String>> commands) {
        if (command.getSubcommands().isEmpty()) {
            Set<String> options = new TreeSet<>();
            command.getCommandSpec().options().forEach(option -> options.add(option.longestName()));
            options.removeAll(OF_ALL);
            commands.put(name, options);
        }
        command.getSubcommands().forEach((part, below) -> collect(below, (name + " " + part).strip(), commands));
    }

    private static void check(CommandLine command) {
        command.getSubcommands().forEach((name, below) -> {
            if (below.getSubcommands().isEmpty() && !name.equals("completion")) {
                assertThat(below.getCommandSpec().optionsMap().keySet())
                        .as(name)
                        .contains("--server", "--json", "--help");
            }
            if (!name.equals("skills")) {
                assertThat(below.getCommandSpec().usageMessage().description())
                        .as(name)
                        .isNotEmpty();
            }
            check(below);
        });
    }

    private static Set<String> all(Pattern pattern, String text) {
        return pattern.matcher(text)
                .results()
                .map((MatchResult match) -> match.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String value(Field code) {
        try {
            return String.valueOf(code.getInt(null));
        } catch (IllegalAccessException e) {
            throw new IllegalStateException(e);
        }
    }
}
