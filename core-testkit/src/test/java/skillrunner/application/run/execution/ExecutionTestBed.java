package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** The core on fakes, with a skill, and the words in which a test tells what happens to a run. */
abstract class ExecutionTestBed {
    static final Duration PAST_THE_DEADLINE = Duration.ofSeconds(601);

    final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    /** Stands for the end of the server in the middle of a write: the execution that meets it is never stepped again. */
    static final class PowerCut extends RuntimeException {
        private static final long serialVersionUID = 1L;
    }

    Run taken() {
        return taken(command(Map.of(), Optional.empty()));
    }

    Run taken(CreateRunCommand command) {
        RunRequest request = core.create(command);
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
        assertThat(request.runId()).contains(run.id());
        return run;
    }

    static CreateRunCommand command(Map<String, Object> parameter, Optional<String> model) {
        return new CreateRunCommand("demo", "codex", Map.of(), parameter, model, Map.of(), false);
    }

    RunExecution open(Run run) {
        return core.server().executions.open(run, false);
    }

    RunExecution reopen(Run run) {
        return core.server().executions.open(stored(run), true);
    }

    void finish(Run run) {
        try (RunExecution execution = open(run)) {
            assertThat(execution.step()).isEmpty();
        }
    }

    void stepToTheEnd(RunExecution execution) {
        for (int i = 0; i < 10; i++) {
            if (stepAndWait(execution).isEmpty()) {
                return;
            }
        }
        throw new AssertionError("the run does not end");
    }

    /** Steps, and lets the time pass until the next step is due. */
    Optional<Duration> stepAndWait(RunExecution execution) {
        Optional<Duration> pause = execution.step();
        pause.ifPresent(core.clock::advance);
        return pause;
    }

    /** Steps to the end, each step when it is due. @return the pauses that were asked for */
    List<Duration> stepThrough(RunExecution execution) {
        List<Duration> pauses = new ArrayList<>();
        for (Optional<Duration> pause = stepAndWait(execution); pause.isPresent(); pause = stepAndWait(execution)) {
            pauses.add(pause.get());
            assertThat(pauses).as("the run does not end").hasSizeLessThan(100);
        }
        return pauses;
    }

    void cancel(Run run) {
        assertThat(core.server().cancelRun.cancel(run.requestId()).accepted()).isTrue();
    }

    Run stored(Run run) {
        return core.runs.find(run.id()).orElseThrow();
    }

    RunFailure failure(Run run) {
        assertThat(stored(run).status()).isEqualTo(RunStatus.FAILED);
        return stored(run).failure().orElseThrow();
    }

    RunResult result(Run run) {
        RunId id = run.id();
        return core.workspaces.result(id).orElseThrow();
    }

    Attempt attempt(Run run) {
        return core.runs.find(run.id(), 1).orElseThrow();
    }

    ScriptedProcess process(Run run) {
        return core.processes.process(run.id(), 1);
    }

    /** The numbers of all writes that a run without trouble makes. */
    static Stream<Integer> everyWrite() {
        ExecutionTestBed sample = new ExecutionTestBed() {};
        sample.install();
        Run run = sample.taken();
        sample.core.processes.onLaunch(process -> process.answers("{}"));
        int before = sample.core.disk.writes().size();
        sample.finish(run);
        return IntStream.rangeClosed(1, sample.core.disk.writes().size() - before)
                .boxed();
    }
}
