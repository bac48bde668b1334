package skillrunner.delegate;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.locks.ReentrantLock;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.ConsoleSize;
import skillrunner.delegate.screen.ScreenText;
import skillrunner.delegate.screen.TerminalText;

/** A program that runs for a session: it is started, read, typed into and ended. Holds the last part of what it showed. Safe for concurrent use. */
final class DelegateProgram {
    /** Wide, so that addresses stay in one line. */
    private static final ConsoleSize SIZE = new ConsoleSize(240, 60);

    /** A browser that opens on the machine of the server is of no use to anybody. */
    private static final Map<String, String> VARIABLES = Map.of("TERM", "xterm-256color", "NO_BROWSER", "true");

    private static final int MOST_CHARACTERS = 30_000;
    private static final int CHUNK = 8 << 10;

    /** So long after its end and its last output nothing more is waited for: something of it may hold its terminal open. */
    private static final Duration SILENT = Duration.ofSeconds(1);

    private final Console console;
    private final Clock clock;
    private final Instant begun;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final TerminalText shown = new TerminalText(MOST_CHARACTERS);
    private Instant lastOutput;
    private boolean drained;

    private DelegateProgram(Console console, Clock clock) {
        this.console = console;
        this.clock = clock;
        this.begun = clock.instant();
        this.lastOutput = begun;
    }

    /**
     * Starts a program as its script wants it.
     *
     * @param cli the program
     * @param script says how
     * @param folder where it works
     * @param marker by which all that comes of it is found
     * @param parts where it runs
     */
    static DelegateProgram start(InstalledCli cli, Script script, String folder, String marker, Parts parts)
            throws ConsoleFailedException {
        List<String> command = new ArrayList<>(List.of(cli.program()));
        command.addAll(script.arguments());
        Map<String, String> variables = new HashMap<>(script.variables());
        variables.putAll(VARIABLES);
        return new DelegateProgram(
                parts.consoles()
                        .start(new ConsoleProgram(
                                command,
                                parts.binaries().environment(Set.of(), cli.variables(), variables),
                                folder,
                                marker,
                                SIZE)),
                parts.clock());
    }

    /**
     * Reads until nothing more comes. For one thread.
     *
     * @param logs keep what is shown
     * @param news is run after each piece, and at the end
     */
    void read(SessionLogs logs, Runnable news) {
        byte[] buffer = new byte[CHUNK];
        int length = console.read(buffer);
        while (length >= 0) {
            logs.shown(buffer, length);
            lock.lock();
            try {
                shown.add(buffer, length);
                lastOutput = clock.instant();
            } finally {
                lock.unlock();
            }
            news.run();
            length = console.read(buffer);
        }
        lock.lock();
        try {
            drained = true;
        } finally {
            lock.unlock();
        }
        news.run();
    }

    ScreenText screen() {
        lock.lock();
        try {
            return shown.now();
        } finally {
            lock.unlock();
        }
    }

    Instant begun() {
        return begun;
    }

    Instant lastOutput() {
        lock.lock();
        try {
            return lastOutput;
        } finally {
            lock.unlock();
        }
    }

    /** Whether nothing more comes of it. */
    boolean isOver() {
        lock.lock();
        try {
            return drained || (console.exitCode().isPresent() && clock.instant().isAfter(lastOutput.plus(SILENT)));
        } finally {
            lock.unlock();
        }
    }

    OptionalInt exitCode() {
        return console.exitCode();
    }

    long pid() {
        return console.pid();
    }

    void write(byte[] keys) {
        console.write(keys);
    }

    /** Ends it, and waits until nothing of it is left. May be repeated. */
    void close() {
        console.close();
    }
}
