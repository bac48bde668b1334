package skillrunner.domain.skill;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SkillVersionTest {
    private static final List<String> RISING = List.of(
            "0",
            "0.0.1",
            "0.9",
            "1.0a",
            "1.0.0-alpha.1",
            "1.0a2",
            "1.0b1",
            "1.0.0-beta.10",
            "1.0rc1",
            "1.0.0-rc.2",
            "1",
            "1.0.0.1",
            "1.2",
            "v1.9",
            "1.10.0",
            "2.0.0-rc1",
            "2+build.7",
            "99999999999999999999999999.1");

    @Test
    void versions_rise_in_this_order() {
        IntStream.range(0, RISING.size())
                .forEach(low -> IntStream.range(0, RISING.size()).forEach(high -> assertThat(Integer.signum(
                                SkillVersion.of(RISING.get(low)).compareTo(SkillVersion.of(RISING.get(high)))))
                        .as("%s and %s", RISING.get(low), RISING.get(high))
                        .isEqualTo(Integer.compare(low, high))));
    }

    @ParameterizedTest
    @CsvSource({
        "1.0, 1.0.0",
        "v1.2, 1.2",
        "1.0.0-rc.1, 1.0.0rc1",
        "1.0-RC1, 1rc1",
        "1.0.0-alpha, 1.0a0",
        "1.0-beta.2, 1.0b2",
        "1.0.0+abc, 1.0.0+def.5",
        "01.02, 1.2"
    })
    void two_spellings_of_one_version_are_equal(String one, String other) {
        assertThat(SkillVersion.of(one)).isEqualTo(SkillVersion.of(other)).hasSameHashCodeAs(SkillVersion.of(other));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "1.2.x",
                "latest",
                "abc",
                "1.",
                ".1",
                "1..2",
                "v",
                "-1",
                "1.0-gamma1",
                "1.0 ",
                "1.0/2",
                "../1",
                "1.0+",
                "1.0+a/b",
                "1,0",
                "１.０",
                "1.0-rc1-rc2",
                "1.0\n"
            })
    void any_other_text_is_no_version(String text) {
        assertThat(SkillVersion.parse(text)).isEmpty();
    }

    @Test
    void a_version_that_would_not_fit_into_a_folder_name_is_none() {
        assertThat(SkillVersion.parse("1".repeat(128))).isPresent();
        assertThat(SkillVersion.parse("1".repeat(129))).isEmpty();
    }
}
