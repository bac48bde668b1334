package skillrunner.commandline.engine;

import java.util.Objects;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import skillrunner.commandline.server.Session;

/** {@code engines}: looks after the engines of a server. */
@Command(
        name = "engines",
        description = "List, upgrade and sign in the engines of a server, and list their models.",
        mixinStandardHelpOptions = true)
public final class EnginesCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec spec;

    private EnginesCommand() {}

    /**
     * Puts the command together with its own commands.
     *
     * @param session what they work with
     * @return the command
     */
    public static CommandLine commandLine(Session session) {
        Objects.requireNonNull(session);
        return session.command(new EnginesCommand())
                .addSubcommand(session.command(new EngineListCommand(session)))
                .addSubcommand(session.command(new EngineModelsCommand(session)))
                .addSubcommand(session.command(new EngineUpgradeCommand(session)))
                .addSubcommand(session.command(new EngineSignInCommand(session)));
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "list, models, upgrade or sign-in is needed");
    }
}
