package skillrunner.commandline;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

import static org.assertj.core.api.Assertions.assertThat;

/** A program that is put together for one command line alone says what the whole one says. */
class ServerCommandsTest {
    @TempDir
    private Path here;

    @Test
    void a_command_alone_is_the_same_as_among_all() throws Exception {
        CommandLine whole = CommandTrial.program(new CommandTrial("http://127.0.0.1:1", here).surroundings());
        int compared = 0;
        for (String name : ServerCommands.NAMES) {
            CommandLine command = sub(whole, name);
            assertThat(sub(alone(name), name).getUsageMessage()).isEqualTo(command.getUsageMessage());
            for (String own : command.getSubcommands().keySet()) {
                CommandLine parent = sub(alone(name, own), name);
                assertThat(parent.getSubcommands()).containsOnlyKeys(own);
                assertThat(sub(parent, own).getUsageMessage())
                        .isEqualTo(sub(command, own).getUsageMessage());
                compared++;
            }
        }
        assertThat(compared).isGreaterThan(10);
    }

    @Test
    void whatever_stands_in_the_place_of_a_command_all_are_there() throws Exception {
        for (List<String> arguments : List.of(
                List.of("runs"),
                List.of("runs", "--server", "http://x"),
                List.of("runs", "lsit"),
                List.of("runs", "--help"))) {
            assertThat(sub(alone(arguments.toArray(String[]::new)), "runs").getSubcommands())
                    .as(arguments.toString())
                    .hasSize(7);
        }
    }

    private static CommandLine sub(CommandLine line, String name) {
        return Objects.requireNonNull(line.getSubcommands().get(name));
    }

    private CommandLine alone(String... arguments) throws IOException {
        CommandLine program = new CommandLine(new CommandTrial.Program());
        ServerCommands.add(
                program,
                new ArrayList<>(List.of(arguments)),
                new CommandTrial("http://127.0.0.1:1", here).surroundings());
        return program;
    }
}
