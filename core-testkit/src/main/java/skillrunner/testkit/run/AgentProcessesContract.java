package skillrunner.testkit.run;

import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.process.AgentProcesses;
import skillrunner.application.run.process.AgentProcesses.LaunchOrder;
import skillrunner.application.run.process.AgentProcesses.State;
import skillrunner.application.run.process.AttemptProcess;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessesEnded;

import static org.assertj.core.api.Assertions.assertThat;

/** What all {@link AgentProcesses} promise. */
public abstract class AgentProcessesContract {
    private static final int CODE = 3;
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private @Nullable Machine machine;

    /** A machine with processes that do what a test says. */
    protected interface Machine {
        /** Returns the implementation under test. */
        AgentProcesses processes();

        /** Orders a process of an attempt of its own, which works until it is told to end. */
        LaunchOrder order();

        /** Lets a process end by itself and waits until that is known. */
        void end(LaunchOrder order, int code);

        /** Kills the process that records the end, and nothing else, and waits until that is known. */
        void killShim(LaunchOrder order, AgentProcess process);

        /** Ends whatever is left. */
        void close();
    }

    /** Makes a machine on which nothing runs. */
    protected abstract Machine emptyMachine();

    @BeforeEach
    void begin() {
        machine = emptyMachine();
    }

    @AfterEach
    void end() {
        // A machine that can't be had here was told of by an assumption.
        if (machine != null) {
            machine.close();
        }
    }

    @Test
    void an_attempt_that_was_not_launched_has_no_process() {
        LaunchOrder order = machine().order();

        assertThat(processes().state(unknown(order))).isEqualTo(new State.NotStarted());
        assertThat(processes().find(order.files(), order.marker())).isEmpty();
        assertThat(processes().stop(unknown(order)).left()).isZero();
    }

