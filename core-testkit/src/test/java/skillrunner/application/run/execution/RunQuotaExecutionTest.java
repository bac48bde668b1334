package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Runs that take more of the machine than they may. */
class RunQuotaExecutionTest {
    private static final RunQuota QUOTA = new RunQuota(1_000, 2_000, 30, 4, 5_000);
    private static final Duration UNTIL_THE_NEXT_LOOK = Duration.ofSeconds(1);

    private final CoreOnFakes core = new CoreOnFakes();

    private enum Excess {
        OUTPUT(RunFailureCode.OUTPUT_LIMIT_EXCEEDED),
        BYTES(RunFailureCode.FILE_LIMIT_EXCEEDED),
        FILES(RunFailureCode.FILE_LIMIT_EXCEEDED),
        PROCESSES(RunFailureCode.PROCESS_LIMIT_EXCEEDED),
        MEMORY(RunFailureCode.MEMORY_LIMIT_EXCEEDED);

        private final RunFailureCode code;

        Excess(RunFailureCode code) {
            this.code = code;
        }

        void happens(CoreOnFakes core, ScriptedProcess process) {
            switch (this) {
                case OUTPUT -> process.complains("x".repeat(1_000));
                case BYTES -> core.workspaces.fill(runOf(process), 2_001, 1);
                case FILES -> core.workspaces.fill(runOf(process), 1, 31);
                case PROCESSES -> process.holds(5, 0);
                case MEMORY -> process.holds(1, 5_001);
            }
        }
    }

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
        core.restartWith(QUOTA);
    }

    @ParameterizedTest
    @EnumSource(Excess.class)
    void who_takes_too_much_is_killed_and_fails_with_the_code_of_the_limit(Excess excess) {
        Run run = taken();
        RunExecution execution = core.server().executions.open(run, false);
        assertThat(execution.step()).isPresent();
        ScriptedProcess process = core.processes.process(run.id(), 1);

        excess.happens(core, process);
        core.clock.advance(UNTIL_THE_NEXT_LOOK);

        assertThat(execution.step()).isEmpty();
        assertThat(process.kills()).isOne();
        Run ended = core.runs.find(run.id()).orElseThrow();
        assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(excess.code);
        assertThat(ended.failure().orElseThrow().message()).contains("than a run may");
        assertThat(core.workspaces.result(run.id()).orElseThrow().receipt()).isPresent();
    }

    @ParameterizedTest
    @EnumSource(Excess.class)
    void whoever_took_too_much_is_not_judged_by_what_it_wrote(Excess excess) {
        Run run = taken();
        RunExecution execution = core.server().executions.open(run, false);
        assertThat(execution.step()).isPresent();
        excess.happens(core, core.processes.process(run.id(), 1));
        core.clock.advance(UNTIL_THE_NEXT_LOOK);
        core.errands.hold("judge");

        assertThat(execution.step()).isEmpty();
        assertThat(core.runs.find(run.id()).flatMap(Run::failure).orElseThrow().code())
                .isEqualTo(excess.code);
    }

    @ParameterizedTest
    @EnumSource(Excess.class)
    void the_reason_outlives_the_server_that_found_it(Excess excess) {
        Run run = taken();
        RunExecution execution = core.server().executions.open(run, false);
        execution.step();
        ScriptedProcess process = core.processes.process(run.id(), 1).refusesToDie(1);
        excess.happens(core, process);
        core.clock.advance(UNTIL_THE_NEXT_LOOK);
        assertThat(execution.step()).isPresent();
        process.holds(1, 0);

        core.restartWith(RunQuota.UNLIMITED);

        assertThat(core.server().executions.open(run, true).step()).isEmpty();
        assertThat(core.runs
                        .find(run.id())
                        .orElseThrow()
                        .failure()
                        .orElseThrow()
                        .code())
                .isEqualTo(excess.code);
    }

    @ParameterizedTest
    @EnumSource(names = {"OUTPUT", "BYTES", "FILES"})
    void what_was_left_by_an_engine_that_ended_before_anybody_looked_counts_as_well(Excess excess) {
        Run run = taken();
        core.processes.onLaunch(process -> {
            excess.happens(core, process);
            process.answers("{\"n\": 1}");
        });

        assertThat(core.server().executions.open(run, false).step()).isEmpty();

        assertThat(core.runs
                        .find(run.id())
                        .orElseThrow()
                        .failure()
                        .orElseThrow()
                        .code())
                .isEqualTo(excess.code);
    }

    @Test
    void what_is_allowed_is_allowed_up_to_the_last_byte() {
        Run run = taken();
        core.processes.onLaunch(process -> {
            core.workspaces.fill(run.id(), 2_000, 30);
            process.holds(4, 5_000);
        });
        RunExecution execution = core.server().executions.open(run, false);
        assertThat(execution.step()).isPresent();
        core.clock.advance(UNTIL_THE_NEXT_LOOK);
        assertThat(execution.step()).isPresent();

        core.processes.process(run.id(), 1).answers("{\"n\": 1}");

        assertThat(execution.step()).isEmpty();
        assertThat(core.runs.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_cancel_comes_before_a_limit() {
        Run run = taken();
        RunExecution execution = core.server().executions.open(run, false);
        execution.step();
        core.processes.process(run.id(), 1).holds(5, 0);
        core.server().cancelRun.cancel(run.requestId());
        core.clock.advance(UNTIL_THE_NEXT_LOOK);

        assertThat(execution.step()).isEmpty();

        assertThat(core.runs.find(run.id()).orElseThrow().status()).isEqualTo(RunStatus.CANCELED);
    }

    private Run taken() {
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        return core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
    }

    private static RunId runOf(ScriptedProcess process) {
        String marker = process.order().marker();
        return new RunId(marker.substring(0, marker.lastIndexOf('.')));
    }
}
