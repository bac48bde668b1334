package skillrunner.oauth;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.NetworkInterface;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.testkit.background.ImmediateTasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class LoopbackListenerTest {
    private static final String PATH = "/back";
    private static final byte[] SIX = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};

    @Test
    void both_addresses_of_loopback_are_taken_where_there_are_two() throws IOException {
        InetAddress six = InetAddress.getByAddress(SIX);
        try (LoopbackListener listener = open(0)) {
            assertThat(Browser.isOpen(InetAddress.getLoopbackAddress(), listener.port()))
                    .isTrue();
            assertThat(Browser.isOpen(six, listener.port())).isEqualTo(NetworkInterface.getByInetAddress(six) != null);
        }
    }

    @Test
    void a_port_has_one_listener_and_is_free_after_it_though_it_never_answered() throws IOException {
        LoopbackListener first = open(0);
        int port = first.port();
        assertThatThrownBy(() -> open(port)).isInstanceOf(BindException.class);
        first.close();
        first.close();
        open(port).close();
    }

    @Test
    void it_says_nothing_more_once_it_is_closed() throws IOException {
        LoopbackListener listener = open(0);
        listener.close();
        listener.start((state, code, error) -> CallbackOutcome.SIGNED_IN);
        assertThat(Browser.isOpen(InetAddress.getLoopbackAddress(), listener.port()))
                .isFalse();
    }

    @Test
    void what_was_sent_is_decoded_and_a_broken_escape_is_left_out() throws IOException {
        try (LoopbackListener listener = open(0)) {
            StringBuilder seen = new StringBuilder();
            listener.start((state, code, error) -> {
                seen.append(state).append(' ').append(code).append(' ').append(error);
                return CallbackOutcome.UNKNOWN;
            });
            Browser.get("http://localhost:" + listener.port() + PATH + "?code=4%2F0%3D&state=s&state=t&error=%7B");
            assertThat(seen).hasToString("s " + Optional.of("4/0=") + " " + Optional.of("{"));
        }
        assertThat(Parameters.read("a=%zz&b=1&c&=2")).containsOnlyKeys("b");
    }

    private static LoopbackListener open(int port) throws IOException {
        return LoopbackListener.open(PATH, port, new ImmediateTasks());
    }
}
