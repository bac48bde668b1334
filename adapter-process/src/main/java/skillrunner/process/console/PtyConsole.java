package skillrunner.process.console;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.ReentrantLock;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleSize;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.process.table.ProcessIdentity;

/**
 * A program in a pseudo-terminal. Two threads of its own talk to the kernel, since who waits there holds a thread of the machine,
 * and callers may not have one for themselves. The terminal is closed after both have left it: its number may be somebody else's
 * file then.
 */
final class PtyConsole implements Console {
    private static final System.Logger LOG = System.getLogger(PtyConsole.class.getName());
    private static final Duration LEAVING = Duration.ofSeconds(2);

    private final UnixPtyProcess process;
    private final Pty terminal;
    private final String marker;
    private final Optional<ProcessIdentity> leader;
    private final ConsoleOutput output;
    private final ConsoleKeys keys;

    /** Held by whoever changes the terminal itself. */
    private final ReentrantLock use = new ReentrantLock();

    private boolean closed;

    private PtyConsole(UnixPtyProcess process, Pty terminal, String marker, Optional<ProcessIdentity> leader) {
        this.process = process;
        this.terminal = terminal;
        this.marker = marker;
        this.leader = leader;
        this.output = new ConsoleOutput(
                process.getInputStream(), () -> exitCode().isPresent(), "console-output-" + process.pid());
        this.keys = new ConsoleKeys(terminal.getMasterFD(), "console-keys-" + process.pid());
    }

    static PtyConsole of(UnixPtyProcess process, Pty terminal, String marker, Optional<ProcessIdentity> leader) {
        PtyConsole console = new PtyConsole(process, terminal, marker, leader);
        try {
            console.output.start();
            console.keys.start();
            return console;
        } catch (RuntimeException | Error e) {
            console.close();
            throw e;
        }
    }

    @Override
    public int read(byte[] buffer) {
        return output.read(buffer);
    }

    @Override
    public void write(byte[] typed) {
        if (exitCode().isEmpty()) {
            keys.add(typed);
        }
    }

    @Override
    public void resize(ConsoleSize size) {
        use.lock();
        try {
            if (!closed && exitCode().isEmpty()) {
                terminal.setWindowSize(new WinSize(size.columns(), size.rows()), process);
            }
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "a terminal keeps its size", e);
        } finally {
            use.unlock();
        }
    }

    @Override
    public OptionalInt exitCode() {
        try {
            return OptionalInt.of(process.exitValue());
        } catch (IllegalThreadStateException e) {
            return OptionalInt.empty();
        }
    }

    @Override
    public long pid() {
        return process.pid();
    }

    @Override
    public void close() {
        use.lock();
        try {
            if (closed) {
                return;
            }
            closed = true;
            output.stop();
            keys.stop();
            MarkedProcesses marked = new MarkedProcesses();
            int left = leader.map(first -> marked.terminate(marker, first)).orElseGet(() -> marked.terminate(marker));
            if (left > 0) {
                LOG.log(System.Logger.Level.WARNING, "{0} processes of a terminal could not be ended", left);
            }
            // With the program gone nothing keeps them there.
            boolean read = output.leaves(LEAVING);
            boolean typed = keys.leaves(LEAVING);
            if (!read || !typed) {
                LOG.log(System.Logger.Level.WARNING, "a terminal is closed under a thread that waits in it");
            }
            terminal.close();
        } catch (IOException e) {
            LOG.log(System.Logger.Level.WARNING, "a terminal could not be closed", e);
        } finally {
            use.unlock();
        }
    }
}
