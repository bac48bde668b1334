package skillrunner.testkit.terminal;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import skillrunner.application.terminal.TerminalSnapshot;
import skillrunner.application.terminal.TerminalViewer;

/** Remembers what it was shown. Safe for concurrent use. */
public final class RecordingViewer implements TerminalViewer {
    private final ByteArrayOutputStream seen = new ByteArrayOutputStream();
    private final List<String> calls = new ArrayList<>();
    private boolean cut;

    /** Has seen nothing yet. */
    public RecordingViewer() {}

    @Override
    public synchronized void begin(TerminalSnapshot now, byte[] recorded, boolean cut) {
        calls.add("begin " + now.session().status().wire());
        this.cut = cut;
        seen.writeBytes(recorded);
    }

    @Override
    public synchronized void show(byte[] output) {
        seen.writeBytes(output);
    }

    @Override
    public synchronized void end(TerminalSnapshot ended) {
        calls.add("end " + ended.session().status().wire());
    }

    @Override
    public synchronized void replaced() {
        calls.add("replaced");
    }

    /** Returns all that was shown. */
    public synchronized String seen() {
        return seen.toString(StandardCharsets.UTF_8);
    }

    /** Returns how many bytes were shown. */
    public synchronized int count() {
        return seen.size();
    }

    /** Tells whether the beginning of what is shown was lost when it began to look. */
    public synchronized boolean isCut() {
        return cut;
    }

    /** Returns what happened besides. */
    public synchronized List<String> calls() {
        return List.copyOf(calls);
    }
}
