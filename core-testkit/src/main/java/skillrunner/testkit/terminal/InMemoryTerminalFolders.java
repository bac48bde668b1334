package skillrunner.testkit.terminal;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import skillrunner.application.terminal.ScreenFile;
import skillrunner.application.terminal.TerminalFolders;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.terminal.TerminalId;

/** Folders of terminal sessions in memory. Safe for concurrent use. */
public final class InMemoryTerminalFolders implements TerminalFolders {
    private final Map<TerminalId, EngineId> unfinished = new LinkedHashMap<>();
    private final Map<TerminalId, Map<String, String>> files = new LinkedHashMap<>();
    private final Map<TerminalId, InMemoryScreen> screens = new LinkedHashMap<>();

    /** There is none. */
    public InMemoryTerminalFolders() {}

    @Override
    public synchronized String make(TerminalId id, EngineId engine) {
        unfinished.put(id, engine);
        files.put(id, new TreeMap<>());
        return folder(id);
    }

    /** Returns where a session works. */
    public static String folder(TerminalId id) {
        return "/terminals/" + id;
    }

    @Override
    public synchronized void write(TerminalId id, Map<String, String> settings) {
        files.computeIfAbsent(id, made -> new TreeMap<>()).putAll(settings);
    }

    @Override
    public synchronized ScreenFile screen(TerminalId id) {
        InMemoryScreen screen = new InMemoryScreen();
        screens.put(id, screen);
        return screen;
    }

    /** Returns what keeps the screen of a session. */
    public synchronized InMemoryScreen screenOf(TerminalId id) {
        return Objects.requireNonNull(screens.get(id));
    }

    @Override
    public synchronized void finish(TerminalId id) {
        unfinished.remove(id);
    }

    @Override
    public synchronized void discard(TerminalId id) {
        unfinished.remove(id);
        files.remove(id);
    }

    @Override
    public synchronized List<Unfinished> unfinished() {
        List<Unfinished> all = new ArrayList<>();
        unfinished.forEach((id, engine) -> all.add(new Unfinished(id, engine, folder(id))));
        return all;
    }

    /** Returns the folders that are there, with what was written into them. */
    public synchronized Map<TerminalId, Map<String, String>> files() {
        return new LinkedHashMap<>(files);
    }
}
