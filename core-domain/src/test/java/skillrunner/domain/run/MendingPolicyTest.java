package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;

class MendingPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final Lease LEASE = new Lease(new NodeId("node"), Lease.WITHOUT_END);

    @ParameterizedTest
    @CsvSource({"QUEUED,RUNNING", "WAITING_USER,FAILED"})
    void what_nobody_carries_out_is_given_a_slot_or_ends(RunStatus status, RunStatus next) {
        Run moved = MendingPolicy.move(run(status), LEASE, NOW).orElseThrow().after();

        assertThat(moved.status()).isEqualTo(next);
        assertThat(moved.failure())
                .isEqualTo(next == RunStatus.FAILED ? Optional.of(MendingPolicy.UNREADABLE) : Optional.empty());
    }

    @ParameterizedTest
    @EnumSource(names = {"RUNNING", "SUCCEEDED", "FAILED", "CANCELED"})
    void what_is_carried_out_or_has_ended_stays(RunStatus status) {
        assertThat(MendingPolicy.move(run(status), LEASE, NOW)).isEmpty();
    }

    private static Run run(RunStatus status) {
        boolean unsuccessful = status == RunStatus.FAILED || status == RunStatus.CANCELED;
        return new Run(
                new RunId("00000000-0000-4000-8000-000000000001"),
                new RequestId("00000000-0000-4000-8000-000000000002"),
                new SkillId("demo"),
                EngineId.CODEX,
                status,
                1,
                1,
                Optional.empty(),
                false,
                unsuccessful ? Optional.of(MendingPolicy.UNREADABLE) : Optional.empty(),
                List.of(),
                Recovery.NONE,
                NOW,
                NOW);
    }
}
