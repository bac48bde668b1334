package skillrunner.commandline.run;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import skillrunner.commandline.server.Session;

/** {@code runs}: looks after the runs of a server. */
@Command(
        name = "runs",
        description = "List, show, watch, answer, cancel and fetch runs.",
        mixinStandardHelpOptions = true)
public final class RunsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec spec;

    private RunsCommand() {}

    /**
     * Puts the command together with its own commands.
     *
     * @param session what they work with
     * @return the command
     */
    public static CommandLine commandLine(Session session) {
        Objects.requireNonNull(session);
        return session.command(new RunsCommand())
                .addSubcommand(session.command(new RunsListCommand(session)))
                .addSubcommand(session.command(new RunsShowCommand(session)))
                .addSubcommand(session.command(new RunsWatchCommand(session)))
                .addSubcommand(session.command(new RunsReplyCommand(session)))
                .addSubcommand(session.command(new RunsCancelCommand(session)))
                .addSubcommand(session.command(new RunsResultCommand(session)))
                .addSubcommand(session.command(new RunsBundleCommand(session)));
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "list, show, watch, reply, cancel, result or bundle is needed");
    }
}
