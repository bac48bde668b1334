package skillrunner.application.run.execution;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.testkit.clock.ManualClock;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs on a machine whose clock is set. */
class MovedClockExecutionTest extends ExecutionTestBed {
    @ParameterizedTest
    @ValueSource(longs = {-3_600, 3_600, -86_400 * 365, 86_400 * 365})
    void a_clock_that_is_set_ends_no_run_early_and_none_late(long seconds) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.clock.set(core.clock.instant().plusSeconds(seconds));
        assertThat(execution.step()).contains(core.settings().poll());
        core.clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(execution.step()).contains(Duration.ofMillis(1));
        core.clock.advance(Duration.ofMillis(1));

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_clock_that_was_set_back_over_a_restart_gives_a_run_its_whole_time_and_no_more() {
        Run run = taken();
        open(run).step();
        core.restart();
        core.clock.set(ManualClock.START.minus(Duration.ofHours(1)));
        RunExecution execution = reopen(run);
        assertThat(execution.step()).isPresent();

        core.clock.advance(Duration.ofMinutes(10));

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }
}
