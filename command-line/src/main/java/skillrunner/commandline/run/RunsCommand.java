package skillrunner.commandline.run;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
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
     * @param wanted the name of the only one of them that is wanted; anything else for all
     * @return the command
     */
    public static CommandLine commandLine(Session session, String wanted) {
        Map<String, Supplier<Callable<Integer>>> own = new LinkedHashMap<>();
        own.put("list", () -> new RunsListCommand(session));
        own.put("show", () -> new RunsShowCommand(session));
        own.put("watch", () -> new RunsWatchCommand(session));
        own.put("reply", () -> new RunsReplyCommand(session));
        own.put("cancel", () -> new RunsCancelCommand(session));
        own.put("result", () -> new RunsResultCommand(session));
        own.put("bundle", () -> new RunsBundleCommand(session));
        return session.command(new RunsCommand(), own, wanted);
    }

    /** Without a command there is nothing to do. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "list, show, watch, reply, cancel, result or bundle is needed");
    }
}
