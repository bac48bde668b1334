package skillrunner.app.skills;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import skillrunner.app.EngineWiring;
import skillrunner.app.Logging;
import skillrunner.app.settings.BadSettingException;
import skillrunner.app.settings.Settings;
import skillrunner.application.engine.Engines;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.Terminals;
import skillrunner.embedding.settings.ArchiveSettings;
import skillrunner.workspace.json.NetworkntSchemas;
import skillrunner.workspace.skill.PackageInspection;
import skillrunner.workspace.zip.ZipIntake;

/** {@code skills}: checks, packs and begins skill packages, without a server; the rest of its commands are added. */
@Command(
        name = "skills",
        description = "Begin, check, pack and adopt skill packages; list, show and install skills of a server.",
        mixinStandardHelpOptions = true)
public final class SkillsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec spec;

    private SkillsCommand() {}

    /**
     * Puts the command together with its own commands.
     *
     * @param environment the variables: which engines are in use and what a package may hold
     * @param installation where the product lies
     * @param here what relative paths start from
     * @param out where results go
     * @param err where complaints go
     * @return the command
     */
    public static CommandLine commandLine(
            Map<String, String> environment, Path installation, Path here, PrintStream out, PrintStream err) {
        // Made only when it is asked for: it loads the schema library, which would begin to log before the other
        // commands
        // have said how.
        Supplier<PackageLint> lint = () -> {
            Logging.silence();
            return lint(Settings.read(environment, installation, Path.of(System.getProperty("user.home"))));
        };
        CommandLine line = new CommandLine(new SkillsCommand())
                .addSubcommand(new LintCommand(lint, here, out, err))
                .addSubcommand(new PackCommand(lint, here, out, err))
                .addSubcommand(new AdoptCommand(lint, here, out, err))
                .addSubcommand(new NewCommand(here, out, err));
        line.setExecutionExceptionHandler(faults(err));
        return line;
    }

    /**
     * Says on one line what is wrong with a setting. The library asks the outermost command what is to be done about a fault, so a program
     * that these commands are added to needs it as well.
     *
     * @param err where it is said
     * @return the handler; every other fault goes on
     */
    public static CommandLine.IExecutionExceptionHandler faults(PrintStream err) {
        return (fault, command, result) -> {
            if (fault instanceof BadSettingException) {
                err.println(fault.getMessage());
                return BadSettingException.EXIT_CODE;
            }
            throw fault;
        };
    }

    /** The line on which the other commands say it, too. */
    static int usage(String wrong, PrintStream err) {
        new Console(err, err, Terminals.NONE).fault("USAGE", wrong);
        return ExitCodes.USAGE;
    }

    private static PackageLint lint(Settings settings) {
        Engines engines = EngineWiring.engines(settings.engines());
        ArchiveSettings archives = settings.archives();
        return new PackageLint(
                new PackageInspection(engines.known(), new NetworkntSchemas()),
                new ZipIntake(archives.packages(), archives.nameCharset()),
                archives.packages(),
                engines.known().stream().filter(engines::inUse).toList());
    }

    /** Without a command there is nothing to do: usage on stderr, exit code 2. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(
                spec.commandLine(), "new, lint, pack, adopt, list, show or install is needed");
    }
}
