package skillrunner.commandline;

import java.util.Collections;
import java.util.IdentityHashMap;
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
    private final Set<CommandLine> own = Collections.newSetFromMap(new IdentityHashMap<>());

    private ServerCommands() {}

    /**
     * Adds the commands to a program, and {@code --server} to the program itself. How the program handles faults of its other commands
     * has to be settled before.
     *
     * @param program the program
     * @param skills its command {@code skills}, which has others that need no server
     * @param surroundings what is around the commands
     */
    public static void add(CommandLine program, CommandLine skills, Surroundings surroundings) {
        // Here an at sign means a file that holds a value, never one that holds arguments.
        program.setExpandAtFiles(false);
        Session session = Session.begin(Objects.requireNonNull(surroundings));
        ServerCommands commands = new ServerCommands();
        program.getCommandSpec().addMixin("server", CommandSpec.forAnnotatedObject(session.options()));
        commands.add(program, session.command(new RunCommand(session)));
        commands.add(program, RunsCommand.commandLine(session));
        commands.add(program, EnginesCommand.commandLine(session));
        commands.add(program, new CommandLine(new CompletionCommand(session.console())));
        skills.getCommandSpec().addMixin("server", CommandSpec.forAnnotatedObject(session.options()));
        SkillCommands.all(session).forEach(command -> commands.add(skills, command));
        Faults.report(program, commands.own::contains, session);
    }

    private void add(CommandLine program, CommandLine command) {
        program.addSubcommand(command);
        remember(command);
    }

    private void remember(CommandLine command) {
        own.add(command);
        command.getSubcommands().values().forEach(this::remember);
    }
}
