package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

/** Runs whose engine keeps running while they wait. */
class KeptEngineTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(9);
    private static final NodeId NODE = new NodeId("node");
    private static final Lease LEASE = new Lease(NODE, NOW.plusSeconds(60));
    private static final Run RUNNING = Run.queued(
                    new RunId("00000000-0000-4000-8000-000000000001"),
                    new RequestId("00000000-0000-4000-8000-000000000002"),
                    new SkillId("demo"),
                    EngineId.CODEX,
                    NOW)
            .taken(LEASE, NOW)
            .after();
    private static final Run KEPT = RUNNING.askedAndKept(1, NOW).after();
    private static final Run WITHOUT = RUNNING.asked(1, NOW).after();

    @Test
    void a_run_waits_with_its_engine_or_without_and_is_carried_out_only_with() {
        assertThat(KEPT.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(KEPT.keepsEngine()).isTrue();
        assertThat(KEPT.isCarriedOut()).isTrue();
        assertThat(WITHOUT.keepsEngine()).isFalse();
        assertThat(WITHOUT.isCarriedOut()).isFalse();
        assertThat(RUNNING.isCarriedOut()).isTrue();
        assertThat(RUNNING.goesOnWithEngine()).isFalse();
    }

    @Test
    void an_answer_begins_the_next_attempt_at_once_with_the_same_process_and_owner() {
        for (Run next :
                List.of(KEPT.replied(LATER).after(), KEPT.autoDecided(LATER).after())) {
            assertThat(next.status()).isEqualTo(RunStatus.RUNNING);
            assertThat(next.attempt()).isEqualTo(2);
            assertThat(next.fence()).isEqualTo(KEPT.fence());
            assertThat(next.lease()).contains(LEASE);
            assertThat(next.goesOnWithEngine()).isTrue();
            assertThat(next.processAttempt()).isEqualTo(1);
            assertThat(next.marker()).isEqualTo(RUNNING.marker());
        }
        assertThat(WITHOUT.replied(LATER).after().status()).isEqualTo(RunStatus.QUEUED);
        assertThat(WITHOUT.autoDecided(LATER).after().status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void a_second_question_is_asked_by_the_process_of_the_first_attempt() {
        Run again = KEPT.replied(LATER).after().askedAndKept(2, LATER).after();

        assertThat(again.attempt()).isEqualTo(2);
        assertThat(again.processAttempt()).isEqualTo(1);
        assertThat(again.keepsEngine()).isTrue();
        assertThat(KEPT.replied(LATER).appliesTo(again)).isFalse();
        assertThat(RunMove.of(KEPT.replied(LATER), 3).attempt()).isEqualTo(2);
    }

    @Test
    void a_wish_is_met_by_whoever_looks_after_the_engine() {
        assertThat(CancelPolicy.decide(KEPT, LATER)).isInstanceOfSatisfying(CancelPolicy.Decision.Wish.class, wish -> {
            assertThat(wish.wished().status()).isEqualTo(RunStatus.WAITING_USER);
            assertThat(CancelPolicy.decide(wish.wished(), LATER)).isEqualTo(new CancelPolicy.Decision.AlreadyWished());
            assertThat(KEPT.replied(LATER).appliesTo(wish.wished())).isFalse();
            assertThat(wish.wished().canceled(LATER).appliesTo(wish.wished())).isTrue();
        });
        assertThat(CancelPolicy.decide(WITHOUT, LATER)).isInstanceOf(CancelPolicy.Decision.AtOnce.class);
    }

    @Test
    void who_waits_with_an_engine_is_taken_over_once_its_lease_is_over() {
        Lease mine = new Lease(new NodeId("other"), LATER.plusSeconds(600));
        Instant over = NOW.plusSeconds(61);

        assertThat(ClaimPolicy.takenOver(KEPT, mine, LATER)).isEmpty();
        assertThat(ClaimPolicy.takenOver(KEPT, mine, over).map(Run::fence)).contains(KEPT.fence() + 1);
        assertThat(ClaimPolicy.takenOver(WITHOUT, mine, over)).isEmpty();
    }

    @Test
    void a_damaged_run_that_keeps_its_engine_is_ended_by_whoever_ends_that() {
        assertThat(MendingPolicy.move(KEPT, LEASE, LATER)).isEmpty();
        assertThat(MendingPolicy.move(WITHOUT, LEASE, LATER)
                        .map(change -> change.after().status()))
                .contains(RunStatus.FAILED);
    }

    @Test
    void a_restart_that_finds_the_engine_keeps_the_run_waiting() {
        Run found = KEPT.foundWaiting(LATER).after();

        assertThat(found.keepsEngine()).isTrue();
        assertThat(found.recovery().reason()).contains("sticky_waiting_preserved");
        assertThat(found.interactions()).isEqualTo(KEPT.interactions());
    }

    @Test
    void a_question_of_a_run_that_ends_is_closed_by_its_reason() {
        RunFailure expired = StopPolicy.failure(RunFailureCode.INTERACTION_WAIT_TIMEOUT, 0);

        assertThat(closedBy(KEPT.waitExpired(expired, LATER))).contains(DecidedBy.WAIT_TIMEOUT);
        assertThat(closedBy(KEPT.engineLost(KeptWaitPolicy.LOST, LATER))).contains(DecidedBy.INTERRUPTION);
        assertThat(closedBy(KEPT.interrupted(KeptWaitPolicy.LOST, LATER))).contains(DecidedBy.INTERRUPTION);
        assertThat(closedBy(KEPT.canceled(LATER))).contains(DecidedBy.CANCEL);
        assertThat(expired.message()).contains("not kept");
    }

    private static Optional<DecidedBy> closedBy(RunChange change) {
        assertThat(change.after().interactions().pending()).isEmpty();
        return ClosingPolicy.closing(change).map(decision -> decision.decidedBy());
    }

    @ParameterizedTest
    @CsvSource({
        // reply required, engine kept, what follows
        "     , false, NONE",
        "true,  false, NONE",
        "false, false, AUTO_DECISION",
        "     , true,  FAILURE",
        "true,  true,  FAILURE",
        "false, true,  AUTO_DECISION",
    })
    void nobody_waits_for_ever_with_an_engine(String required, boolean kept, WaitingPolicy.Expiry expected) {
        RuntimeOptions options = new RuntimeOptions(
                ExecutionMode.INTERACTIVE,
                Optional.ofNullable(required).map(Boolean::valueOf),
                7,
                Optional.empty(),
                false,
                false,
                false,
                0);

        assertThat(WaitingPolicy.onExpiry(options, kept)).isEqualTo(expected);
        assertThat(WaitingPolicy.deadline(options, kept, NOW))
                .isEqualTo(expected == WaitingPolicy.Expiry.NONE ? Optional.empty() : Optional.of(NOW.plusSeconds(7)));
    }

    @Test
    void a_profile_names_its_kind() {
        RuntimeOptions options = new RuntimeOptions(
                ExecutionMode.INTERACTIVE, Optional.empty(), 7, Optional.empty(), false, false, false, 0);
        for (InteractiveProfile.Kind kind : InteractiveProfile.Kind.values()) {
            assertThat(InteractiveProfile.of(options, kind).orElseThrow().toPlain())
                    .containsEntry("kind", kind.wire())
                    .containsEntry("session_timeout_sec", 7)
                    .containsKey("reason");
            assertThat(InteractiveProfile.Kind.of(kind.wire())).isEqualTo(kind);
        }
    }
}
