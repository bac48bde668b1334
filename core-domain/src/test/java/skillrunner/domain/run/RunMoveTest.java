package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class RunMoveTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Lease LEASE = new Lease(new NodeId("node"), Lease.WITHOUT_END);

    private final Run queued = Run.queued(
            new RunId("00000000-0000-4000-8000-000000000001"),
            new RequestId("00000000-0000-4000-8000-000000000002"),
            new SkillId("demo"),
            EngineId.CODEX,
            NOW);

    @Test
    void a_turn_begins_and_ends_in_its_attempt() {
        RunChange taken = queued.taken(LEASE, NOW);
        RunChange ended = taken.after().succeeded(List.of(), NOW.plusSeconds(1));

        assertThat(RunMove.of(taken, 1).attempt()).isEqualTo(1);
        assertThat(RunMove.of(ended, 2))
                .isEqualTo(new RunMove(
                        queued.id(),
                        2,
                        1,
                        RunStatus.RUNNING,
                        RunLifecycle.Event.TURN_SUCCEEDED,
                        RunStatus.SUCCEEDED,
                        Optional.empty(),
                        NOW.plusSeconds(1)));
    }

    @Test
    void what_waits_for_its_first_slot_belongs_to_the_attempt_that_would_begin() {
        RunMove move = RunMove.of(queued.canceled(NOW), 1);

        assertThat(move.attempt()).isEqualTo(1);
        assertThat(move.failure()).contains(RunFailureCode.CANCELED_BY_USER);
    }

    @Test
    void moves_and_attempts_count_from_one() {
        RunMove move = RunMove.of(queued.taken(LEASE, NOW), 1);

        assertThatThrownBy(() -> RunMove.of(queued.taken(LEASE, NOW), 0)).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() ->
                        new RunMove(move.run(), 1, 0, move.from(), move.event(), move.to(), move.failure(), move.at()))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
