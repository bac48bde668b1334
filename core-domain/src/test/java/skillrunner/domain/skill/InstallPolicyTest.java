package skillrunner.domain.skill;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.skill.InstallPolicy.Decision;
import skillrunner.domain.skill.InstallPolicy.Existing;

import static org.assertj.core.api.Assertions.assertThat;

class InstallPolicyTest {
    @Test
    void a_package_whose_place_is_free_is_installed() {
        assertThat(InstallPolicy.decide(new Existing.Absent(), SkillVersion.of("1.0")))
                .isEqualTo(new Decision.Install());
    }

    @Test
    void what_is_no_skill_is_moved_aside() {
        assertThat(InstallPolicy.decide(new Existing.Invalid(), SkillVersion.of("1.0")))
                .isEqualTo(new Decision.MoveAsideThenInstall());
    }

    @ParameterizedTest
    @CsvSource({"1.0, 1.1", "1.9.0, 1.10.0", "1.0.0-rc1, 1.0.0", "1.0a1, 1.0b1"})
    void a_higher_version_is_an_update(String installed, String offered) {
        SkillVersion old = SkillVersion.of(installed);

        assertThat(InstallPolicy.decide(new Existing.Valid(old, false), SkillVersion.of(offered)))
                .isEqualTo(new Decision.Update(old));
    }

    @ParameterizedTest
    @CsvSource({"1.0.0, 1.0.0", "1.0.0, 1.0", "1.10.0, 1.9.0", "1.0.0, 1.0.0-rc1", "1.0, 1.0+build"})
    void an_equal_or_lower_version_is_refused(String installed, String offered) {
        assertThat(InstallPolicy.decide(
                        new Existing.Valid(SkillVersion.of(installed), false), SkillVersion.of(offered)))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse -> assertThat(refuse.reason())
                        .contains("strictly higher version", installed, offered));
    }

    @Test
    void an_archive_is_never_overwritten() {
        assertThat(InstallPolicy.decide(new Existing.Valid(SkillVersion.of("1.0"), true), SkillVersion.of("2.0")))
                .isInstanceOfSatisfying(Decision.Refuse.class, refuse -> assertThat(refuse.reason())
                        .contains("archive already exists"));
    }
}
