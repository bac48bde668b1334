package skillrunner.domain.model;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;

import static org.assertj.core.api.Assertions.assertThat;

/** How a request names a model. */
class ModelRulesTest {
    private static final List<ModelEntry> MODELS = List.of(
            ModelEntry.named("gpt-5", "GPT-5", List.of()), ModelEntry.named("mini", "Mini", List.of("low", "high")));

    @ParameterizedTest
    @CsvSource({"gpt-5, gpt-5,", "gpt-5@high, gpt-5, high", "gpt-5@minimal, gpt-5, minimal", "mini@low, mini, low"})
    void a_known_model_is_read_with_its_effort(String text, String name, String effort) {
        assertThat(ModelRules.read(EngineId.CODEX, ModelForm.ID_AND_EFFORT, text, MODELS))
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
        assertThat(ModelRules.read(EngineId.CODEX, ModelForm.ID_AND_EFFORT, text, MODELS))
                .isInstanceOfSatisfying(ModelRules.Reading.Refused.class, refused -> assertThat(refused.reason())
                        .isNotBlank());
    }

    @Test
    void only_codex_takes_an_effort() {
        assertThat(ModelRules.read(EngineId.GEMINI, ModelForm.ID, "gpt-5", MODELS))
                .isInstanceOf(ModelRules.Reading.Known.class);
        assertThat(ModelRules.read(EngineId.GEMINI, ModelForm.ID, "gpt-5@high", MODELS))
                .isEqualTo(new ModelRules.Reading.Refused("for gemini, the model has no '@'"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"openai/gpt-5", "openrouter/vendor/name"})
    void an_engine_of_several_providers_takes_listed_ids_with_any_number_of_slashes(String text) {
        assertThat(ModelRules.read(EngineId.OPENCODE, ModelForm.PROVIDER_AND_NAME, text, provided()))
                .isEqualTo(new ModelRules.Reading.Known(new ModelSpec(text, Optional.empty())));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"gpt-5", "/gpt-5", "openai/", "/", "openai/gpt 5", "openai/gpt-5@high", "openai/gpt-6", "bare"})
    void an_engine_of_several_providers_refuses_any_other_form(String text) {
        assertThat(ModelRules.read(EngineId.OPENCODE, ModelForm.PROVIDER_AND_NAME, text, provided()))
                .isInstanceOf(ModelRules.Reading.Refused.class);
    }

    private static List<ModelEntry> provided() {
        return List.of(
                ModelEntry.provided("openai", "gpt-5", "n"),
                ModelEntry.provided("openrouter", "vendor/name", "n"),
                ModelEntry.named("bare", "Bare", List.of()));
    }

    @Test
    void a_model_writes_itself_as_a_client_would() {
        assertThat(new ModelSpec("gpt-5", Optional.of("high")).text()).isEqualTo("gpt-5@high");
        assertThat(new ModelSpec("gpt-5", Optional.empty()).text()).isEqualTo("gpt-5");
    }
}
