package skillrunner.testkit.terminal;

import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArraySet;
import skillrunner.application.terminal.TerminalProbe;

/** Answers as a test says: by default no help names anything, and no container can be started. Safe for concurrent use. */
public final class ScriptedTerminalProbe implements TerminalProbe {
    private final Set<String> named = new CopyOnWriteArraySet<>();
    private volatile Optional<String> noContainers = Optional.of("there is no docker");

    /** Knows nothing yet. */
    public ScriptedTerminalProbe() {}

    /** The help of every program names this from now on. */
    public ScriptedTerminalProbe names(String word) {
        named.add(word);
        return this;
    }

    /** Containers can be started from now on. */
    public ScriptedTerminalProbe startsContainers() {
        noContainers = Optional.empty();
        return this;
    }

    @Override
    public boolean helpNames(String program, String word) {
        return named.contains(word);
    }

    @Override
    public Optional<String> whyNoContainers() {
        return noContainers;
    }
}
