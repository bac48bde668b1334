package skillrunner.domain.run;

import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;
import skillrunner.domain.state.IllegalTransitionException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunChangeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Instant LATER = NOW.plusSeconds(9);
    private static final Lease LEASE = new Lease(new NodeId("node"), Lease.WITHOUT_END);
    private static final RunFailure FAILURE = new RunFailure(RunFailureCode.INTERNAL_ERROR, "x");

    @Test
    void taking_a_run_begins_the_next_attempt_and_shuts_out_whoever_held_it() {
        Run queued = run(RunStatus.QUEUED, false, 4);

        Run taken = queued.taken(LEASE, LATER).after();

        assertThat(taken.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(taken.attempt()).isEqualTo(queued.attempt() + 1);
        assertThat(taken.fence()).isEqualTo(5);
        assertThat(taken.lease()).contains(LEASE);
        assertThat(taken.updatedAt()).isEqualTo(LATER);
        assertThat(queued.taken(LEASE, LATER).appliesTo(run(RunStatus.QUEUED, false, 5)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void a_move_applies_only_to_the_status_and_fence_it_was_made_from(RunStatus stored) {
        RunChange success = run(RunStatus.RUNNING, false, 2).succeeded(List.of(), LATER);

        assertThat(success.appliesTo(run(stored, false, 2))).isEqualTo(stored == RunStatus.RUNNING);
        assertThat(success.appliesTo(run(stored, false, 1))).isFalse();
        assertThat(success.appliesTo(run(stored, false, 3))).isFalse();
    }

    @Test
    void once_the_end_was_asked_for_only_the_cancellation_applies() {
        Run running = run(RunStatus.RUNNING, false, 2);
        Run wished = run(RunStatus.RUNNING, true, 2);

        assertThat(running.succeeded(List.of(), LATER).appliesTo(wished)).isFalse();
        assertThat(running.failed(FAILURE, List.of(), LATER).appliesTo(wished)).isFalse();
        assertThat(running.reattached(LATER).appliesTo(wished)).isFalse();
        assertThat(running.canceled(LATER).appliesTo(wished)).isTrue();
        assertThat(running.canceled(LATER).after().cancelRequested()).isTrue();
    }

    @Test
    void a_move_of_another_run_does_not_apply() {
        Run other = new Run(
                new RunId("00000000-0000-4000-8000-000000000009"),
                new RequestId("00000000-0000-4000-8000-000000000002"),
                new SkillId("demo"),
                EngineId.CODEX,
                RunStatus.RUNNING,
                1,
                2,
                Optional.of(LEASE),
                false,
                Optional.empty(),
                List.of(),
                Recovery.NONE,
                NOW,
                NOW);

        assertThat(run(RunStatus.RUNNING, false, 2).canceled(LATER).appliesTo(other))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void what_the_table_does_not_know_can_not_be_made(RunStatus status) {
        Run run = run(status, false, 1);

        if (status != RunStatus.RUNNING) {
            assertThatThrownBy(() -> run.succeeded(List.of(), LATER)).isInstanceOf(IllegalTransitionException.class);
        }
        if (status != RunStatus.QUEUED) {
            assertThatThrownBy(() -> run.taken(LEASE, LATER)).isInstanceOf(IllegalTransitionException.class);
        }
    }

    @Test
    void a_run_has_a_lease_as_long_as_somebody_has_to_carry_it_out() {
        Run running = run(RunStatus.RUNNING, false, 2);

        assertThat(running.reattached(LATER).after().lease()).contains(LEASE);
        assertThat(running.succeeded(List.of(), LATER).after().lease()).isEmpty();
        assertThat(running.failed(FAILURE, List.of(), LATER).after().lease()).isEmpty();
        assertThat(running.canceled(LATER).after().lease()).isEmpty();
        assertThat(run(RunStatus.QUEUED, false, 2).canceled(LATER).after().lease())
                .isEmpty();
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void a_wish_ends_at_once_whatever_nobody_carries_out(RunStatus status) {
        CancelPolicy.Decision first = CancelPolicy.decide(run(status, false, 1), LATER);
        CancelPolicy.Decision second = CancelPolicy.decide(run(status, true, 1), LATER);
        Set<RunStatus> idle = EnumSet.of(RunStatus.QUEUED, RunStatus.WAITING_USER);

        if (idle.contains(status)) {
            assertThat(first).isInstanceOfSatisfying(CancelPolicy.Decision.AtOnce.class, atOnce -> assertThat(
                            atOnce.change().after().status())
                    .isEqualTo(RunStatus.CANCELED));
        } else if (status == RunStatus.RUNNING) {
            assertThat(first).isInstanceOfSatisfying(CancelPolicy.Decision.Wish.class, wish -> assertThat(
                            wish.wished().cancelRequested())
                    .isTrue());
            assertThat(second).isEqualTo(new CancelPolicy.Decision.AlreadyWished());
        } else {
            assertThat(first).isEqualTo(new CancelPolicy.Decision.Ended());
            assertThat(second).isEqualTo(new CancelPolicy.Decision.Ended());
        }
    }

    private static Run run(RunStatus status, boolean cancelRequested, long fence) {
        boolean unsuccessful = status == RunStatus.FAILED || status == RunStatus.CANCELED;
        return new Run(
                new RunId("00000000-0000-4000-8000-000000000001"),
                new RequestId("00000000-0000-4000-8000-000000000002"),
                new SkillId("demo"),
                EngineId.CODEX,
                status,
                1,
                fence,
                status == RunStatus.RUNNING ? Optional.of(LEASE) : Optional.empty(),
                cancelRequested,
                unsuccessful ? Optional.of(FAILURE) : Optional.empty(),
                List.of(),
                Recovery.NONE,
                NOW,
                NOW);
    }
}
