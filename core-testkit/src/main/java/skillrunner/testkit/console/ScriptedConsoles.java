package skillrunner.testkit.console;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.Consoles;

/** Terminals whose programs do what a test says: by default nothing. Safe for concurrent use. */
public final class ScriptedConsoles implements Consoles {
    /** A program that can't be started. */
    public static final String MISSING = "/missing/program";

    private final List<ScriptedConsole> started = new CopyOnWriteArrayList<>();
    private final List<String> leftovers = new CopyOnWriteArrayList<>();
    private volatile Consumer<ScriptedConsole> onStart = console -> {};

    /** Nothing was started yet. */
    public ScriptedConsoles() {}

    /** Says what a program does as soon as it is started. */
    public ScriptedConsoles onStart(Consumer<ScriptedConsole> what) {
        onStart = what;
        return this;
    }

    @Override
    public Console start(ConsoleProgram program) {
        if (program.command().get(0).equals(MISSING)) {
            throw new ConsoleFailedException("There is no program " + MISSING);
        }
        ScriptedConsole console = new ScriptedConsole(program);
        started.add(console);
        onStart.accept(console);
        return console;
    }

    @Override
    public int endLeftovers(String marker) {
        leftovers.add(marker);
        return 0;
    }

    /** Returns what was started, in this order. */
    public List<ScriptedConsole> started() {
        return List.copyOf(started);
    }

    /** Returns what was started last. */
    public ScriptedConsole last() {
        return started.get(started.size() - 1);
    }

    /** Returns the markers whose leftovers were ended. */
    public List<String> leftovers() {
        return List.copyOf(leftovers);
    }
}
