package skillrunner.commandline.server;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import skillrunner.commandline.terminal.Console;

/**
 * What a command that talks to a server works with.
 *
 * @param surroundings what is around it
 * @param options which server was named
 * @param connection the server
 * @param console where it writes
 */
public record Session(Surroundings surroundings, ServerOptions options, Connection connection, Console console) {
    /** All are needed. */
    public Session {
        Objects.requireNonNull(surroundings);
        Objects.requireNonNull(options);
        Objects.requireNonNull(connection);
        Objects.requireNonNull(console);
    }

    /**
     * Makes a command of the command-line library that takes {@code --server}.
     *
     * @param command an annotated command
     * @return the command
     */
    public CommandLine command(Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().addMixin("server", CommandSpec.forAnnotatedObject(options));
        return line;
    }

    /**
     * Begins one; nothing is asked of a server before a command does.
     *
     * @param surroundings what is around the commands
     * @return a session for one command line
     */
    public static Session begin(Surroundings surroundings) {
        ServerOptions options = new ServerOptions(surroundings.environment());
        return new Session(
                surroundings, options, new Connection(options, surroundings.environment()), surroundings.console());
    }
}
