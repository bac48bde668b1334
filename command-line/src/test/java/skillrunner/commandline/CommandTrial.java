package skillrunner.commandline;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Terminals;

/** One command in this process, with a keyboard, a screen and Ctrl-C of its own. */
final class CommandTrial {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final Map<String, String> environment = new HashMap<>();
    private final List<String> lastWords = new ArrayList<>();
    private final PipedOutputStream keys = new PipedOutputStream();
    private final InputStream keyboard;
    private final Interrupts interrupts = new Interrupts(reaction -> {}, lastWords::add);
    private final Path here;
    private Terminals terminals = Terminals.NONE;
    private OutputStream screen = out;

    @Command(name = "skill-runner")
    static final class Program {}

    @Command(name = "skills")
    static final class Skills {}

    /** How it ended. */
    record Ended(int code, String out, String err) {}

    CommandTrial(ScriptedServer server, Path here) throws IOException {
        this(server.address().toString(), here);
    }

    CommandTrial(String server, Path here) throws IOException {
        this.keyboard = new PipedInputStream(keys, 1 << 16);
        this.here = here;
        environment.put("SKILL_RUNNER_SERVER", server);
    }

    CommandTrial with(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    CommandTrial atTerminal() {
        terminals = new Terminals(true, true, true, false);
        return this;
    }

    CommandTrial writingTo(OutputStream other) {
        screen = other;
        return this;
    }

    /** Types a line, now. */
    void type(String line) throws IOException {
        keys.write((line + "\n").getBytes(StandardCharsets.UTF_8));
        keys.flush();
    }

    void interrupt() {
        interrupts.raise();
    }

    List<String> lastWords() {
        return lastWords;
    }

    String messages() {
        return err.toString(StandardCharsets.UTF_8);
    }

    static CommandLine program(Surroundings surroundings) {
        CommandLine program = new CommandLine(new Program());
        CommandLine skills = new CommandLine(new Skills());
        program.addSubcommand(skills);
        ServerCommands.add(program, skills, surroundings);
        return program;
    }

    Surroundings surroundings() {
        return new Surroundings(
                environment,
                here,
                keyboard,
                StandardCharsets.UTF_8,
                new PrintStream(screen, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminals,
                task -> {
                    Thread thread = new Thread(task);
                    thread.setDaemon(true);
                    thread.start();
                },
                interrupts,
                Optional::empty);
    }

    Ended run(String... arguments) {
        int code = program(surroundings()).execute(arguments);
        return new Ended(code, out.toString(StandardCharsets.UTF_8), messages());
    }
}
