package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.run.JournalInvariants;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs that are ended: by their hard timeout, and by a wish. */
class StoppedExecutionTest extends ExecutionTestBed {
    @Test
    void an_engine_is_ended_at_its_deadline() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofMinutes(10));

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
        assertThat(failure(run).message()).contains("600 seconds");
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_run_can_have_a_hard_timeout_of_its_own() {
        Run run = taken(new CreateRunCommand(
                "demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of("hard_timeout_seconds", 5), false));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofSeconds(5));

        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).message()).contains("5 seconds");
    }

    @Test
    void an_engine_that_exits_with_zero_when_ended_has_still_timed_out() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.prints("say {}").prints("done").exitsWhenStopped(0));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void an_engine_that_wants_a_sign_in_until_its_deadline_fails_for_that_reason() {
        Run run = taken();
        core.processes.onLaunch(process -> process.complains("Enter the authorization code:"));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        execution.step();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.AUTH_REQUIRED);
    }

    @Test
    void an_engine_that_does_not_die_is_ended_again_later() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(2));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        assertThat(stepAndWait(execution)).isEmpty();

        assertThat(process(run).stops()).isEqualTo(3);
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_restart_in_the_middle_of_stopping_does_not_forget_the_timeout() {
        Run run = taken();
        core.processes.onLaunch(
                process -> process.prints("say {}").prints("done").refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        execution.step();
        assertThat(attempt(run).stopReason()).contains(RunFailureCode.TIMEOUT);

        core.restart();
        process(run).exits(0);
        // Even a clock that was set back does not undo the decision.
        core.clock.set(ManualClock.START);

        assertThat(reopen(run).step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_stop_that_was_decided_is_carried_on_after_a_restart() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        execution.step();

        core.restart();
        core.clock.set(ManualClock.START);

        assertThat(reopen(run).step()).isEmpty();
        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void an_engine_that_vanished_while_it_was_being_ended_has_timed_out() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(1));
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(PAST_THE_DEADLINE);
        stepAndWait(execution);

        process(run).vanishes();

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_wish_before_the_start_ends_the_run_without_a_process() {
        Run run = taken();
        cancel(run);

        assertThat(open(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.launches()).isEmpty();
        assertThat(result(run).status()).isEqualTo("canceled");
    }

    @Test
    void a_wish_ends_the_engine() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.workspaces.leave(run.id(), "half.md", "half");
        cancel(run);

        assertThat(execution.step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(stored(run).failure().orElseThrow().code()).isEqualTo(RunFailureCode.CANCELED_BY_USER);
        assertThat(result(run).artifacts()).isEmpty();
        assertThat(result(run).receipt()).isPresent();
    }

    @Test
    void a_wish_wins_over_an_answer_that_is_already_there() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        cancel(run);

        execution.step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_wish_that_races_with_a_success_verdict_ends_the_run_as_canceled() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).prints("say {\"n\": 1}").prints("done");
        // The wish arrives after the step has read the run and before the verdict is stored.
        core.disk.onNextWrite("result", () -> cancel(run));
        process(run).exits(0);

        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(result(run).status()).isEqualTo("canceled");
        assertThat(result(run).data()).isEmpty();
        assertThat(core.workspaces.mirroredStatus(run.id())).contains(RunStatus.CANCELED);
    }

    @Test
    void a_flood_that_nobody_will_judge_is_told_for_a_moment_only() {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        process(run).prints("endless\n".repeat(40_000));
        cancel(run);
        core.errands.hold("tell");

        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofMillis(4_999));
        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofMillis(1));
        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(result(run).receipt().orElseThrow().stdout().bytes()).isGreaterThan(320_000);
        assertThat(warnings(run)).contains("JOURNAL_INCOMPLETE");
        core.errands.release();
        new JournalInvariants(core.journal, run.id()).check();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void of_a_flood_is_told_what_a_second_allows(boolean canceled) {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        process(run).prints("endless\n".repeat(400_000));
        if (canceled) {
            cancel(run);
        } else {
            core.clock.advance(PAST_THE_DEADLINE);
        }
        core.output.onRead(() -> core.clock.advance(Duration.ofMillis(300)));

        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(canceled ? RunStatus.CANCELED : RunStatus.FAILED);
        int[] raw = {0};
        core.journal.scan(
                run.id(), JournalStream.FCMP, 1, row -> raw[0] += "raw.stdout".equals(row.get("type")) ? 1 : 0);
        assertThat(raw[0]).isBetween(10_000, 60_000);
        assertThat(warnings(run)).contains("JOURNAL_INCOMPLETE");
        new JournalInvariants(core.journal, run.id()).check();
    }

    @Test
    void a_flood_until_the_deadline_is_read_for_a_moment_only() {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        process(run).prints("endless\n".repeat(40_000));
        core.errands.hold("judge");
        core.clock.advance(PAST_THE_DEADLINE);

        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofSeconds(5));
        assertThat(execution.step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
        assertThat(warnings(run)).contains("JOURNAL_INCOMPLETE");
    }

    @Test
    void little_output_is_told_to_its_end_however_long_that_takes() {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        process(run).prints("say last words");
        cancel(run);
        core.errands.hold("tell");
        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofSeconds(20));
        assertThat(execution.step()).isPresent();

        core.errands.release();

        assertThat(execution.step()).isEmpty();
        assertThat(warnings(run)).doesNotContain("JOURNAL_INCOMPLETE");
        assertThat(texts(run)).contains("last words");
    }

    @Test
    void a_wish_that_comes_while_the_output_is_judged_leaves_it_to_whoever_reads_it() {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        core.errands.hold("judge");
        process(run).prints("say last words").exits(0);
        assertThat(execution.step()).isPresent();
        cancel(run);

        assertThat(execution.step()).isPresent();
        core.errands.release();

        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(warnings(run)).doesNotContain("JOURNAL_INCOMPLETE");
        assertThat(texts(run)).containsOnlyOnce("last words");
        new JournalInvariants(core.journal, run.id()).check();
    }

    @Test
    void a_flood_that_is_being_judged_is_read_for_a_moment_once_nobody_wants_it() {
        Run run = taken();
        RunExecution execution = open(run);
        stepAndWait(execution);
        core.errands.hold("judge");
        process(run).prints("endless\n".repeat(400_000)).exits(0);
        assertThat(execution.step()).isPresent();
        cancel(run);
        assertThat(execution.step()).isPresent();
        core.output.onRead(() -> core.clock.advance(Duration.ofMillis(300)));

        core.errands.release();

        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(warnings(run)).contains("JOURNAL_INCOMPLETE");
        new JournalInvariants(core.journal, run.id()).check();
    }

    private List<Object> texts(Run run) {
        List<Object> said = new ArrayList<>();
        core.journal.scan(
                run.id(),
                JournalStream.FCMP,
                1,
                row -> said.add(row.get("data") instanceof Map<?, ?> data ? data.get("text") : null));
        return said;
    }

    private List<Object> warnings(Run run) {
        List<Object> codes = new ArrayList<>();
        core.journal.scan(
                run.id(),
                JournalStream.ORCHESTRATOR,
                1,
                row -> codes.add(row.get("data") instanceof Map<?, ?> data ? data.get("code") : null));
        return codes;
    }

    @Test
    void a_wish_survives_a_restart() {
        Run run = taken();
        open(run).step();
        cancel(run);
        core.restart();

        assertThat(reopen(run).step()).isEmpty();

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_wish_wins_over_a_process_that_vanished() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).vanishes();
        cancel(run);

        execution.step();

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }
}
