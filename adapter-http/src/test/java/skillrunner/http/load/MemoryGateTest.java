package skillrunner.http.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class MemoryGateTest {
    private final MemoryGate gate = new MemoryGate(100, Duration.ofMinutes(10));

    @Test
    void what_fits_passes_at_once_and_the_rest_in_its_order() {
        MemoryGate.Lease first = gate.enter(60).join();
        MemoryGate.Lease second = gate.enter(40).join();
        CompletableFuture<MemoryGate.Lease> large = gate.enter(50);
        CompletableFuture<MemoryGate.Lease> small = gate.enter(1);

        second.close();
        // The small one would fit, but it would keep the large one out for ever.
        assertThat(large).isNotDone();
        assertThat(small).isNotDone();
        first.close();
        assertThat(large).isCompleted();
        assertThat(small).isCompleted();
        assertThat(gate.used()).isEqualTo(51);
    }

    @Test
    void giving_back_twice_gives_back_once() {
        MemoryGate.Lease lease = gate.enter(60).join();
        MemoryGate.Lease other = gate.enter(30).join();
        lease.close();
        lease.close();

        assertThat(gate.used()).isEqualTo(30);
        other.close();
        assertThat(gate.used()).isZero();
    }

    @Test
    void what_is_larger_than_all_there_is_passes_alone() {
        MemoryGate.Lease huge = gate.enter(1_000_000).join();
        CompletableFuture<MemoryGate.Lease> next = gate.enter(1);

        assertThat(next).isNotDone();
        huge.close();
        assertThat(next).isCompleted();
    }

    @Test
    void what_needs_nothing_never_waits() {
        gate.enter(100).join();
        assertThat(gate.enter(1)).isNotDone();

        assertThat(gate.enter(0)).isCompleted();
    }

    @Test
    void when_patience_ends_the_server_is_said_to_be_busy() {
        MemoryGate impatient = new MemoryGate(100, Duration.ofMillis(50));
        MemoryGate.Lease lease = impatient.enter(80).join();
        CompletableFuture<MemoryGate.Lease> large = impatient.enter(90);

        assertThatThrownBy(large::join)
                .isInstanceOf(CompletionException.class)
                .cause()
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        e -> assertThat(e.refusal().code()).isEqualTo(ErrorCode.SERVER_BUSY));
        assertThat(impatient.enter(20)).isCompleted();
        lease.close();
        assertThat(impatient.used()).isEqualTo(20);
    }

    @Test
    void a_thousand_at_once_never_hold_more_than_there_is() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(8);
        AtomicLong held = new AtomicLong();
        AtomicLong most = new AtomicLong();
        try {
            List<CompletableFuture<Void>> all = new ArrayList<>();
            for (int i = 0; i < 1_000; i++) {
                int bytes = 1 + i % 60;
                CompletableFuture<Void> started = CompletableFuture.runAsync(() -> {}, threads);
                all.add(started.thenComposeAsync(ignored -> gate.enter(bytes), threads)
                        .thenAcceptAsync(
                                lease -> {
                                    most.accumulateAndGet(held.addAndGet(bytes), Math::max);
                                    held.addAndGet(-bytes);
                                    lease.close();
                                },
                                threads));
            }
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
        } finally {
            threads.shutdownNow();
        }
        assertThat(most.get()).isBetween(60L, 100L);
        assertThat(gate.used()).isZero();
    }
}
