package skillrunner.engines.gemini;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
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

class GeminiDriverTest {
    private final GeminiDriver driver = new GeminiDriver();

    @Test
    void a_turn_is_called_unattended_and_reads_its_prompt_from_stdin() {
        EngineCommand command = driver.command(turn(Optional.empty(), Optional.empty()));

        assertThat(command.arguments()).containsExactly("--yolo", "--skip-trust", "--output-format", "stream-json");
        assertThat(command.prompt()).isEqualTo(EngineCommand.Prompt.STDIN);
        assertThat(command.environment()).containsEntry("GEMINI_CLI_NO_RELAUNCH", "true");
        assertThat(command.passedVariables())
                .contains("GEMINI_API_KEY", "GOOGLE_GEMINI_BASE_URL")
                .doesNotContain("*");
    }

    @Test
    void a_model_is_named() {
        assertThat(driver.command(turn(Optional.of("gemini-2.5-pro"), Optional.empty()))
                        .arguments())
                .endsWith("-m", "gemini-2.5-pro");
    }

    @Test
    void a_skill_without_settings_gets_the_defaults_and_what_is_enforced() {
        assertThat(written(turn(Optional.empty(), Optional.empty())))
                .isEqualTo(Map.of(
                        "general", Map.of("enableAutoUpdate", false, "enableAutoUpdateNotification", false),
                        "privacy", Map.of("usageStatisticsEnabled", false),
                        "context", Map.of("memoryBoundaryMarkers", List.of()),
                        "advanced", Map.of("ignoreLocalEnv", true),
                        "tools", Map.of("sandbox", false)));
    }

    @Test
    void a_skill_may_change_what_is_its_own() {
        Map<String, Object> settings = written(
                turn(
                        Optional.empty(),
                        Optional.of(
                                """
                        {
                          // a comment
                          "tools": {"exclude": ["google_web_search"]},
                          "general": {"enableAutoUpdate": true},
                        }
                        """)));

        assertThat(settings.get("tools")).isEqualTo(Map.of("exclude", List.of("google_web_search"), "sandbox", false));
        assertThat(settings.get("general"))
                .isEqualTo(Map.of("enableAutoUpdate", true, "enableAutoUpdateNotification", false));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"security\": {}} | security",
                "{\"mcpServers\": {}} | mcpServers",
                "{\"hooks\": {}} | hooks",
                "{\"telemetry\": {}} | telemetry",
                "{\"experimental\": {}} | experimental",
                "{\"selectedAuthType\": \"x\"} | selectedAuthType",
                "{\"advanced\": {\"ignoreLocalEnv\": false}} | advanced",
                "{\"tools\": {\"sandbox\": true}} | tools.sandbox",
                "{\"general\": {\"sessionRetention\": {}}} | general.sessionRetention",
                "{\"tools\": {\"discoveryCommand\": null}} | tools.discoveryCommand",
                "{\"context\": {\"includeDirectories\": [\"/\"]}} | context.includeDirectories"
            })
    void a_skill_may_not_reach_beyond_its_run(String settings, String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), Optional.of(settings))))
                .withMessage("assets/gemini_settings.json must not set '" + place + "'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} {}"})
    void broken_settings_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), Optional.of(text))))
                .withMessageStartingWith("assets/gemini_settings.json is not");
    }

    @Test
    void it_names_its_files() {
        assertThat(driver.engine()).isEqualTo(EngineId.GEMINI);
        assertThat(driver.executionModes()).containsExactlyInAnyOrder(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        assertThat(driver.homeConfig()).hasValue(".gemini/settings.json");
        assertThat(driver.skillConfig()).isEqualTo("assets/gemini_settings.json");
        assertThat(driver.skillFolder()).isEqualTo(".gemini/skills");
        assertThat(driver.defaultPrompt()).contains("activate_skill").contains("{{ skill_dir }}");
    }

    private Map<String, Object> written(EngineTurn turn) {
        Map<String, String> files = driver.command(turn).files();
        assertThat(files).containsOnlyKeys(".gemini/settings.json");
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
