package skillrunner.commandline.server;

import java.io.InputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import skillrunner.commandline.terminal.Console;
import skillrunner.commandline.terminal.Interrupts;
import skillrunner.commandline.terminal.Keyboard;
import skillrunner.commandline.terminal.Terminals;

/**
 * What commands find around them; the program gives it.
 *
 * @param environment the variables
 * @param here what relative paths start from
 * @param in the keyboard or a pipe
 * @param typed the encoding of the keyboard
 * @param out for results
 * @param err for messages
 * @param terminals which of the three lead to a terminal
 * @param background runs what waits for keys and for the server; must not keep the process from ending
 * @param interrupts Ctrl-C
 * @param unseen reads a line from the terminal without showing it; empty where there is no terminal
 */
public record Surroundings(
        Map<String, String> environment,
        Path here,
        InputStream in,
        Charset typed,
        PrintStream out,
        PrintStream err,
        Terminals terminals,
        Executor background,
        Interrupts interrupts,
        Supplier<Optional<String>> unseen) {
    /** Copies the variables. */
    public Surroundings {
        environment = Map.copyOf(environment);
        Objects.requireNonNull(here);
        Objects.requireNonNull(in);
        Objects.requireNonNull(typed);
        Objects.requireNonNull(out);
        Objects.requireNonNull(err);
        Objects.requireNonNull(terminals);
        Objects.requireNonNull(background);
        Objects.requireNonNull(interrupts);
        Objects.requireNonNull(unseen);
    }

    /**
     * Opens what is written to.
     *
     * @return a console on the streams
     */
    public Console console() {
        return new Console(out, err, terminals);
    }

    /**
     * Opens what is typed on.
     *
     * @return the keyboard; only one may be in use
     */
    public Keyboard keyboard() {
        return new Keyboard(in, typed, background, unseen);
    }
}
