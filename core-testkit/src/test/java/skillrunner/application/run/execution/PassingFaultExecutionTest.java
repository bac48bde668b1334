package skillrunner.application.run.execution;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What could not be looked at is not what has failed. */
class PassingFaultExecutionTest extends ExecutionTestBed {
    @ParameterizedTest
    @MethodSource("passingFaults")
    void what_could_not_be_looked_at_is_looked_at_again(Supplier<? extends RuntimeException> fault) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.runs.failLooks(fault);

        List<Duration> pauses = List.of(
                stepAndWait(execution).orElseThrow(),
                stepAndWait(execution).orElseThrow(),
                stepAndWait(execution).orElseThrow());

        assertThat(pauses).isSorted().doesNotHaveDuplicates().allMatch(pause -> !pause.isZero());
        core.runs.allowLooks();
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @ParameterizedTest
    @MethodSource("passingFaults")
    void a_workspace_that_could_not_be_looked_at_is_looked_at_again(Supplier<? extends RuntimeException> fault) {
        core.skills.install(aSkill().leaving("report.txt").build());
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        core.workspaces.leave(run.id(), "report.txt", "text");
        process(run).answers("{\"n\": 1}");
        core.workspaces.failLooks(fault);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();

        core.workspaces.allowLooks();
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).artifacts()).containsExactly("artifacts/report.txt");
    }

    static Stream<Supplier<? extends RuntimeException>> passingFaults() {
        return Stream.of(
                () -> new UnavailableException("the database is locked", new IllegalStateException()),
                () -> new UncheckedIOException(new IOException("Too many open files")));
    }

    @ParameterizedTest
    @ValueSource(strings = {"result", "run"})
    void an_end_that_can_not_be_stored_now_is_stored_later_and_stays_what_it_was(String write) {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.disk.failEvery(write, () -> new UnavailableException("locked", new IllegalStateException()));
        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isPresent();
        core.disk.failNoMore();

        assertThat(execution.step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(result(run).data()).contains(Map.of("n", 1));
    }

    @Test
    void a_wish_is_met_also_where_no_file_can_ever_be_written() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        cancel(run);
        core.disk.failEvery("result", () -> new UncheckedIOException(new IOException("Is a directory")));

        Duration waited = stepThrough(execution).stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(stored(run).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(waited).isLessThan(Duration.ofSeconds(45));
    }

    @Test
    void whatever_wakes_a_run_meanwhile_a_look_is_taken_again_only_when_it_is_due() {
        Run run = taken();
        RunExecution execution = open(run);
        execution.step();
        process(run).answers("{\"n\": 1}");
        core.runs.failLooks(() -> new UnavailableException("the database is locked", new IllegalStateException()));
        Duration pause = execution.step().orElseThrow();

        for (int wakeUp = 0; wakeUp < 1_000; wakeUp++) {
            assertThat(execution.step()).contains(pause);
        }

        core.runs.allowLooks();
        core.clock.advance(pause);
        assertThat(execution.step()).isEmpty();
        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_preparation_that_met_a_passing_fault_is_made_again() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failWrite(1, () -> new UncheckedIOException(new IOException("Too many open files")));
        RunExecution execution = open(run);

        assertThat(stepAndWait(execution))
                .hasValueSatisfying(pause -> assertThat(pause).isPositive());
        assertThat(stepAndWait(execution)).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_fault_that_does_not_pass_ends_the_run_after_a_while() {
        Run run = taken();
        core.processes.onLaunch(process -> process.answers("{}"));
        core.disk.failEvery("directory", () -> new UncheckedIOException(new IOException("Input/output error")));

        Duration waited = stepThrough(open(run)).stream().reduce(Duration.ZERO, Duration::plus);

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.INTERNAL_ERROR);
        assertThat(waited).isBetween(Duration.ofSeconds(30), Duration.ofMinutes(3));
    }

    @Test
    void a_preparation_that_ended_two_servers_is_not_tried_a_third_time() {
        Run run = taken();
        core.errands.hold("prepare-");
        for (int server = 0; server < 2; server++) {
            RunExecution execution = server == 0 ? open(run) : reopen(run);
            assertThat(execution.step()).isPresent();
            core.restart();
        }

        assertThat(reopen(run).step()).isEmpty();

        assertThat(failure(run).code()).isEqualTo(RunFailureCode.PREPARATION_FAILED);
        assertThat(core.processes.launches()).isEmpty();
    }

    @Test
    void a_preparation_that_ended_one_server_is_tried_again() {
        Run run = taken();
        core.errands.hold("prepare-");
        open(run).step();
        core.restart();
        core.errands.release();
        core.processes.onLaunch(process -> process.answers("{}"));

        assertThat(reopen(run).step()).isEmpty();

        assertThat(stored(run).status()).isEqualTo(RunStatus.SUCCEEDED);
    }
}
