package skillrunner.process.gateway;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.terminal.TerminalDoor;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.process.binaries.InstalledBinaries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class TtydGatewayTest {
    private static final String HOST = "127.0.0.1";
    private static final List<String> CLI = List.of("/bin/codex", "--no-daemon");

    @TempDir
    Path folder;

    @Test
    void the_program_is_found_where_the_clis_are() throws IOException {
        Path ttyd = program("bin/ttyd");

        TerminalDoor door = gateway(Optional.empty(), OptionalInt.empty()).open(CLI, "/session");

        int port = door.address().orElseThrow().port();
        assertThat(port).isBetween(TtydGateway.USUAL_PORT, TtydGateway.USUAL_PORT + 30);
        assertThat(door.address()).contains(new TerminalDoor.Address(HOST, port));
        assertThat(door.command())
                .containsExactly(
                        ttyd.toString(),
                        "--writable",
                        "-i",
                        HOST,
                        "-p",
                        Integer.toString(port),
                        "-w",
                        "/session",
                        "--",
                        "/bin/codex",
                        "--no-daemon");
    }

    @Test
    void a_program_that_is_named_and_is_none_is_not_replaced_by_another() throws IOException {
        program("bin/ttyd");
        Path none = Files.writeString(folder.resolve("plain"), "no program");
        TtydGateway gateway = gateway(Optional.of(none), OptionalInt.empty());

        assertThat(gateway.isAvailable()).isFalse();
        assertThat(code(gateway)).isEqualTo(ErrorCode.TERMINAL_UNAVAILABLE);
        assertThat(gateway(Optional.of(program("own")), OptionalInt.empty()).isAvailable())
                .isTrue();
    }

    @Test
    void a_port_that_is_named_and_taken_is_a_conflict_and_another_is_passed_over() throws IOException {
        program("bin/ttyd");
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(code(gateway(Optional.empty(), OptionalInt.of(taken.getLocalPort()))))
                    .isEqualTo(ErrorCode.SESSION_CONFLICT);
        }
    }

    private static ErrorCode code(TtydGateway gateway) {
        return catchThrowableOfType(RefusedException.class, () -> gateway.open(CLI, "/session"))
                .refusal()
                .code();
    }

    private TtydGateway gateway(Optional<Path> named, OptionalInt port) {
        return new TtydGateway(
                new InstalledBinaries(folder, folder.resolve("home"), Map.of("PATH", "/nowhere")), named, HOST, port);
    }

    private Path program(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "#!/bin/sh\n");
        assertThat(file.toFile().setExecutable(true)).isTrue();
        return file;
    }
}
