package skillrunner.application.run.execution;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Verdict;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What the end of an execution leaves, and what it lets go of. */
class ExecutionEndTest {
    private static final Verdict FAILED = new Verdict.Failed(new RunFailure(RunFailureCode.TIMEOUT, "too slow"));

    private final CoreOnFakes core = new CoreOnFakes();
    private final AtomicInteger woken = new AtomicInteger();
    private RunRequest request;
    private Run run;
    private ExecutionEnd end;

    @BeforeEach
    void take() {
        core.skills.install(aSkill().build());
        request = core.create(
                new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
        TurnTime time = new TurnTimes(
                        core.clock.monotonic(),
                        core.clock,
                        new RunSettings(1, 1, 60, 600, false, Duration.ofSeconds(1), RunQuota.UNLIMITED))
                .open();
        RunSetbacks setbacks = new RunSetbacks(run.id(), time, core.disk, Optional.empty());
        CoreOnFakes.Server server = core.server();
        end = new ExecutionEnd(
                server.turnsOfRuns.of(run, false, time, setbacks),
                server.conclusion,
                core.disk,
                server.keepJournal,
                server.signals);
        core.programs.hold(List.of("codex"), run.marker());
        server.signals.watch(run.id(), woken::incrementAndGet);
    }

    @Test
    void a_verdict_is_stored_with_its_files_and_everything_is_let_go_of() {
        assertThat(end.isReached()).isFalse();
        assertThat(core.held()).isNotEmpty();

        end.conclude(run, Optional.of(request), FAILED);

        assertThat(end.isReached()).isTrue();
        assertThat(stored().failure()).map(RunFailure::code).contains(RunFailureCode.TIMEOUT);
        assertThat(core.workspaces.result(run.id()))
                .hasValueSatisfying(result -> assertThat(result.status()).isEqualTo("failed"));
        assertThat(core.held()).isEmpty();
        assertThat(core.disk.restores()).isEqualTo(1);
        assertThat(core.journal.attempts(run.id())).containsExactly(1);
        assertThat(woken).hasPositiveValue();
    }

    @Test
    void an_end_without_files_is_in_the_row_and_in_the_journal() {
        end.concludeWithoutFiles(run, FAILED);

        assertThat(end.isReached()).isTrue();
        assertThat(stored().status()).isEqualTo(RunStatus.FAILED);
        assertThat(core.workspaces.result(run.id())).isEmpty();
        assertThat(core.held()).isEmpty();
        assertThat(core.disk.restores()).isEqualTo(1);
        assertThat(core.journal.attempts(run.id())).containsExactly(1);
        assertThat(woken).hasPositiveValue();
    }

    @Test
    void a_run_that_somebody_else_goes_on_with_keeps_what_it_holds() {
        end.letGo(run, Optional.of(stored()));

        assertThat(end.isReached()).isTrue();
        assertThat(stored()).isEqualTo(run);
        assertThat(core.held()).isNotEmpty();
        assertThat(woken).hasValue(0);
    }

    @Test
    void a_run_that_is_gone_or_over_holds_nothing() {
        end.letGo(run, Optional.empty());
        assertThat(core.held()).isEmpty();

        core.programs.hold(List.of("codex"), run.marker());
        core.runs.save(run.failed(new RunFailure(RunFailureCode.TIMEOUT, "slow"), List.of(), core.clock.instant()));
        end.letGo(run, Optional.of(stored()));
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_verdict_that_comes_after_the_wish_for_an_end_is_a_cancellation() {
        core.runs.requestCancel(run.id(), core.clock.instant());

        end.conclude(run, Optional.of(request), FAILED);

        assertThat(stored().status()).isEqualTo(RunStatus.CANCELED);
        assertThat(core.held()).isEmpty();
    }

    private Run stored() {
        return core.runs.find(run.id()).orElseThrow();
    }
}
