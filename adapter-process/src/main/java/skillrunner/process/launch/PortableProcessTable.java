package skillrunner.process.launch;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/** Other systems: what the JDK and {@code ps} tell. A process that left its parents' tree is not found by its marker. */
final class PortableProcessTable implements ProcessTable {
    @Override
    public List<Entry> all() {
        return ProcessHandle.allProcesses()
                .map(handle -> find(handle.pid()))
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public Optional<Entry> find(long pid) {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .map(handle -> new Entry(
                        new ProcessIdentity(pid, start(pid)),
                        handle.parent().map(ProcessHandle::pid).orElse(0L)));
    }

    @Override
    public boolean carries(long pid, String marker) {
        return false;
    }

    private static String start(long pid) {
        try {
            Process ps = new ProcessBuilder("ps", "-o", "lstart=", "-p", Long.toString(pid))
                    .redirectErrorStream(true)
                    .start();
            return new String(ps.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            return "";
        }
    }
}
