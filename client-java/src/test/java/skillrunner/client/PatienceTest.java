package skillrunner.client;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** How long a client waits is its own decision, whatever a server asks for. */
class PatienceTest {
    @Test
    void a_server_that_asks_to_come_back_in_years_is_waited_for_no_longer_than_the_limit() throws Exception {
        Duration limit = Duration.ofSeconds(20);
        assertThat(new Patience(limit).after(busy(999_999_999))).isLessThanOrEqualTo(limit);
    }

    @Test
    void what_a_server_asks_for_within_the_limit_is_granted() throws Exception {
        assertThat(new Patience(Duration.ofMinutes(5)).after(busy(7))).isEqualTo(Duration.ofSeconds(7));
    }

    @Test
    void when_the_limit_has_passed_what_went_wrong_is_told() {
        ProblemException busy = busy(1);
        assertThatThrownBy(() -> new Patience(Duration.ZERO).after(busy)).isSameAs(busy);
    }

    @Test
    void what_is_wrong_on_this_machine_does_not_pass() {
        LocalFileException gone = LocalFileException.of("n.txt can't be read", new IOException("gone"));
        assertThatThrownBy(() -> new Patience(Duration.ofMinutes(5)).after(gone))
                .isSameAs(gone);
    }

    private static ProblemException busy(long seconds) {
        return new ProblemException(503, Map.of("code", "SERVER_BUSY"), Optional.of(Duration.ofSeconds(seconds)));
    }
}
