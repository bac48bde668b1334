package skillrunner.http.load;

import java.time.Duration;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class HeldMemoryTest {
    private final MemoryGate gate = new MemoryGate(100, Duration.ofMinutes(10));
    private final HeldMemory memory = new HeldMemory();

    @Test
    void memory_is_given_back_once_at_the_end() {
        memory.take(gate.enter(60).join());
        assertThat(gate.used()).isEqualTo(60);

        memory.letGo();
        memory.letGo();
        assertThat(gate.used()).isZero();
    }

    @Test
    void memory_that_comes_after_the_end_of_the_request_is_given_back_at_once() {
        memory.letGo();

        memory.take(gate.enter(60).join());

        assertThat(gate.used()).isZero();
    }

    @Test
    void who_ends_while_it_stands_in_line_keeps_nobody_else_out() {
        MemoryGate.Lease first = gate.enter(80).join();
        var turn = gate.enter(90).thenAccept(memory::take);
        memory.letGo();

        first.close();

        assertThat(turn).isCompleted();
        assertThat(gate.used()).isZero();
        assertThat(gate.enter(100)).isCompleted();
    }
}
