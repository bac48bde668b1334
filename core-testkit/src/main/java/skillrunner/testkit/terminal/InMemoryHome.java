package skillrunner.testkit.terminal;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.SharedSettings;

/** A home of CLIs in memory. Safe for concurrent use. */
public final class InMemoryHome implements AgentHome, SharedSettings {
    private final Map<String, String> files = new TreeMap<>();

    /** It is empty. */
    public InMemoryHome() {}

    @Override
    public synchronized Optional<String> readText(String path) {
        return Optional.ofNullable(files.get(path));
    }

    @Override
    public synchronized void edit(String path, UnaryOperator<String> change) {
        String wanted = change.apply(files.getOrDefault(path, ""));
        if (wanted.isEmpty()) {
            files.remove(path);
        } else {
            files.put(path, wanted);
        }
    }
}
