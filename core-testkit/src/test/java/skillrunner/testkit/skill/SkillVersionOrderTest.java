package skillrunner.testkit.skill;

import org.junit.jupiter.api.Test;
import skillrunner.domain.skill.SkillVersion;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/** The order of versions, on random ones. */
class SkillVersionOrderTest {
    private static final int TRIES = 1_000;

    @Test
    void the_order_is_total() {
        Seeds.tryOn(TRIES, draws -> {
            SkillVersion a = version(draws);
            SkillVersion b = version(draws);
            SkillVersion c = version(draws);
            assertThat(Integer.signum(a.compareTo(b))).isEqualTo(-Integer.signum(b.compareTo(a)));
            assertThat(a.compareTo(b) == 0).isEqualTo(a.equals(b));
            if (a.compareTo(b) <= 0 && b.compareTo(c) <= 0) {
                assertThat(a.compareTo(c)).isLessThanOrEqualTo(0);
            }
            if (a.equals(b)) {
                assertThat(a).hasSameHashCodeAs(b);
                assertThat(Integer.signum(a.compareTo(c))).isEqualTo(Integer.signum(b.compareTo(c)));
            }
        });
    }

    @Test
    void zeros_at_the_end_a_v_and_a_build_change_nothing() {
        Seeds.tryOn(TRIES, draws -> {
            String numbers = numbers(draws, 20, 4);
            int zeros = draws.between(0, 4);
            SkillVersion plain = SkillVersion.of(numbers);

            assertThat(SkillVersion.of("v" + numbers + ".0".repeat(zeros) + "+build.1"))
                    .isEqualTo(plain);
            assertThat(SkillVersion.of(numbers + "rc" + zeros)).isEqualTo(SkillVersion.of(numbers + "-rc." + zeros));
            assertThat(SkillVersion.of(numbers + "-rc." + zeros)).isLessThan(plain);
            assertThat(SkillVersion.of(numbers + ".0.1")).isGreaterThan(plain);
        });
    }

    private static String numbers(Draws draws, int greatest, int most) {
        return String.join(".", draws.list(1, most, () -> String.valueOf(draws.between(0, greatest))));
    }

    private static SkillVersion version(Draws draws) {
        return SkillVersion.of(draws.of("", "v")
                + numbers(draws, 2, 3)
                + draws.of("", "a1", "-alpha.1", "b", "rc1", "-rc.2", ".rc2")
                + draws.of("", "+x"));
    }
}
