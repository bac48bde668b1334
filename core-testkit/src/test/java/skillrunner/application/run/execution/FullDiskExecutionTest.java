package skillrunner.application.run.execution;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs that meet a full disk, for a while or for good. */
class FullDiskExecutionTest extends ExecutionTestBed {
    @ParameterizedTest
    @MethodSource("everyWrite")
    void a_disk_that_is_full_at_any_write_fails_the_run_and_the_server_lives(int write) {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(write);

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(core.disk.releases()).isPositive();
        assertThat(core.disk.restores()).isPositive();
    }

    @Test
    void the_reserve_lets_a_run_end_on_a_full_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.fillUpToTheReserve();
        process(run).answers("{}");

        stepToTheEnd(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_disk_that_stays_full_only_delays_the_end() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.fill();

        execution.step();
        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.disk.free();

        assertThat(stepAndWait(execution)).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_disk_that_gets_tight_ends_the_engine() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.STORAGE_FULL);
        assertThat(core.disk.releases()).isPositive();
    }

    @Test
    void an_engine_that_fails_on_a_tight_disk_fails_because_of_the_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        process(run).exits(1);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
    }

    @Test
    void a_wish_wins_over_a_full_disk() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        cancel(run);
        core.disk.failWrite(1);

        stepToTheEnd(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_run_that_worked_while_the_disk_was_full_never_succeeds_and_keeps_its_receipt() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        core.disk.free();
        process(run).answers("{\"n\": 1}");

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).receipt()).isPresent();
        assertThat(result(run).data()).isEmpty();
    }

    @Test
    void a_restart_does_not_forget_that_the_disk_was_full() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.disk.becomeTight();
        assertThat(execution.step()).isPresent();
        core.disk.free();
        core.restart();
        process(run).answers("{\"n\": 1}");

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.STORAGE_FULL);
        assertThat(result(run).receipt()).isPresent();
    }

    @Test
    void a_run_that_starts_after_a_shortage_is_not_held_to_it() {
        core.disk.becomeTight();
        core.disk.free();
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));

        finish(run);

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
}
