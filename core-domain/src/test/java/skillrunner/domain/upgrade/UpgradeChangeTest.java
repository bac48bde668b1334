package skillrunner.domain.upgrade;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;

class UpgradeChangeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final UpgradeId ID = new UpgradeId("00000000-0000-4000-8000-000000000001");
    private static final EngineUpgradeResult WELL = EngineUpgradeResult.succeeded("", "", Optional.empty());
    private static final Map<UpgradeStatus, Set<UpgradeStatus>> FOLLOWERS = Map.of(
            UpgradeStatus.QUEUED, Set.of(UpgradeStatus.values()),
            UpgradeStatus.RUNNING, Set.of(UpgradeStatus.RUNNING, UpgradeStatus.SUCCEEDED, UpgradeStatus.FAILED),
            UpgradeStatus.SUCCEEDED, Set.of(),
            UpgradeStatus.FAILED, Set.of());

    @ParameterizedTest
    @EnumSource(UpgradeStatus.class)
    void only_what_the_table_leads_to_follows(UpgradeStatus before) {
        for (UpgradeStatus after : UpgradeStatus.values()) {
            if (FOLLOWERS.getOrDefault(before, Set.of()).contains(after)) {
                assertThat(new UpgradeChange(task(ID, before), task(ID, after)).after())
                        .isEqualTo(task(ID, after));
            } else {
                assertThatThrownBy(() -> new UpgradeChange(task(ID, before), task(ID, after)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void a_change_of_another_task_can_not_be_made_and_does_not_apply() {
        UpgradeId other = new UpgradeId("00000000-0000-4000-8000-000000000002");
        UpgradeTask running = task(ID, UpgradeStatus.RUNNING);

        assertThatThrownBy(() -> new UpgradeChange(running, task(other, UpgradeStatus.FAILED)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new UpgradeChange(running, running.abandon("x", NOW)).appliesTo(task(other, UpgradeStatus.RUNNING)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(UpgradeStatus.class)
    void a_change_applies_only_to_the_status_and_the_results_it_was_made_from(UpgradeStatus stored) {
        UpgradeTask running = task(ID, UpgradeStatus.RUNNING).withResult(CODEX, WELL, NOW);
        UpgradeChange change = new UpgradeChange(running, running.withResult(GEMINI, WELL, NOW));

        assertThat(change.appliesTo(task(ID, stored))).isFalse();
        assertThat(change.appliesTo(new UpgradeTask(
                        ID, new UpgradeScope.All(), running.engines(), stored, running.results(), NOW, NOW)))
                .isEqualTo(stored == UpgradeStatus.RUNNING);
        assertThat(change.appliesTo(change.after())).isFalse();
    }

    private static UpgradeTask task(UpgradeId id, UpgradeStatus status) {
        return new UpgradeTask(id, new UpgradeScope.All(), List.of(CODEX, GEMINI), status, Map.of(), NOW, NOW);
    }
}
