package skillrunner.process.console;

import com.pty4j.WinSize;
import com.pty4j.unix.Pty;
import com.pty4j.unix.UnixPtyProcess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import skillrunner.application.console.Console;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.console.ConsoleProgram;
import skillrunner.application.console.Consoles;
import skillrunner.process.launch.MarkedProcesses;
import skillrunner.process.launch.RunIsolation;
import skillrunner.process.table.ProcessIdentity;
import skillrunner.process.table.ProcessTable;

/**
 * Pseudo-terminals of a Unix. The library behind them, which is machine code, is loaded when the first program is started. Safe for
 * concurrent use.
 */
public final class PtyConsoles implements Consoles {
    /**
     * The system properties that name the folder to which the library and what it needs are unpacked. They are read when the first
     * program is started; a process that is killed leaves files there.
     */
    public static final List<String> UNPACKED_TO = List.of("pty4j.tmpdir", "jna.tmpdir");

    private static final String NOT_HERE =
            "This machine has no terminals that the server could use: their library can't be loaded, or the kernel has none left";

    private final Supplier<RunIsolation> isolation;

    /**
     * Takes the terminals of this machine.
     *
     * @param isolation what keeps together what a program starts; asked at each start
     */
    public PtyConsoles(Supplier<RunIsolation> isolation) {
        this.isolation = Objects.requireNonNull(isolation);
    }

    @Override
    public Console start(ConsoleProgram program) {
        Path file = Path.of(program.command().get(0));
        if (!file.isAbsolute() || !Files.isRegularFile(file) || !Files.isExecutable(file)) {
            throw new ConsoleFailedException("There is no program " + file);
        }
        // Else it would run in the server's own.
        if (!Files.isDirectory(Path.of(program.folder()))) {
            throw new ConsoleFailedException("There is no folder " + program.folder());
        }
        try {
            return start(program, new Pty());
        } catch (IOException | RuntimeException | LinkageError e) {
            throw e instanceof ConsoleFailedException known ? known : new ConsoleFailedException(NOT_HERE, e);
        }
    }

    @Override
    public int endLeftovers(String marker) {
        return new MarkedProcesses().terminate(marker);
    }

    private Console start(ConsoleProgram program, Pty terminal) throws IOException {
        UnixPtyProcess process;
        try {
            process = begin(program, terminal);
        } catch (IOException | RuntimeException | LinkageError e) {
            terminal.close();
            throw e;
        }
        return PtyConsole.of(process, terminal, program.marker(), leader(process.pid()));
    }

    /** The library's own way gives the screen its size after the start, and a program that asks at once gets another one. */
    @SuppressWarnings("deprecation")
    private UnixPtyProcess begin(ConsoleProgram program, Pty terminal) throws IOException {
        terminal.setWindowSize(
                new WinSize(program.size().columns(), program.size().rows()), null);
        TerminalCalls.waitForNothing(terminal.getMasterFD());
        String[] command = Stream.of(isolation.get().terminalPrefix(), program.command())
                .flatMap(List::stream)
                .toArray(String[]::new);
        return new UnixPtyProcess(command, environment(program), program.folder(), terminal, null, false);
    }

    /** Empty if it has ended already. */
    private static Optional<ProcessIdentity> leader(long pid) {
        return ProcessTable.ofThisMachine().find(pid).map(ProcessTable.Entry::identity);
    }

    private static String[] environment(ConsoleProgram program) {
        Map<String, String> environment = new HashMap<>(program.environment());
        environment.put(MarkedProcesses.VARIABLE, program.marker());
        return environment.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + entry.getValue())
                .toArray(String[]::new);
    }
}
