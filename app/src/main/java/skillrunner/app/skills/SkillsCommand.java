package skillrunner.app.skills;

import java.io.PrintStream;
import java.nio.file.Path;
import java.util.function.Supplier;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import skillrunner.app.Logging;

/** {@code skills}: checks, packs and begins skill packages, without a server. */
@Command(
        name = "skills",
        description = "Check, pack and begin skill packages; needs no server.",
        mixinStandardHelpOptions = true)
public final class SkillsCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec spec;

    private SkillsCommand() {}

    /**
     * Puts the command together with its own commands.
     *
     * @param here what relative paths start from
     * @param out where results go
     * @param err where complaints go
     * @return the command
     */
    public static CommandLine commandLine(Path here, PrintStream out, PrintStream err) {
        // Made only when it is asked for: it loads the schema library, which would begin to log before the other
        // commands
        // have said how.
        Supplier<PackageLint> lint = () -> {
            Logging.silence();
            return new PackageLint();
        };
        return new CommandLine(new SkillsCommand())
                .addSubcommand(new LintCommand(lint, here, out, err))
                .addSubcommand(new PackCommand(lint, here, out, err))
                .addSubcommand(new NewCommand(here, out, err));
    }

    /** Without a command there is nothing to do: usage on stderr, exit code 2. */
    @Override
    public void run() {
        throw new CommandLine.ParameterException(spec.commandLine(), "lint, pack or new is needed");
    }
}
