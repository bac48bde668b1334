package skillrunner.app;

import java.io.Console;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Executor;
import skillrunner.commandline.server.Surroundings;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Terminals;

/** What the commands that talk to a server find around them in this process. */
final class CommandSurroundings {
    private static final int INTERRUPTED = 130;

    private CommandSurroundings() {}

    static Surroundings of(Map<String, String> environment) {
        Terminals terminals = terminals(environment);
        return new Surroundings(
                environment,
                Path.of(""),
                System.in,
                typed(),
                System.out,
                System.err,
                terminals,
                aside(),
                new Interrupts(TerminationSignals::onInterrupt, CommandSurroundings::end),
                () -> unseen(terminals));
    }

    /** Daemons: a thread that waits for a key must not keep the process from ending. */
    static Executor aside() {
        return task -> {
            Thread thread = new Thread(task, "aside");
            thread.setDaemon(true);
            thread.start();
        };
    }

    /** The launcher looks; a JDK from 22 on claims to have a console everywhere. */
    static Terminals terminals(Map<String, String> environment) {
        boolean colours = environment.getOrDefault("NO_COLOR", "").isEmpty()
                && !environment.getOrDefault("TERM", "dumb").equals("dumb");
        return new Terminals(
                Boolean.getBoolean("skillrunner.terminal.input"),
                Boolean.getBoolean("skillrunner.terminal"),
                Boolean.getBoolean("skillrunner.terminal.messages"),
                colours);
    }

    private static Charset typed() {
        String name = System.getProperty("stdin.encoding", System.getProperty("native.encoding", "UTF-8"));
        try {
            return Charset.forName(name);
        } catch (IllegalArgumentException e) {
            return StandardCharsets.UTF_8;
        }
    }

    /** Where a pipe brings the line, it is read like any other: a JDK from 22 on would take the pipe for a console. */
    private static Optional<String> unseen(Terminals terminals) {
        return terminals.in() && terminals.out()
                ? Optional.ofNullable(System.console())
                        .map(Console::readPassword)
                        .map(String::new)
                : Optional.empty();
    }

    private static void end(String lastWords) {
        System.err.println();
        System.err.println(lastWords);
        System.err.flush();
        // By this way out the JDK makes the terminal show again what is typed.
        System.exit(INTERRUPTED);
    }
}
