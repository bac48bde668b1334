package skillrunner.process.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import skillrunner.application.engine.EngineBinaries;
import skillrunner.application.terminal.TerminalDoor;
import skillrunner.application.terminal.TerminalGateway;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Shows terminals by ttyd, on a port of its own. ttyd asks nobody for a password, so it is for the machine's own browsers. Safe for
 * concurrent use.
 */
public final class TtydGateway implements TerminalGateway {
    /** The port that it is known by. */
    public static final int USUAL_PORT = 7681;

    private static final List<String> NAMES = List.of("ttyd", "ttyd.exe", "ttyd.cmd");
    private static final int FURTHER_PORTS = 30;

    private final EngineBinaries binaries;
    private final Optional<Path> named;
    private final String host;
    private final OptionalInt port;

    /**
     * Takes its settings.
     *
     * @param binaries find the program
     * @param named the program, where the operator names it
     * @param host the address to bind
     * @param port the port; without one {@link #USUAL_PORT}, or one of those behind it if that is taken
     */
    public TtydGateway(EngineBinaries binaries, Optional<Path> named, String host, OptionalInt port) {
        this.binaries = Objects.requireNonNull(binaries);
        this.named = Objects.requireNonNull(named);
        this.host = Objects.requireNonNull(host);
        this.port = Objects.requireNonNull(port);
    }

    /**
     * Tells whether the program is there.
     *
     * @return whether a terminal could be shown
     */
    public boolean isAvailable() {
        return program().isPresent();
    }

    private Optional<String> program() {
        return named.isPresent()
                ? named.filter(file -> Files.isRegularFile(file) && Files.isExecutable(file))
                        .map(file -> file.toAbsolutePath().toString())
                : binaries.find(NAMES);
    }

    @Override
    public TerminalDoor open(List<String> command, String folder) {
        String program = program()
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.TERMINAL_UNAVAILABLE,
                        "ttyd is not installed on this server; install it, or let the server show the terminal"));
        int free = freePort();
        List<String> whole = new ArrayList<>(
                List.of(program, "--writable", "-i", host, "-p", Integer.toString(free), "-w", folder, "--"));
        whole.addAll(command);
        return new TerminalDoor(TerminalDoor.Kind.TTYD, whole, Optional.of(new TerminalDoor.Address(host, free)));
    }

    private int freePort() {
        int first = port.orElse(USUAL_PORT);
        int last = port.isPresent() ? first : first + FURTHER_PORTS;
        for (int candidate = first; candidate <= last; candidate++) {
            if (isFree(candidate)) {
                return candidate;
            }
        }
        throw new RefusedException(
                ErrorCode.SESSION_CONFLICT,
                port.isPresent()
                        ? "The port " + first + " of the terminal is taken by another program"
                        : "The ports " + first + " to " + last + " of the terminal are taken by other programs");
    }

    private boolean isFree(int candidate) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getByName(host), candidate));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
