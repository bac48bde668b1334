package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.output.RunStream;
import skillrunner.application.run.output.StreamFrame;
import skillrunner.application.run.output.StreamStart;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.Stall;
import skillrunner.domain.run.StallKind;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Engines that work and say nothing. */
class StallExecutionTest {
    private final CoreOnFakes core = new CoreOnFakes();
    private Run run;
    private RunExecution execution;
    private ScriptedProcess process;

    @BeforeEach
    void start() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
        execution = core.server().executions.open(run, false);
        execution.step();
        process = core.processes.process(run.id(), 1);
    }

    @Test
    void a_silent_engine_is_warned_of_within_half_a_minute_and_no_more_when_it_is_heard() {
        process.complains("HTTP 429: too many requests\n");
        after(Duration.ZERO);
        Stall expected = new Stall(StallKind.RATE_LIMITED, core.clock.instant());

        after(Duration.ofSeconds(19));
        assertThat(stall()).isEmpty();
        after(Duration.ofSeconds(6));
        assertThat(stall()).contains(expected);
        after(Duration.ofSeconds(60));
        assertThat(stall()).contains(expected);

        process.complains("goes on\n");
        after(Duration.ZERO);
        assertThat(stall()).isEmpty();
    }

    @Test
    void who_computes_is_busy_whatever_it_said_before() {
        process.complains("Do you want to proceed? [y/n]\n");
        process.computed(Duration.ofSeconds(100));
        after(Duration.ZERO);
        after(Duration.ofSeconds(5));
        after(Duration.ofSeconds(20));
        assertThat(stall().map(Stall::kind)).contains(StallKind.PERMISSION_PROMPT);

        process.computed(Duration.ofSeconds(110));
        after(Duration.ofSeconds(5));

        assertThat(stall().map(Stall::kind)).contains(StallKind.ENGINE_BUSY);
    }

    @Test
    void a_client_that_follows_is_told_when_a_silence_begins_and_ends() {
        RunStream stream = core.server().followRun.follow(run.requestId(), StreamStart.ofLog(0, 0), () -> {}).stream();
        while (stream.next().isPresent()) {
            // what was there before
        }
        after(Duration.ZERO);
        after(Duration.ofSeconds(25));

        assertThat(status(stream).stall().map(Stall::kind)).contains(StallKind.ENGINE_BUSY);
        assertThat(stream.next()).isEmpty();
        process.complains("x");
        after(Duration.ZERO);
        assertThat(stream.next()).get().isInstanceOf(StreamFrame.Output.class);
        assertThat(status(stream).stall()).isEmpty();
    }

    @Test
    void the_end_and_a_server_that_lets_go_leave_no_warning() {
        after(Duration.ZERO);
        after(Duration.ofSeconds(25));
        assertThat(stall()).isPresent();

        process.answers("{\"n\": 1}");
        execution.step();
        assertThat(core.server().stalls.of(run)).isEmpty();

        execution.close();
        assertThat(core.server().stalls.of(run)).isEmpty();
    }

    private void after(Duration pause) {
        core.clock.advance(pause);
        execution.step();
    }

    private Optional<Stall> stall() {
        return core.server().findRun.stall(core.runs.find(run.id()).orElseThrow());
    }

    private static StreamFrame.Status status(RunStream stream) {
        return (StreamFrame.Status) stream.next().orElseThrow();
    }
}
