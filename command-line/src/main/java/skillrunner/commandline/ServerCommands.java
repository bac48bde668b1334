package skillrunner.commandline;

import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import skillrunner.commandline.engine.EnginesCommand;
import skillrunner.commandline.run.RunCommand;
import skillrunner.commandline.run.RunsCommand;
import skillrunner.commandline.server.Faults;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.skill.SkillCommands;

/** The commands that talk to a server, to be added to a program. They know the wire and nothing of what is behind it. */
public final class ServerCommands {
    /** What the commands are called that are added to the program itself and ask a server. */
    public static final List<String> NAMES = List.of("run", "runs", "engines");

    private final Session session;
    private final Set<CommandLine> own = Collections.newSetFromMap(new IdentityHashMap<>());

    /** Those of others that say what is wrong with a command line in the words of ours. */
    private final Set<CommandLine> akin = Collections.newSetFromMap(new IdentityHashMap<>());

    private ServerCommands(CommandLine program, Surroundings surroundings) {
        // Here an at sign means a file that holds a value, never one that holds arguments.
        program.setExpandAtFiles(false);
        this.session = Session.begin(Objects.requireNonNull(surroundings));
        program.getCommandSpec().addMixin("server", CommandSpec.forAnnotatedObject(session.options()));
        // A connection that is left open keeps the process from ending for a third of a second.
        CommandLine.IExecutionStrategy strategy = program.getExecutionStrategy();
        program.setExecutionStrategy(parsed -> {
            try {
                return strategy.execute(parsed);
            } finally {
                session.connection().close();
            }
        });
    }

    /**
     * Adds the commands to a program, and {@code --server} to the program itself. How the program handles faults of its other commands
     * has to be settled before.
     *
     * @param program the program
     * @param skills its command {@code skills}, which has others that need no server; they report a wrong command line as ours do
     * @param surroundings what is around the commands
     */
    public static void add(CommandLine program, CommandLine skills, Surroundings surroundings) {
        ServerCommands commands = new ServerCommands(program, surroundings);
        NAMES.forEach(name -> commands.add(program, commands.command(name, "")));
        commands.add(program, new CommandLine(new CompletionCommand(commands.session.console())));
        remember(skills, commands.akin);
        skills.getCommandSpec().addMixin("server", CommandSpec.forAnnotatedObject(commands.session.options()));
        SkillCommands.all(commands.session).forEach(command -> commands.add(skills, command));
        Faults.report(program, commands.own::contains, commands.akin::contains, commands.session);
    }

    /**
     * Adds the one command that a command line is about, for a program of which no other is wanted this time.
     *
     * @param program the program
     * @param arguments the command line; the first is one of {@link #NAMES}
     * @param surroundings what is around the command
     */
    public static void add(CommandLine program, List<String> arguments, Surroundings surroundings) {
        ServerCommands commands = new ServerCommands(program, surroundings);
        commands.add(program, commands.command(arguments.get(0), arguments.size() > 1 ? arguments.get(1) : ""));
        Faults.report(program, commands.own::contains, commands.akin::contains, commands.session);
    }

    private CommandLine command(String name, String wanted) {
        return switch (name) {
            case "run" -> session.command(new RunCommand(session));
            case "runs" -> RunsCommand.commandLine(session, wanted);
            case "engines" -> EnginesCommand.commandLine(session, wanted);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private void add(CommandLine program, CommandLine command) {
        program.addSubcommand(command);
        remember(command, own);
    }

    private static void remember(CommandLine command, Set<CommandLine> commands) {
        commands.add(command);
        command.getSubcommands().values().forEach(below -> remember(below, commands));
    }
}
