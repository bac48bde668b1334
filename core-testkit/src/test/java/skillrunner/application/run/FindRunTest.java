package skillrunner.application.run;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunMilestone;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What the API and the pages tell of a run. */
class FindRunTest {
    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        core.skills.install(aSkill().build());
    }

    @Test
    void a_run_that_waits_has_its_first_milestone_and_neither_process_nor_receipt() {
        RunDetails details = core.server().findRun.details(ask(false).id());

        assertThat(details.run().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(details.milestones()).extracting(RunMilestone::status).containsExactly(RunStatus.QUEUED);
        assertThat(details.isolation()).isEmpty();
        assertThat(details.receipt()).isEmpty();
    }

    @Test
    void a_run_that_has_ended_tells_how_it_came_there_and_proves_its_output() {
        RequestId request = ask(false).id();
        core.clock.advance(Duration.ofSeconds(3));
        core.processes.onLaunch(process -> process.answers("{}"));
        core.server().dispatcher.start();
        core.server().tasks().runAll();

        RunDetails details = core.server().findRun.details(request);

        assertThat(details.request().id()).isEqualTo(request);
        assertThat(details.milestones())
                .extracting(RunMilestone::status)
                .containsExactly(RunStatus.QUEUED, RunStatus.RUNNING, RunStatus.SUCCEEDED);
        assertThat(details.milestones().get(0).at().plusSeconds(3))
                .isEqualTo(details.milestones().get(1).at());
        assertThat(details.isolation()).isPresent();
        assertThat(details.receipt().flatMap(RunReceipt::exitCode)).contains(0);
        assertThat(details.processes()).contains(ProcessesEnded.NONE);
        assertThat(details.attempts()).extracting(Attempt::number).containsExactly(1);
        assertThat(details.receipt()).isEqualTo(core.server().findRun.receipt(details.run()));
    }

    @Test
    void what_has_no_run_is_refused() {
        assertThat(refused(new RequestId(SequentialIds.id(99)))).isEqualTo(ErrorCode.REQUEST_NOT_FOUND);
        assertThat(refused(ask(true).id())).isEqualTo(ErrorCode.RUN_NOT_FOUND);
    }

    private ErrorCode refused(RequestId request) {
        return catchThrowableOfType(
                        RefusedException.class, () -> core.server().findRun.details(request))
                .refusal()
                .code();
    }

    private RunRequest ask(boolean awaitUpload) {
        return core.create(
                new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), awaitUpload));
    }
}
