package skillrunner.application.run.execution;

import java.nio.file.FileAlreadyExistsException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.StorageFaultException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What nobody foresaw, and what one run may not take with it. */
class FaultyExecutionTest extends ExecutionTestBed {
    @ParameterizedTest
    @MethodSource("everyWrite")
    void an_unexpected_exception_at_any_write_fails_the_run(int write) {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(write, () -> new IllegalStateException("planted"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(failure(run).message()).doesNotContain("planted");
    }

    @Test
    void a_launch_that_fails_after_the_process_started_leaves_no_process() {
        Run run = taken();
        core.processes.failAfterNextStart(() -> new IllegalStateException("planted"));

        stepToTheEnd(open(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_fails_the_run_and_ends_the_engine() {
        Run run = taken();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.processes.onLaunch(process -> process.prints("say {}"));

        stepToTheEnd(open(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_after_the_exit_fails_the_run() {
        Run run = taken();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @Test
    void a_parser_that_throws_does_not_stand_in_the_way_of_a_wish() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.driver.breakReaders(new IllegalStateException("planted"));
        core.restart();
        process(run).prints("say {}");
        cancel(run);

        stepToTheEnd(reopen(run));

        assertThat(process(run).isRunning()).isFalse();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void an_output_schema_that_can_not_be_used_fails_the_run() {
        core.skills.install(aSkill().answering(Map.of("type", "strng")).build());
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @MethodSource("errors")
    void an_error_in_one_step_ends_that_run_and_is_not_thrown(Supplier<Error> error) {
        Run run = taken();
        core.disk.onNextWrite("result", () -> {
            throw error.get();
        });
        core.processes.onLaunch(process -> process.answers("{}"));

        stepToTheEnd(open(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(result(run).receipt()).isPresent();
    }

    static Stream<Supplier<Error>> errors() {
        return Stream.of(
                StackOverflowError::new,
                OutOfMemoryError::new,
                NoClassDefFoundError::new,
                ExceptionInInitializerError::new,
                AssertionError::new);
    }

    @Test
    void a_result_that_can_never_be_written_is_given_up_and_the_row_alone_tells_the_end() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("result", () -> new IllegalStateException("a folder stands there"));

        List<Duration> pauses = stepThrough(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(core.workspaces.result(run.id())).isEmpty();
        assertThat(execution.holdsSlot()).isTrue();
        assertThat(pauses).hasSizeLessThan(10);
    }

    @Test
    void what_stands_in_the_place_of_a_folder_ends_the_run_soon_and_the_row_tells_why() {
        Run run = taken();
        RunExecution execution = open(run);
        for (String write : List.of("skill", "result", "status")) {
            core.disk.failEvery(
                    write, () -> new StorageFaultException(new FileAlreadyExistsException("data/runs"), true));
        }

        List<Duration> pauses = stepThrough(execution);

        assertThat(failure(run).message()).contains("stands where a folder");
        assertThat(pauses.stream().reduce(Duration.ZERO, Duration::plus)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void a_run_whose_row_alone_tells_the_end_has_no_process_any_more() {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(3));
        RunExecution execution = open(run);
        execution.step();
        core.disk.failEvery("attempt", () -> new IllegalStateException("a folder stands there"));
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.FAILED);
        assertThat(process(run).works()).isFalse();
    }

    @Test
    void a_wish_that_races_with_the_last_resort_ends_the_run_as_canceled() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("result", () -> new IllegalStateException("a folder stands there"));
        core.disk.onNextWrite("run", () -> cancel(run));

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
    }

    @Test
    void a_row_that_can_not_be_written_costs_a_slot_for_a_while_only_and_is_tried_on() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{}");
        core.disk.failEvery("run", () -> new IllegalStateException("planted"));

        Duration slotHeld = Duration.ZERO;
        for (Optional<Duration> pause = stepAndWait(execution); execution.holdsSlot(); pause = stepAndWait(execution)) {
            slotHeld = slotHeld.plus(pause.orElseThrow());
        }

        assertThat(slotHeld).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(3));
        assertThat(stored(run).status()).isEqualTo(RunStatus.RUNNING);
        core.disk.failNoMore();
        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void processes_that_can_never_be_ended_do_not_hold_a_slot_for_ever(boolean canceled) {
        Run run = taken();
        core.processes.onLaunch(process -> process.refusesToDie(Integer.MAX_VALUE));
        RunExecution execution = open(run);
        execution.step();
        if (canceled) {
            cancel(run);
        } else {
            core.clock.advance(PAST_THE_DEADLINE);
        }

        List<Duration> pauses = stepThrough(execution);

        assertThat(pauses).isNotEmpty().isSorted();
        assertThat(stored(run).status()).isEqualTo(canceled ? RunStatus.CANCELED : RunStatus.FAILED);
        assertThat(stored(run).failure().orElseThrow().code())
                .isEqualTo(canceled ? RunFailureCode.CANCELED_BY_USER : RunFailureCode.TIMEOUT);
        assertThat(result(run).receipt()).isPresent();
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare-", "prove-", "judge-"})
    void a_wish_ends_a_run_whatever_it_is_held_up_by(String held) {
        Run run = taken();
        core.errands.hold(held);
        core.processes.onLaunch(process -> process.answers("{}"));
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        cancel(run);
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        core.errands.release();
        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.processes.launches()).hasSize(held.equals("prepare-") ? 0 : 1);
    }

    @ParameterizedTest
    @ValueSource(strings = {"prepare-", "prove-", "judge-"})
    void the_hard_timeout_ends_a_run_whatever_it_is_held_up_by(String held) {
        Run run = taken();
        core.errands.hold(held);
        core.processes.onLaunch(process -> process.answers("{}"));
        RunExecution execution = open(run);
        assertThat(execution.step()).isPresent();
        core.clock.advance(PAST_THE_DEADLINE);

        stepThrough(execution);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void preparing_a_turn_counts_to_its_hard_timeout() {
        Run run = taken();
        core.errands.hold("prepare-");
        RunExecution execution = open(run);
        execution.step();
        core.clock.advance(Duration.ofMinutes(9));
        core.errands.release();

        assertThat(execution.step()).isPresent();
        core.clock.advance(Duration.ofMinutes(1));

        assertThat(execution.step()).isEmpty();
        assertThat(failure(run).code()).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void a_lost_request_ends_its_run_and_its_engine() {
        Run run = taken();
        open(run).step();
        core.restart();
        core.runs.remove(run.requestId());

        stepThrough(reopen(run));

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(process(run).isRunning()).isFalse();
    }
}
