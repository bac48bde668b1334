package skillrunner.commandline;

import java.util.Objects;
import java.util.concurrent.Callable;
import picocli.AutoComplete;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.terminal.Console;

/** {@code completion}. */
@Command(
        name = "completion",
        description =
                "Print a script that lets a shell complete commands and options: source <(skill-runner completion bash)",
        mixinStandardHelpOptions = true)
final class CompletionCommand implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // set by the command-line library
    private CommandSpec spec;

    @Parameters(paramLabel = "SHELL", description = "bash or zsh.")
    private String shell = "";

    CompletionCommand(Console console) {
        this.console = Objects.requireNonNull(console);
    }

    @Override
    public Integer call() {
        if (!shell.equals("bash") && !shell.equals("zsh")) {
            throw CommandFailedException.usage("bash or zsh is needed, not '" + shell + "'");
        }
        // One script for both: it teaches zsh to take completions of bash.
        console.say(AutoComplete.bash("skill-runner", spec.root().commandLine()));
        return ExitCodes.SUCCEEDED;
    }
}
