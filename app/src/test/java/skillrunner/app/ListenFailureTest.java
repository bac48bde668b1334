package skillrunner.app;

import java.net.BindException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class ListenFailureTest {
    @Test
    void a_busy_port_names_port_and_address() {
        assertThat(ListenFailure.explain("127.0.0.1", 8000, wrapped(new BindException("Address already in use"))))
                .startsWith("PORT=8000 is not free on 127.0.0.1: Address already in use")
                .contains("http://127.0.0.1:8000");
    }

    @Test
    void an_address_that_is_none_of_this_machine_names_host() {
        // 192.0.2.0/24 belongs to documents, never to a machine.
        assertThat(ListenFailure.explain("192.0.2.7", 8000, wrapped(new BindException("Cannot assign"))))
                .startsWith("HOST=192.0.2.7 is not an address of this machine");
    }

    @Test
    void anything_else_is_told_as_it_is() {
        assertThat(ListenFailure.explain("127.0.0.1", 8000, wrapped(new IllegalStateException("no selector"))))
                .isEqualTo("the server could not start on 127.0.0.1:8000: no selector");
    }

    private static Throwable wrapped(Throwable cause) {
        return new IllegalStateException("Failed to start", new RuntimeException(cause));
    }
}
