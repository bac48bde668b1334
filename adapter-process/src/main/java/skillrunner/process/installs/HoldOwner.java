package skillrunner.process.installs;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * The server process that holds a version. A process id alone may be given to another process later.
 *
 * @param pid its process id
 * @param started when it was started, in a form that only compares
 */
record HoldOwner(long pid, String started) {
    /** Ticks since boot in /proc/PID/stat, counted from after the program's name. */
    private static final int START_FIELD = 19;

    /** This process. */
    static HoldOwner self() {
        ProcessHandle self = ProcessHandle.current();
        return new HoldOwner(self.pid(), started(self));
    }

    /** Tells whether the process is still there. */
    boolean lives() {
        return ProcessHandle.of(pid)
                .filter(ProcessHandle::isAlive)
                .filter(found -> started(found).equals(started))
                .isPresent();
    }

    /** The kernel's own count where it is told: an instant computed from it moves with the clock. */
    private static String started(ProcessHandle process) {
        try {
            String stat = Files.readString(
                    Path.of("/proc", String.valueOf(process.pid()), "stat"), StandardCharsets.ISO_8859_1);
            String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
            return fields[START_FIELD];
        } catch (IOException | IndexOutOfBoundsException e) {
            return process.info().startInstant().map(Instant::toString).orElse("");
        }
    }
}
