package skillrunner.domain.upgrade;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.FieldError;
import skillrunner.domain.problem.RefusedException;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class UpgradeScopeRulesTest {
    private static final Optional<String> NONE = Optional.empty();

    @Test
    void one_engine_is_read() {
        UpgradeScope scope = read(Optional.of("single"), Optional.of("gemini"));

        assertThat(scope).isEqualTo(new UpgradeScope.Single(EngineId.GEMINI));
        assertThat(scope.mode()).isEqualTo("single");
        assertThat(scope.requestedEngine()).contains(EngineId.GEMINI);
        assertThat(scope.engines(EngineId.BUILT_IN)).containsExactly(EngineId.GEMINI);
    }

    @Test
    void all_engines_are_read() {
        UpgradeScope scope = read(Optional.of("all"), NONE);

        assertThat(scope).isEqualTo(new UpgradeScope.All());
        assertThat(scope.mode()).isEqualTo("all");
        assertThat(scope.requestedEngine()).isEmpty();
        assertThat(scope.engines(EngineId.BUILT_IN)).isEqualTo(EngineId.BUILT_IN);
    }

    @Test
    void spaces_and_capitals_do_not_matter() {
        assertThat(read(Optional.of("ALL "), Optional.of("  "))).isEqualTo(new UpgradeScope.All());
        assertThat(read(Optional.of("\tSingle"), Optional.of(" Codex ")))
                .isEqualTo(new UpgradeScope.Single(EngineId.CODEX));
    }

    static Stream<Arguments> refused() {
        return Stream.of(
                Arguments.of(NONE, NONE, "/mode"),
                Arguments.of(Optional.of(""), NONE, "/mode"),
                Arguments.of(Optional.of("some"), Optional.of("codex"), "/mode"),
                Arguments.of(Optional.of("single"), NONE, "/engine"),
                Arguments.of(Optional.of("single"), Optional.of(""), "/engine"),
                Arguments.of(Optional.of("single"), Optional.of("  "), "/engine"),
                Arguments.of(Optional.of("all"), Optional.of("codex"), "/engine"),
                Arguments.of(Optional.of("single"), Optional.of("claude"), "/engine"),
                Arguments.of(Optional.of("single"), Optional.of("codex; rm -rf x"), "/engine"),
                Arguments.of(Optional.of("single"), Optional.of("--help"), "/engine"));
    }

    @ParameterizedTest
    @MethodSource("refused")
    void everything_else_is_refused_and_the_wrong_place_is_named(
            Optional<String> mode, Optional<String> engine, String pointer) {
        assertThatThrownBy(() -> read(mode, engine)).isInstanceOfSatisfying(RefusedException.class, refused -> {
            assertThat(refused.refusal().code()).isEqualTo(ErrorCode.REQUEST_INVALID);
            assertThat(refused.refusal().errors())
                    .extracting(FieldError::pointer)
                    .containsExactly(pointer);
        });
    }

    @Test
    void only_known_engines_may_be_asked_for() {
        EngineId own = new EngineId("own");

        assertThat(UpgradeScopeRules.read(Optional.of("single"), Optional.of("own"), List.of(own)))
                .isEqualTo(new UpgradeScope.Single(own));
        assertThatThrownBy(() -> UpgradeScopeRules.read(Optional.of("single"), Optional.of("codex"), List.of(own)))
                .isInstanceOf(RefusedException.class)
                .hasMessageContaining("must be one of own");
    }

    private static UpgradeScope read(Optional<String> mode, Optional<String> engine) {
        return UpgradeScopeRules.read(mode, engine, EngineId.BUILT_IN);
    }
}
