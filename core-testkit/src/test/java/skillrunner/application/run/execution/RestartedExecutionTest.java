package skillrunner.application.run.execution;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs whose server ends at any write, and what the next one makes of them. */
class RestartedExecutionTest extends ExecutionTestBed {
    @Test
    void a_restart_before_the_launch_launches_once() {
        Run run = taken();
        core.restart();
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void a_server_that_ended_anywhere_before_the_launch_is_continued_with_one_launch(int write) {
        Run run = taken();
        core.disk.failWrite(write, PowerCut::new);
        assertThat(open(run).step()).isPresent();
        core.restart();
        core.processes.onLaunch(process -> process.answers("{\"n\": 1}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void a_restart_while_the_engine_works_leads_to_the_same_result() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {\"n\": 1}");
        core.restart();
        RunExecution execution = reopen(run);
        assertThat(execution.step()).isPresent();

        process(run).prints("done").exits(0);

        assertThat(execution.step()).isEmpty();
        assertThat(core.processes.launches()).hasSize(1);
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void an_engine_that_ended_while_nobody_looked_gets_its_verdict() {
        Run run = taken();
        open(run).step();
        core.restart();
        process(run).answers("{\"n\": 1}");

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void the_deadline_counts_from_the_first_start_also_after_a_restart() {
        Run run = taken();
        open(run).step();
        core.clock.advance(PAST_THE_DEADLINE);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_process_that_vanished_fails_the_run_as_interrupted() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {}").prints("done").vanishes();
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED);
        assertThat(stored(run).recovery().state()).isEqualTo(RecoveryState.FAILED_RECONCILED);
        assertThat(result(run).status()).isEqualTo("failed");
    }

    @Test
    void a_process_whose_records_were_taken_away_fails_the_run_and_the_failure_says_so() {
        Run run = taken();
        open(run).step();
        process(run).prints("say {}").losesItsRecords();
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(failure(run).message()).contains("records", "removed or replaced");
        assertThat(stored(run).recovery().state()).isEqualTo(RecoveryState.NONE);
    }

    @ParameterizedTest
    @MethodSource("writesAfterTheExit")
    void a_server_that_ended_anywhere_after_the_exit_is_continued_with_the_same_verdict(int write) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.disk.failWrite(write, PowerCut::new);
        assertThat(execution.step()).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    /** The attempt's end, the result, the status mirror, the cache entry, the run. */
    static IntStream writesAfterTheExit() {
        return IntStream.rangeClosed(1, 5);
    }

    @Test
    void a_run_that_somebody_else_took_over_is_let_go() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.runs.save(
                run.failed(new RunFailure(RunFailureCode.INTERNAL_ERROR, "other"), List.of(), core.clock.instant()));

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isTrue();
        assertThat(core.workspaces.result(run.id())).isEmpty();
    }

    @Test
    void a_run_that_was_removed_is_let_go() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.runs.remove(run.id());

        assertThat(execution.step()).isEmpty();

        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_result_that_says_otherwise_than_its_run_is_written_anew() {
        Run run = taken();
        core.processes.onLaunch(process -> process.exits(3));
        open(run).step();
        RunResult failed = result(run);
        RunRequest other = core.create(command(Map.of(), Optional.empty()));
        core.server().cancelRun.cancel(other.id());
        Run canceled = core.runs.find(other.runId().orElseThrow()).orElseThrow();
        core.workspaces.writeResult(canceled.id(), failed);

        core.server().readRunResult.read(stored(canceled), (stored, of) -> RunResult.word(of.status())
                .equals(result(canceled).status()));

        assertThat(result(canceled).status()).isEqualTo("canceled");
    }
}
