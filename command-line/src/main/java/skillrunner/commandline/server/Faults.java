package skillrunner.commandline.server;

import java.io.IOException;
import java.net.URI;
import java.util.Objects;
import java.util.Set;
import java.util.function.Predicate;
import picocli.CommandLine;
import skillrunner.client.LocalFileException;
import skillrunner.client.ProblemException;
import skillrunner.client.UnexpectedAnswerException;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.OutputClosedException;
import skillrunner.commandline.terminal.StandardOutput;
import tools.jackson.databind.JsonNode;

/** Whatever keeps a command from its end, as one line and an exit code. No stack is ever shown. */
public final class Faults {
    private static final Set<String> PASSWORD = Set.of("UNAUTHENTICATED", "AUTH_ATTEMPTS_EXHAUSTED");

    private Faults() {}

    /**
     * Lets commands report their faults in this way, and leaves those of others to what handled them before. The library asks the
     * outermost command only what is to be done about a fault of any other.
     *
     * @param program the outermost command
     * @param own tells the commands whose faults are meant
     * @param akin tells others of which only a wrong command line is meant
     * @param session of the commands
     */
    public static void report(
            CommandLine program, Predicate<CommandLine> own, Predicate<CommandLine> akin, Session session) {
        CommandLine.IExecutionExceptionHandler executing = program.getExecutionExceptionHandler();
        program.setExecutionExceptionHandler((fault, command, parsed) ->
                own.test(command) ? code(fault, session) : executing.handleExecutionException(fault, command, parsed));
        CommandLine.IParameterExceptionHandler parsing = program.getParameterExceptionHandler();
        program.setParameterExceptionHandler((fault, arguments) -> own.or(akin).test(fault.getCommandLine())
                ? usage(fault, session)
                : parsing.handleParseException(fault, arguments));
    }

    private static int usage(CommandLine.ParameterException fault, Session session) {
        String name = fault.getCommandLine().getCommandSpec().qualifiedName();
        session.console().fault("USAGE", fault.getMessage() + "; see " + name + " --help");
        return ExitCodes.USAGE;
    }

    static CommandFailedException noSkillRunner(URI server, int status) {
        return CommandFailedException.unreachable(
                "NO_SKILL_RUNNER",
                "what answers at " + server + " is no Skill Runner (it said " + status + " and no JSON of ours)");
    }

    static CommandFailedException tooMuch(URI server, String path) {
        return CommandFailedException.unreachable(
                "NO_SKILL_RUNNER", "the answer of " + server + path + " has more values than any of a Skill Runner");
    }

    /** What a problem document says. */
    static CommandFailedException refusal(URI server, int status, JsonNode problem) {
        String code = Document.text(problem, "code");
        if (code.isEmpty()) {
            return noSkillRunner(server, status);
        }
        StringBuilder detail = new StringBuilder(Document.text(problem, "detail"));
        for (JsonNode error : problem.path("errors")) {
            add(detail, Document.text(error, "pointer"), Document.text(error, "detail"));
        }
        return refusal(code, detail.toString());
    }

    private static CommandFailedException refusal(ProblemException problem) {
        StringBuilder detail = new StringBuilder(problem.detail());
        problem.errors().forEach(error -> add(detail, error.pointer(), error.detail()));
        return refusal(problem.code(), detail.toString());
    }

    private static CommandFailedException refusal(String code, String detail) {
        return PASSWORD.contains(code)
                ? CommandFailedException.unreachable(
                        code, detail + "; SKILL_RUNNER_USERNAME and SKILL_RUNNER_PASSWORD_FILE say who you are")
                : CommandFailedException.refused(code, detail);
    }

    /** A refusal of one place says it in its sentence already. */
    private static void add(StringBuilder detail, String pointer, String why) {
        String place = (pointer.isEmpty() ? "" : pointer + ": ") + why;
        if (detail.indexOf(place) < 0) {
            detail.append("; ").append(place);
        }
    }

    private static int code(Exception fault, Session session) {
        Console console = session.console();
        if (fault instanceof CommandFailedException failed) {
            return said(failed, console);
        }
        if (fault instanceof OutputClosedException) {
            return outputClosed(session);
        }
        if (fault instanceof ProblemException problem) {
            return said(refusal(problem), console);
        }
        if (fault instanceof UnexpectedAnswerException) {
            console.fault("NO_SKILL_RUNNER", String.valueOf(fault.getMessage()));
            return ExitCodes.UNREACHABLE;
        }
        if (fault instanceof LocalFileException local) {
            return said(CommandFailedException.usage(local.getMessage()), console);
        }
        if (fault instanceof IOException) {
            String address = session.connection().address();
            String words = words(fault);
            console.fault("SERVER_UNREACHABLE", words.contains(address) ? words : address + ": " + words);
            return ExitCodes.UNREACHABLE;
        }
        if (fault instanceof InterruptedException) {
            return ExitCodes.INTERRUPTED;
        }
        console.fault("INTERNAL_ERROR", fault.getClass().getSimpleName() + ": " + words(fault));
        return ExitCodes.FAILED;
    }

    private static int said(CommandFailedException failed, Console console) {
        console.fault(failed.code(), failed.getMessage());
        return failed.exitCode();
    }

    /** A pipe that was closed is how readers say that they have enough, and so is a terminal; what stores and takes no more is a fault. */
    private static int outputClosed(Session session) {
        if (!session.surroundings().terminals().out() && StandardOutput.isStored()) {
            session.console().fault(StandardOutput.NOT_WRITTEN, StandardOutput.NOT_WRITTEN_WORDS);
            return ExitCodes.FAILED;
        }
        return ExitCodes.OUTPUT_CLOSED;
    }

    /** Some faults of the network have no words of their own. */
    private static String words(Throwable fault) {
        String message = fault.getMessage();
        return Objects.requireNonNullElse(message, "").isBlank()
                ? fault.getClass().getSimpleName()
                : Objects.requireNonNull(message);
    }
}
