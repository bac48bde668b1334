package skillrunner.domain.engine;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Engines and the models they are asked for. */
class EngineNamesTest {
    private static final List<ModelEntry> MODELS = List.of(
            new ModelEntry("gpt-5", "GPT-5", List.of()), new ModelEntry("mini", "Mini", List.of("low", "high")));

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

    @ParameterizedTest
    @CsvSource({"gpt-5, gpt-5,", "gpt-5@high, gpt-5, high", "gpt-5@minimal, gpt-5, minimal", "mini@low, mini, low"})
    void a_known_model_is_read_with_its_effort(String text, String name, String effort) {
        assertThat(ModelRules.read(EngineId.CODEX, text, MODELS))
                .isEqualTo(new ModelRules.Reading.Known(new ModelSpec(name, Optional.ofNullable(effort))));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gpt-6",
                "GPT-5",
                "@high",
                "gpt-5@",
                "gpt-5@ ",
                " ",
                "gpt-5@huge",
                "mini@medium",
                "gpt-5@low@high"
            })
    void anything_else_is_refused_with_a_reason(String text) {
        assertThat(ModelRules.read(EngineId.CODEX, text, MODELS))
                .isInstanceOfSatisfying(ModelRules.Reading.Refused.class, refused -> assertThat(refused.reason())
                        .isNotBlank());
    }

    @Test
    void only_codex_takes_an_effort() {
        assertThat(ModelRules.read(EngineId.GEMINI, "gpt-5", MODELS)).isInstanceOf(ModelRules.Reading.Known.class);
        assertThat(ModelRules.read(EngineId.GEMINI, "gpt-5@high", MODELS))
                .isEqualTo(new ModelRules.Reading.Refused("a model of gemini has no '@'"));
    }

    @Test
    void a_model_writes_itself_as_a_client_would() {
        assertThat(new ModelSpec("gpt-5", Optional.of("high")).text()).isEqualTo("gpt-5@high");
        assertThat(new ModelSpec("gpt-5", Optional.empty()).text()).isEqualTo("gpt-5");
    }
}
