package skillrunner.application.run.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.run.RunSettings;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.application.storage.StorageFullException;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.RetryPolicy;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunQuota;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.storage.ScriptedDisk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Which setback a fault is, and how long an execution waits after it. */
class RunSetbacksTest {
    private static final RunId RUN = new RunId("00000000-0000-4000-8000-000000000001");
    private static final RunFailure EARLIER = new RunFailure(RunFailureCode.PREPARATION_FAILED, "earlier");

    private final ManualClock clock = new ManualClock();
    private final ScriptedDisk disk = new ScriptedDisk();
    private final TurnTime time = new TurnTimes(
                    clock.monotonic(),
                    clock,
                    new RunSettings(1, 1, 60, 600, false, Duration.ofSeconds(1), RunQuota.UNLIMITED))
            .open();
    private final RunSetbacks setbacks = new RunSetbacks(RUN, time, disk, Optional.empty());
    private final List<String> startedOver = new ArrayList<>();

    private static Throwable absent() {
        return new UnavailableException("the database", new IOException("busy"));
    }

    private Duration meet(Throwable cause) {
        return setbacks.met(cause, () -> startedOver.add(cause.getClass().getSimpleName()));
    }

    @Test
    void nothing_is_waited_for_at_first() {
        assertThat(setbacks.waiting()).isEmpty();
        assertThat(setbacks.fault()).isEmpty();
        assertThat(setbacks.endsWithFiles()).isTrue();
        assertThat(setbacks.holdsSlot()).isTrue();
        assertThat(setbacks.faultOrInternal().code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void whoever_is_woken_too_early_waits_for_the_rest() {
        assertThat(setbacks.waitFor(Duration.ofSeconds(5))).isEqualTo(Duration.ofSeconds(5));
        clock.advance(Duration.ofSeconds(2));
        assertThat(setbacks.waiting()).contains(Duration.ofSeconds(3));

        clock.advance(Duration.ofSeconds(3));
        assertThat(setbacks.waiting()).isEmpty();
    }

    static Stream<Arguments> faults() {
        return Stream.of(
                arguments(new StorageFullException(new IOException("no space")), RunFailureCode.STORAGE_FULL, "disk"),
                arguments(new OutOfMemoryError("heap"), RunFailureCode.INTERNAL_ERROR, "memory"),
                arguments(new StackOverflowError(), RunFailureCode.INTERNAL_ERROR, "nested"),
                arguments(new IllegalStateException("bug"), RunFailureCode.INTERNAL_ERROR, "server failed"),
                arguments(
                        new StorageFaultException(new IOException("a pipe"), true),
                        RunFailureCode.INTERNAL_ERROR,
                        "operator"));
    }

    @ParameterizedTest
    @MethodSource("faults")
    void a_fault_ends_the_run_with_its_reason_and_what_was_begun_is_forgotten(
            Throwable fault, RunFailureCode code, String words) {
        assertThat(meet(fault)).isZero();

        assertThat(setbacks.fault()).hasValueSatisfying(failure -> {
            assertThat(failure.code()).isEqualTo(code);
            assertThat(failure.message()).contains(words);
        });
        assertThat(startedOver).hasSize(1);
    }

    @Test
    void room_is_made_on_a_full_disk_at_once() {
        meet(new StorageFullException(new IOException("no space")));

        assertThat(disk.releases()).isEqualTo(1);
    }

    @Test
    void the_first_fault_stays() {
        RunSetbacks known = new RunSetbacks(RUN, time, disk, Optional.of(EARLIER));

        known.met(new IllegalStateException("later"), () -> {});
        known.faulted(new RunFailure(RunFailureCode.TIMEOUT, "later"));

        assertThat(known.fault()).contains(EARLIER);
        assertThat(known.faultOrInternal()).isEqualTo(EARLIER);
    }

    @Test
    void what_can_not_be_looked_at_is_looked_at_again_and_nothing_is_forgotten() {
        assertThat(meet(absent())).isEqualTo(Duration.ofMillis(250));
        assertThat(setbacks.waiting()).contains(Duration.ofMillis(250));
        assertThat(meet(new UncheckedIOException(new IOException("gone")))).isEqualTo(Duration.ofMillis(500));
        assertThat(setbacks.fault()).isEmpty();
        assertThat(startedOver).isEmpty();

        setbacks.looked();
        assertThat(meet(absent())).isEqualTo(Duration.ofMillis(250));
    }

    @Test
    void nobody_looks_for_longer_than_a_minute() {
        for (int looks = 0; looks < RetryPolicy.LOOK.pauses().size(); looks++) {
            meet(absent());
        }
        assertThat(setbacks.fault()).isEmpty();

        meet(absent());

        assertThat(setbacks.fault()).map(RunFailure::code).contains(RunFailureCode.INTERNAL_ERROR);
        assertThat(startedOver).hasSize(1);
    }

    @Test
    void a_look_waits_no_longer_than_the_hard_timeout_and_then_the_run_has_exceeded_it() {
        time.hard(1);
        clock.advance(Duration.ofMillis(900));
        assertThat(meet(absent())).isEqualTo(Duration.ofMillis(100));

        clock.advance(Duration.ofMillis(100));
        meet(absent());

        assertThat(setbacks.fault()).map(RunFailure::code).contains(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_verdict_that_is_known_is_recorded_again_and_not_looked_for() {
        setbacks.judged();

        assertThat(meet(absent())).isEqualTo(Duration.ofSeconds(1));

        assertThat(startedOver).isEmpty();
        assertThat(setbacks.fault()).isEmpty();
    }

    @Test
    void what_can_not_be_ended_loses_its_files_and_then_its_slot() {
        setbacks.judged();
        int withFiles = RetryPolicy.END_WHOLE.pauses().size();
        for (int tries = 0; tries < withFiles; tries++) {
            meet(absent());
            assertThat(setbacks.endsWithFiles()).isTrue();
        }
        for (int tries = 0; tries < RetryPolicy.END_IN_DATABASE.pauses().size(); tries++) {
            meet(absent());
            assertThat(setbacks.endsWithFiles()).isFalse();
            assertThat(setbacks.holdsSlot()).isTrue();
        }

        assertThat(meet(absent())).isEqualTo(RetryPolicy.WITHOUT_SLOT);

        assertThat(setbacks.holdsSlot()).isFalse();
    }

    @Test
    void what_stands_in_the_way_for_good_costs_the_files_the_second_time() {
        Throwable lasting = new StorageFaultException(new IOException("a pipe"), true);
        meet(lasting);
        assertThat(setbacks.endsWithFiles()).isTrue();

        meet(lasting);

        assertThat(setbacks.endsWithFiles()).isFalse();
        assertThat(setbacks.holdsSlot()).isTrue();
    }
}