    @Test
    void a_launch_tells_who_the_process_is_and_it_is_found_again() {
        LaunchOrder order = machine().order();

        AgentProcess launched = processes().launch(order).orElseThrow();

        assertThat(processes().find(order.files(), order.marker())).contains(launched);
        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Running());
        assertThat(processes().state(unknown(order))).isEqualTo(new State.Running());
    }

    @Test
    void a_second_launch_has_no_effect_and_tells_of_the_first() {
        LaunchOrder order = machine().order();
        AgentProcess first = processes().launch(order).orElseThrow();

        assertThat(processes().launch(order)).contains(first);
        assertThat(processes().find(order.files(), order.marker())).contains(first);
    }

    @Test
    void two_attempts_have_two_processes() {
        LaunchOrder one = machine().order();
        LaunchOrder other = machine().order();
        AgentProcess first = processes().launch(one).orElseThrow();
        AgentProcess second = processes().launch(other).orElseThrow();

        assertThat(first).isNotEqualTo(second);
        assertThat(processes().stop(known(one, first)).left()).isZero();
        assertThat(processes().state(known(other, second))).isEqualTo(new State.Running());
    }

    @Test
    void nobody_is_found_under_the_marker_of_another_attempt() {
        LaunchOrder order = machine().order();
        processes().launch(order);

        assertThat(processes().find(order.files(), "another-attempt")).isEmpty();
    }

    @Test
    void what_ended_by_itself_leaves_its_exit_code_and_nothing_to_sweep() {
        LaunchOrder order = machine().order();
        AgentProcess launched = processes().launch(order).orElseThrow();

        machine().end(order, CODE);

        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Exited(CODE));
        assertThat(processes().sweep(known(order, launched))).isEqualTo(ProcessesEnded.NONE);
        assertThat(processes().sweep(known(order, launched))).isEqualTo(ProcessesEnded.NONE);
        assertThat(processes().find(order.files(), order.marker())).isEmpty();
        assertThat(processes().stop(known(order, launched)).left()).isZero();
        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Exited(CODE));
    }

    @Test
    void what_was_stopped_works_no_more() {
        LaunchOrder order = machine().order();
        AgentProcess launched = processes().launch(order).orElseThrow();

        awaitWork(order, launched);

        ProcessesEnded ended = processes().stop(known(order, launched));

        assertThat(ended.left()).isZero();
        assertThat(ended.ended()).isPositive();
        assertThat(ended.seen()).isTrue();
        assertThat(ended.last().orElseThrow().end()).isNotEqualTo(ProcessEnd.STILL_THERE);
        assertThat(ended.last().orElseThrow().name()).isNotEmpty();
        assertThat(ended.and(processes().sweep(known(order, launched)))).isEqualTo(ended);
        assertThat(processes().stop(known(order, launched))).isEqualTo(ProcessesEnded.UNSEEN);
        assertThat(processes().state(known(order, launched))).isInstanceOf(State.Exited.class);
        assertThat(processes().find(order.files(), order.marker())).isEmpty();
    }

    @Test
    void what_was_killed_works_no_more_and_holds_nothing() {
        LaunchOrder order = machine().order();
        AgentProcess launched = processes().launch(order).orElseThrow();

        assertThat(processes().kill(known(order, launched)).left()).isZero();

        // Who is killed while the program is only being started leaves no exit code.
        assertThat(processes().state(known(order, launched))).isNotInstanceOf(State.Running.class);
        assertThat(processes().find(order.files(), order.marker())).isEmpty();
        assertThat(processes().usage(known(order, launched), Long.MAX_VALUE)).isEqualTo(AgentProcesses.Usage.NOTHING);
        assertThat(processes().kill(known(order, launched)).left()).isZero();
    }

    @Test
    void what_works_is_counted_and_what_never_started_is_not() {
        LaunchOrder order = machine().order();
        assertThat(processes().usage(unknown(order), Long.MAX_VALUE)).isEqualTo(AgentProcesses.Usage.NOTHING);

        AgentProcess launched = processes().launch(order).orElseThrow();

        awaitWork(order, launched);
    }

    /** Between the launch and the program itself stands a shell or two. */
    private void awaitWork(LaunchOrder order, AgentProcess launched) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (processes().usage(known(order, launched), Long.MAX_VALUE).processes() == 0) {
            assertThat(System.nanoTime()).as("nobody was counted").isLessThan(deadline);
            Thread.onSpinWait();
        }
    }

    @Test
    void what_never_started_has_not_computed() {
        assertThat(processes().cpuTime(unknown(machine().order())).orElse(Duration.ZERO))
                .isZero();
    }

    @Test
    void what_lost_its_shim_has_vanished_and_is_ended_by_a_sweep() {
        LaunchOrder order = machine().order();
        AgentProcess launched = processes().launch(order).orElseThrow();

        machine().killShim(order, launched);

        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Vanished());
        assertThat(processes().find(order.files(), order.marker())).isEmpty();
        assertThat(processes().sweep(known(order, launched)).left()).isZero();
        assertThat(processes().sweep(known(order, launched)).left()).isZero();
        assertThat(processes().stop(known(order, launched)).left()).isZero();
        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Vanished());
    }

    @Test
    void an_attempt_whose_process_is_gone_is_not_started_again() {
        LaunchOrder order = machine().order();
        AgentProcess launched = processes().launch(order).orElseThrow();
        machine().end(order, CODE);

        assertThat(processes().launch(order)).isEmpty();

        assertThat(processes().state(known(order, launched))).isEqualTo(new State.Exited(CODE));
    }

    @Test
    void who_follows_an_attempt_may_stop_following_at_any_time() {
        LaunchOrder order = machine().order();

        Subscription watch = processes().follow(order.files(), () -> {});
        watch.close();
        watch.close();

        assertThat(processes().launch(order)).isPresent();
    }

    private Machine machine() {
        if (machine == null) {
            throw new IllegalStateException("no test runs");
        }
        return machine;
    }

    private AgentProcesses processes() {
        return machine().processes();
    }

    private static AttemptProcess known(LaunchOrder order, AgentProcess process) {
        return new AttemptProcess(order.files(), order.marker(), Optional.of(process));
    }

    private static AttemptProcess unknown(LaunchOrder order) {
        return new AttemptProcess(order.files(), order.marker(), Optional.empty());
    }
}
