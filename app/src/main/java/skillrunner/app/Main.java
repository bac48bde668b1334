package skillrunner.app;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import skillrunner.app.agents.AgentManagerCommand;
import skillrunner.app.demo.DemoCommand;
import skillrunner.app.doctor.DoctorCommand;
import skillrunner.app.settings.LogSettings;
import skillrunner.app.skills.SkillsCommand;
import skillrunner.commandline.ServerCommands;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.StandardOutput;
import skillrunner.commandline.terminal.Terminals;

/** The program. */
@Command(
        name = "skill-runner",
        description = "Runs AI-agent CLIs as a dependable service.",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class)
public final class Main implements Runnable {
    private static final String SERVER = "--server";
    private static final Set<String> STAYING = Set.of("serve", "demo", "e2e-client", "mcp");

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec command;

    private Main() {}

    /**
     * Runs a command and ends the process with its exit code.
     *
     * @param arguments the command line
     */
    public static void main(String[] arguments) {
        Map<String, String> environment = LaunchEnvironment.read();
        int code = written(run(arguments, environment), environment, arguments);
        if (asksServer(arguments)) {
            // Somebody may still be typing what is not shown; the JDK makes the terminal show it again on this way out.
            System.exit(code);
        }
        // Background threads are daemons, but a library may have left one that is not.
        Runtime.getRuntime().halt(code);
    }

    /**
     * The plain start and the version go past the command-line library, whose old classes fit into no class-data archive. What users
     * call often is put together alone: to look at the annotations of all commands takes longer than to ask a server.
     */
    private static int run(String[] arguments, Map<String, String> environment) {
        if (arguments.length == 1 && arguments[0].equals("serve")) {
            return new ServeCommand(environment, System.out, System.err).call();
        }
        if (arguments.length == 1 && arguments[0].equals("version")) {
            new VersionCommand(System.out).run();
            return 0;
        }
        if (asksServer(arguments)) {
            // Nothing of it logs, and to look for a logging library takes longer than to ask a server.
            Thread.setDefaultUncaughtExceptionHandler(new UncaughtFault(System.err));
        } else {
            Logging.configure(LogSettings.DEFAULT);
        }
        Surroundings surroundings = CommandSurroundings.of(environment);
        return commandLine(environment, surroundings, arguments).execute(arguments);
    }

    static CommandLine commandLine(Map<String, String> environment, Surroundings surroundings, String... arguments) {
        if (asksServer(arguments)) {
            CommandLine line = new CommandLine(new Main());
            ServerCommands.add(line, command(arguments), surroundings);
            return finished(line, surroundings);
        }
        return all(environment, surroundings);
    }

    private static boolean asksServer(String... arguments) {
        List<String> command = command(arguments);
        return !command.isEmpty() && ServerCommands.NAMES.contains(command.get(0));
    }

    /** What stands behind the options of the program itself, of which there is one. */
    private static List<String> command(String... arguments) {
        int at = 0;
        while (at < arguments.length && (arguments[at].equals(SERVER) || arguments[at].startsWith(SERVER + "="))) {
            at += arguments[at].equals(SERVER) ? 2 : 1;
        }
        return at < arguments.length ? List.of(arguments).subList(at, arguments.length) : List.of();
    }

    private static CommandLine all(Map<String, String> environment, Surroundings surroundings) {
        CommandLine line = new CommandLine(new Main());
        line.addSubcommand(new ServeCommand(environment, System.out, System.err));
        line.addSubcommand(new DemoCommand(environment, installation(), System.out, System.err));
        line.addSubcommand(new ExampleClientCommand(environment, installation(), System.out, System.err));
        line.addSubcommand(new DoctorCommand(environment, installation(), System.out));
        line.addSubcommand(new AgentManagerCommand(environment, installation(), System.err));
        CommandLine skills =
                SkillsCommand.commandLine(environment, installation(), Path.of(""), System.out, System.err);
        line.addSubcommand(skills);
        line.addSubcommand(new McpCommand(environment, System.in, System.out, System.err));
        line.addSubcommand(new VersionCommand(System.out));
        line.addSubcommand(new WarmUpCommand(environment));
        line.setParameterExceptionHandler(Main::usage);
        line.setExecutionExceptionHandler(SkillsCommand.faults(surroundings.err()));
        // These report their faults in their own way, so they come last.
        ServerCommands.add(line, skills, surroundings);
        return finished(line, surroundings);
    }

    private static CommandLine finished(CommandLine line, Surroundings surroundings) {
        versioned(line, new Version());
        Terminals terminals = surroundings.terminals();
        line.setColorScheme(CommandLine.Help.defaultColorScheme(
                terminals.out() && terminals.colours() ? CommandLine.Help.Ansi.ON : CommandLine.Help.Ansi.OFF));
        return line;
    }

    /** Each command has the option for it. */
    private static void versioned(CommandLine line, Version version) {
        line.getCommandSpec().versionProvider(version);
        line.getSubcommands().values().forEach(command -> versioned(command, version));
    }

    /** Always the whole usage: the library's own handler shows a guess instead where a command is nearly spelled right. */
    private static int usage(CommandLine.ParameterException e, String... arguments) {
        CommandLine command = e.getCommandLine();
        PrintWriter err = command.getErr();
        err.println(e.getMessage());
        CommandLine.UnmatchedArgumentException.printSuggestions(e, err);
        command.usage(err);
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Without a command there is nothing to do: usage on stderr, exit code 2. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(command.commandLine(), "a command is needed");
    }

    /** The launcher says where it lies; without one, the working directory has to do. */
    static Path installation() {
        return Path.of(System.getProperty("skillrunner.home", ""))
                .toAbsolutePath()
                .normalize();
    }

    /** What was to be read and is not there has failed; what goes on working without anybody who reads has not. */
    private static int written(int code, Map<String, String> environment, String... arguments) {
        System.out.flush();
        boolean stays = arguments.length > 0 && STAYING.contains(arguments[0]);
        if (code == 0
                && !stays
                && System.out.checkError()
                && !CommandSurroundings.terminals(environment).out()
                && StandardOutput.isStored()) {
            System.err.println("skill-runner: " + StandardOutput.NOT_WRITTEN + ": " + StandardOutput.NOT_WRITTEN_WORDS);
            System.err.flush();
            return ExitCodes.FAILED;
        }
        System.err.flush();
        return code;
    }
}
