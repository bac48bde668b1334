package skillrunner.domain.run;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClaimPolicyTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final NodeId US = new NodeId("us");
    private static final Lease OURS = new Lease(US, Lease.WITHOUT_END);

    @ParameterizedTest
    @CsvSource({
        "us,1,OWN",
        "us,0,FREE",
        "us,-1,FREE",
        "them,1,FOREIGN",
        "them,0,FREE",
        "them,-1,FREE",
    })
    void a_good_lease_decides_and_one_that_is_over_counts_for_nobody(
            String owner, int secondsLeft, ClaimPolicy.Claim expected) {
        Lease lease = new Lease(new NodeId(owner), NOW.plusSeconds(secondsLeft));

        assertThat(ClaimPolicy.of(run(RunStatus.RUNNING, Optional.of(lease)), US, NOW))
                .isEqualTo(expected);
    }

    @Test
    void a_run_without_a_lease_is_free() {
        assertThat(ClaimPolicy.of(run(RunStatus.RUNNING, Optional.empty()), US, NOW))
                .isEqualTo(ClaimPolicy.Claim.FREE);
    }

    @Test
    void a_claim_of_a_node_that_is_alone_never_ends() {
        assertThat(OURS.isGood(NOW.plusSeconds(200L * 366 * 24 * 3600))).isTrue();
    }

    @ParameterizedTest
    @EnumSource(RunStatus.class)
    void only_what_works_is_taken_over(RunStatus status) {
        Run run = run(status, Optional.empty());

        assertThat(ClaimPolicy.takenOver(run, OURS, NOW).isPresent()).isEqualTo(status == RunStatus.RUNNING);
    }

    @Test
    void taking_over_shuts_out_the_earlier_owner_and_begins_no_attempt() {
        Lease over = new Lease(new NodeId("them"), NOW);
        Run run = run(RunStatus.RUNNING, Optional.of(over));

        Run taken = ClaimPolicy.takenOver(run, OURS, NOW).orElseThrow();

        assertThat(taken.lease()).contains(OURS);
        assertThat(taken.fence()).isEqualTo(run.fence() + 1);
        assertThat(taken.attempt()).isEqualTo(run.attempt());
        assertThat(taken.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(run.succeeded(List.of(), NOW).appliesTo(taken)).isFalse();
    }

    @Test
    void what_has_a_good_lease_is_not_taken_over_either_by_its_owner_or_by_another() {
        Lease theirs = new Lease(new NodeId("them"), NOW.plusSeconds(1));

        assertThat(ClaimPolicy.takenOver(run(RunStatus.RUNNING, Optional.of(theirs)), OURS, NOW))
                .isEmpty();
        assertThat(ClaimPolicy.takenOver(run(RunStatus.RUNNING, Optional.of(OURS)), OURS, NOW))
                .isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\n", "../x", "汉"})
    void a_name_that_could_be_more_than_a_name_is_refused(String name) {
        assertThatThrownBy(() -> new NodeId(name)).isInstanceOf(IllegalArgumentException.class);
    }

    private static Run run(RunStatus status, Optional<Lease> lease) {
        boolean unsuccessful = status == RunStatus.FAILED || status == RunStatus.CANCELED;
        return new Run(
                new RunId("00000000-0000-4000-8000-000000000001"),
                new RequestId("00000000-0000-4000-8000-000000000002"),
                new SkillId("demo"),
                EngineId.CODEX,
                status,
                1,
                7,
                lease,
                false,
                unsuccessful ? Optional.of(MendingPolicy.UNREADABLE) : Optional.empty(),
                List.of(),
                Recovery.NONE,
                NOW,
                NOW);
    }
}
