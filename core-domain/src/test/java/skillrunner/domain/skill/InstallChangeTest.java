package skillrunner.domain.skill;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class InstallChangeTest {
    private static final Instant NOW = Instant.parse("2026-01-02T03:04:05Z");
    private static final InstallId ID = new InstallId("00000000-0000-4000-8000-000000000001");
    private static final Map<InstallStatus, Set<InstallStatus>> FOLLOWERS = Map.of(
            InstallStatus.QUEUED, Set.of(InstallStatus.values()),
            InstallStatus.RUNNING, Set.of(InstallStatus.RUNNING, InstallStatus.SUCCEEDED, InstallStatus.FAILED),
            InstallStatus.SUCCEEDED, Set.of(),
            InstallStatus.FAILED, Set.of());

    @ParameterizedTest
    @EnumSource(InstallStatus.class)
    void only_what_the_table_leads_to_follows(InstallStatus before) {
        for (InstallStatus after : InstallStatus.values()) {
            if (FOLLOWERS.getOrDefault(before, Set.of()).contains(after)) {
                assertThat(new InstallChange(install(ID, before), install(ID, after)).after())
                        .isEqualTo(install(ID, after));
            } else {
                assertThatThrownBy(() -> new InstallChange(install(ID, before), install(ID, after)))
                        .isInstanceOf(IllegalArgumentException.class);
            }
        }
    }

    @Test
    void a_change_of_another_installation_can_not_be_made_and_does_not_apply() {
        InstallId other = new InstallId("00000000-0000-4000-8000-000000000002");
        SkillInstall running = install(ID, InstallStatus.RUNNING);

        assertThatThrownBy(() -> new InstallChange(running, install(other, InstallStatus.FAILED)))
                .isInstanceOf(IllegalArgumentException.class);
        assertThat(new InstallChange(running, running.fail("x", NOW)).appliesTo(install(other, InstallStatus.RUNNING)))
                .isFalse();
    }

    @ParameterizedTest
    @EnumSource(InstallStatus.class)
    void a_change_applies_only_to_the_status_and_the_content_it_was_made_from(InstallStatus stored) {
        SkillInstall running = install(ID, InstallStatus.RUNNING);
        SkillId demo = new SkillId("demo");
        InstallChange early = new InstallChange(running, running.fail("x", NOW));
        SkillInstall identified = running.identified(demo, "1", NOW);
        InstallChange late = new InstallChange(identified, identified.fail("x", NOW));

        assertThat(early.appliesTo(install(ID, stored))).isEqualTo(stored == InstallStatus.RUNNING);
        assertThat(early.appliesTo(identified)).isFalse();
        assertThat(late.appliesTo(identified)).isTrue();
        assertThat(late.appliesTo(running)).isFalse();
        assertThat(late.appliesTo(running.identified(demo, "2", NOW))).isFalse();
        assertThat(late.appliesTo(running.identified(new SkillId("other"), "1", NOW)))
                .isFalse();
    }

    private static SkillInstall install(InstallId id, InstallStatus status) {
        return new SkillInstall(
                id, status, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), NOW, NOW);
    }
}
