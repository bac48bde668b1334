package skillrunner.testkit.run;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.application.run.Attempts;
import skillrunner.domain.run.AgentProcess;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.EngineTold;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.ProcessEnd;
import skillrunner.domain.run.ProcessIsolation;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.TokenCount;

import static org.assertj.core.api.Assertions.assertThat;

/** What every {@link Attempts} promises. */
public abstract class AttemptsContract extends RunStoresContract {
    @Test
    void an_attempt_is_found_as_it_was_saved() {
        Run run = running();
        Attempt attempt = Attempt.starting(
                run.id(),
                1,
                77,
                new OutputContract(
                        Map.of("type", "object", "properties", Map.of("x", Map.of("minimum", new BigDecimal("0.5")))),
                        List.of("artifacts/a.md", "artifacts/汉.md")),
                RunFixtures.NOW);

        attempts().save(attempt);

        assertThat(attempts().find(run.id(), 1)).contains(attempt);
        assertThat(attempt.hardDeadline()).isEqualTo(RunFixtures.NOW.plusSeconds(77));
    }

    @Test
    void who_the_process_is_stays_known_to_the_end() {
        Run run = running();
        AgentProcess process = new AgentProcess(4_711, "boot:17", ProcessIsolation.PID_NAMESPACE);
        Attempt ended = RunFixtures.startingAttempt(run, 1)
                .runBy(process)
                .stopping(RunFailureCode.TIMEOUT)
                .ended(RunFixtures.aReceipt(1, Optional.of(137)), RunFixtures.NOW);

        attempts().save(ended);

        assertThat(attempts().find(run.id(), 1)).contains(ended);
        assertThat(ended.process()).contains(process);
    }

    @Test
    void how_its_engine_takes_answers_stays_known() {
        Run run = running();
        Attempt kept = RunFixtures.startingAttempt(run, 1).keepingEngine();

        attempts().save(kept);

        assertThat(attempts().find(run.id(), 1)).contains(kept);
        assertThat(kept.keepsEngine()).isTrue();
    }

    @Test
    void how_the_processes_ended_and_what_the_engine_told_stays_known() {
        Run run = running();
        Attempt told = RunFixtures.startingAttempt(run, 1)
                .looked(new ProcessesEnded(
                        3, 1, true, Optional.of(new ProcessesEnded.Last(1L << 40, "a\"汉\\n", ProcessEnd.STILL_THERE))))
                .told(new EngineTold(Optional.of(new TokenCount(1L << 40, 2, 3, 4)), List.of("one", "other")));
        Attempt nobodyLooked = RunFixtures.startingAttempt(run, 2)
                .looked(ProcessesEnded.UNSEEN)
                .told(new EngineTold(Optional.empty(), List.of("one")));

        attempts().save(told);
        attempts().save(nobodyLooked);

        assertThat(attempts().find(run.id(), 1)).contains(told);
        assertThat(attempts().find(run.id(), 2)).contains(nobodyLooked);
    }

    @Test
    void saving_again_replaces_what_was_known() {
        Run run = running();
        Attempt starting = RunFixtures.startingAttempt(run, 1);
        Attempt stopping = starting.stopping(RunFailureCode.TIMEOUT);
        Attempt ended = stopping.ended(RunFixtures.aReceipt(1, Optional.of(143)), RunFixtures.NOW.plusSeconds(9));

        attempts().save(starting);
        attempts().save(stopping);
        assertThat(attempts().find(run.id(), 1)).contains(stopping);
        attempts().save(ended);

        assertThat(attempts().find(run.id(), 1)).contains(ended);
    }

    @Test
    void an_attempt_can_end_without_an_exit_code() {
        Run run = running();
        Attempt ended =
                RunFixtures.startingAttempt(run, 1).ended(RunFixtures.aReceipt(1, Optional.empty()), RunFixtures.NOW);

        attempts().save(ended);

        assertThat(attempts().find(run.id(), 1)).contains(ended);
    }

    @ParameterizedTest
    @EnumSource(RunFailureCode.class)
    void every_stop_reason_can_be_stored(RunFailureCode reason) {
        Run run = running();

        attempts().save(RunFixtures.startingAttempt(run, 1).stopping(reason));

        assertThat(attempts().find(run.id(), 1).orElseThrow().stopReason()).contains(reason);
    }

    @Test
    void attempts_of_one_run_are_kept_apart() {
        Run run = running();
        Attempt first = RunFixtures.startingAttempt(run, 1).stopping(RunFailureCode.TIMEOUT);
        Attempt second = RunFixtures.startingAttempt(run, 2);

        attempts().save(first);
        attempts().save(second);

        assertThat(attempts().find(run.id(), 1)).contains(first);
        assertThat(attempts().find(run.id(), 2)).contains(second);
    }

    @Test
    void attempts_of_two_runs_are_kept_apart() {
        Run one = running();
        Run other = running();
        attempts().save(RunFixtures.startingAttempt(one, 1));

        assertThat(attempts().find(other.id(), 1)).isEmpty();
        assertThat(attempts().find(one.id(), 2)).isEmpty();
        assertThat(attempts().find(new RunId("99999999-9999-4999-8999-999999999999"), 1))
                .isEmpty();
    }
}
