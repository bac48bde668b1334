package skillrunner.engines.iflow;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.EngineCommand;
import skillrunner.application.engine.EngineTurn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;
import skillrunner.engines.settings.JsonSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class IflowDriverTest {
    private final IflowDriver driver = new IflowDriver();

    @Test
    void the_prompt_becomes_the_value_of_its_option() {
        EngineCommand command = driver.command(turn(Optional.empty(), Optional.empty()));

        assertThat(command.arguments()).containsExactly("--yolo", "--thinking", "-p");
        assertThat(command.prompt()).isEqualTo(EngineCommand.Prompt.LAST_ARGUMENT);
        assertThat(command.passedVariables()).containsExactly("IFLOW_*");
    }

    @Test
    void settings_lie_in_layers() {
        Map<String, Object> settings = settings(
                Optional.of("glm-5"),
                """
                {
                  // a comment
                  "modelName": "glm-4.7",
                  "disableAutoUpdate": false,
                  "language": "zh",
                }
                """);

        assertThat(settings)
                .isEqualTo(Map.of(
                        "modelName", "glm-5",
                        "disableAutoUpdate", false,
                        "language", "zh",
                        "autoAccept", true,
                        "sandbox", false));
    }

    @Test
    void a_skill_without_settings_gets_the_defaults() {
        assertThat(written(turn(Optional.empty(), Optional.empty())))
                .isEqualTo(Map.of("disableAutoUpdate", true, "autoAccept", true, "sandbox", false));
    }

    @ParameterizedTest
    @ValueSource(strings = {"apiKey", "baseUrl", "selectedAuthType", "mcpServers", "hooks", "approvalMode", "sandbox"})
    void a_skill_may_not_reach_beyond_its_run(String key) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.empty(), "{\"" + key + "\": {}}"))
                .withMessage("assets/iflow_settings.json must not set '" + key + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} {}"})
    void broken_settings_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> settings(Optional.empty(), text))
                .withMessageStartingWith("assets/iflow_settings.json is not");
    }

    @Test
    void it_names_its_files() {
        assertThat(driver.engine()).isEqualTo(EngineId.IFLOW);
        assertThat(driver.executionModes()).containsExactlyInAnyOrder(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        assertThat(driver.homeConfig()).isEmpty();
        assertThat(driver.skillConfig()).isEqualTo("assets/iflow_settings.json");
        assertThat(driver.skillFolder()).isEqualTo(".iflow/skills");
        assertThat(driver.defaultPrompt()).contains("{{ skill_dir }}");
    }

    private Map<String, Object> settings(Optional<String> model, String skillConfig) {
        return written(turn(model, Optional.of(skillConfig)));
    }

    private Map<String, Object> written(EngineTurn turn) {
        Map<String, String> files = driver.command(turn).files();
        assertThat(files).containsOnlyKeys(".iflow/settings.json");
        return JsonSettings.read("settings", files.values().iterator().next());
    }

    private static EngineTurn turn(Optional<String> model, Optional<String> skillConfig) {
        return new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.AUTO,
                model.map(name -> new ModelSpec(name, Optional.empty())),
                skillConfig,
                Optional.empty(),
                Optional.empty(),
                true);
    }
}
