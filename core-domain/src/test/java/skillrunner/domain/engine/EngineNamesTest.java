package skillrunner.domain.engine;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Names of engines. */
class EngineNamesTest {
    @Test
    void built_in_engines_come_first_in_their_own_order_then_all_others_by_name() {
        assertThat(Stream.of("zulu", "opencode", "alpha", "codex", "iflow", "gemini")
                        .map(EngineId::new)
                        .sorted())
                .extracting(EngineId::wire)
                .containsExactly("codex", "gemini", "iflow", "opencode", "alpha", "zulu");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Codex", "9lives", "-x", "a b", "a/b", "..", "a123456789012345678901234567890123"})
    void other_forms_are_no_engine_names(String text) {
        assertThat(EngineId.parse(text)).isEmpty();
        assertThatThrownBy(() -> new EngineId(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
