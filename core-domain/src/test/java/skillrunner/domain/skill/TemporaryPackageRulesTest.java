package skillrunner.domain.skill;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

class TemporaryPackageRulesTest {
    @Test
    void every_schema_that_is_not_named_is_found() {
        assertThat(TemporaryPackageRules.check(Map.of())).hasSize(3);
        assertThat(TemporaryPackageRules.check(Map.of("schemas", Map.of("input", "a.json", "output", "b.json"))))
                .singleElement()
                .satisfies(finding -> assertThat(finding.message()).isEqualTo("schemas.parameter is required"));
        assertThat(TemporaryPackageRules.check(
                        Map.of("schemas", Map.of("input", "a", "parameter", "b", "output", "c"))))
                .isEmpty();
    }

    @Test
    void a_wrong_form_is_left_to_the_rules_of_every_package() {
        assertThat(TemporaryPackageRules.check(Map.of("schemas", List.of()))).isEmpty();
    }

    @Test
    void a_version_is_asked_for_where_a_package_is_to_be_installed_only() {
        assertThat(new PackageRules(EngineId.BUILT_IN)
                        .judge(Map.of("id", "demo", "execution_modes", List.of("auto")))
                        .findings())
                .singleElement()
                .satisfies(finding -> {
                    assertThat(finding.place()).isEqualTo("/version");
                    assertThat(finding.refusesPackage()).isTrue();
                    assertThat(finding.refusesTemporary()).isFalse();
                    assertThat(finding.degradesSkill()).isFalse();
                });
    }

    @Test
    void modes_are_asked_for_everywhere() {
        assertThat(new PackageRules(EngineId.BUILT_IN)
                        .judge(Map.of("id", "demo", "version", "1.0.0"))
                        .findings())
                .singleElement()
                .satisfies(finding -> assertThat(finding.refusesTemporary()).isTrue());
    }
}
