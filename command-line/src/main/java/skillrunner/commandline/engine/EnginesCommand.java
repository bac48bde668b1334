package skillrunner.commandline.engine;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
     * @param wanted the name of the only one of them that is wanted; anything else for all
     * @return the command
     */
    public static CommandLine commandLine(Session session, String wanted) {
        Map<String, Supplier<Callable<Integer>>> own = new LinkedHashMap<>();
        own.put("list", () -> new EngineListCommand(session));
        own.put("models", () -> new EngineModelsCommand(session));
        own.put("upgrade", () -> new EngineUpgradeCommand(session));
        own.put("sign-in", () -> new EngineSignInCommand(session));
        return session.command(new EnginesCommand(), own, wanted);
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "list, models, upgrade or sign-in is needed");
    }
}
