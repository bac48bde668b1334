package skillrunner.standin;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MainTest {

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final PrintStream out = new PrintStream(printed, true, UTF_8);

    @Test
    void the_address_is_printed_on_one_line() {
        try (StandInModelServer server = Main.start(new String[] {"--port", "0"}, out)) {
            assertThat(printed.toString(UTF_8).lines())
                    .containsExactly("Stand-in model server listening on http://127.0.0.1:" + server.port());
        }
    }

    @Test
    void without_arguments_any_port_is_taken() {
        try (StandInModelServer server = Main.start(new String[0], out)) {
            assertThat(server.port()).isPositive();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"--port", "--port x", "--port 65536", "--port 1 2", "--host 1"})
    void other_arguments_are_refused(String line) {
        assertThatThrownBy(() -> Main.start(line.split(" "), out)).hasMessage("usage: [--port N]");
    }
}
