package skillrunner.commandline.server;

import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
     * Makes a command that consists of others. If it is known which of them is wanted, the others are left out, for to look at the
     * annotations of all takes longer than to ask a server.
     *
     * @param command an annotated command
     * @param own its commands by name
     * @param wanted the name of the one that is wanted; anything else for all
     * @return the command
     */
    public CommandLine command(Object command, Map<String, Supplier<Callable<Integer>>> own, String wanted) {
        CommandLine line = command(command);
        own.forEach((name, made) -> {
            if (name.equals(wanted) || !own.containsKey(wanted)) {
                line.addSubcommand(command(made.get()));
            }
        });
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
