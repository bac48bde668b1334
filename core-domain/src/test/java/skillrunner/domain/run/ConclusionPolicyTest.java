package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertThrows;

class ConclusionPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(9);
    private static final Lease LEASE = new Lease(new NodeId("node"), NOW.plusSeconds(60));
    private static final Run RUNNING = Run.queued(
                    new RunId("00000000-0000-4000-8000-000000000001"),
                    new RequestId("00000000-0000-4000-8000-000000000002"),
                    new SkillId("demo"),
                    EngineId.CODEX,
                    NOW)
            .taken(LEASE, NOW)
            .after();
    private static final Run KEPT = RUNNING.askedAndKept(1, NOW).after();

    @Test
    void an_answer_ends_a_run_well_with_its_warnings() {
        Verdict verdict =
                new Verdict.Succeeded(new TurnFacts.Answer(Map.of("a", 1), RepairLevel.NONE), List.of("A_WARNING"));

        assertThat(ConclusionPolicy.end(RUNNING, verdict, LATER))
                .usingRecursiveComparison()
                .isEqualTo(RUNNING.succeeded(List.of("A_WARNING"), LATER));
    }

    @Test
    void the_wish_of_its_user_cancels_it_with_and_without_its_engine() {
        assertThat(ConclusionPolicy.end(RUNNING, new Verdict.Canceled(), LATER))
                .usingRecursiveComparison()
                .isEqualTo(RUNNING.canceled(LATER));
        assertThat(ConclusionPolicy.end(KEPT, new Verdict.Canceled(), LATER))
                .usingRecursiveComparison()
                .isEqualTo(KEPT.canceled(LATER));
    }

    /** Written a second time, as people would say it. */
    @ParameterizedTest
    @EnumSource(RunFailureCode.class)
    void every_failure_ends_a_run_by_the_transition_that_is_meant_for_it(RunFailureCode code) {
        RunFailure failure = new RunFailure(code, "why");
        Verdict failed = new Verdict.Failed(failure);

        RunChange whileItWorks = ConclusionPolicy.end(RUNNING, failed, LATER);
        RunChange whileItWaits = ConclusionPolicy.end(KEPT, failed, LATER);

        assertThat(whileItWorks)
                .usingRecursiveComparison()
                .isEqualTo(
                        code == RunFailureCode.ORCHESTRATOR_RESTART_INTERRUPTED
                                ? RUNNING.interrupted(failure, LATER)
                                : RUNNING.failed(failure, List.of(), LATER));
        assertThat(whileItWaits)
                .usingRecursiveComparison()
                .isEqualTo(
                        code == RunFailureCode.INTERACTION_WAIT_TIMEOUT
                                ? KEPT.waitExpired(failure, LATER)
                                : code == RunFailureCode.INTERACTION_PROCESS_LOST
                                        ? KEPT.engineLost(failure, LATER)
                                        : KEPT.interrupted(failure, LATER));
        assertThat(whileItWorks.after().failure()).contains(failure);
        assertThat(whileItWaits.after().failure()).contains(failure);
    }

    @Test
    void what_was_gone_when_it_was_taken_up_again_interrupts_it() {
        RunFailure failure = new RunFailure(RunFailureCode.INTERNAL_ERROR, "why");

        assertThat(ConclusionPolicy.end(RUNNING, new Verdict.Interrupted(failure), LATER))
                .usingRecursiveComparison()
                .isEqualTo(RUNNING.interrupted(failure, LATER));
    }

    @Test
    void a_question_ends_nothing() {
        Verdict asks = new Verdict.Asks(QuestionRules.plain("Which?"));

        assertThrows(IllegalArgumentException.class, () -> ConclusionPolicy.end(RUNNING, asks, LATER));
    }
}
