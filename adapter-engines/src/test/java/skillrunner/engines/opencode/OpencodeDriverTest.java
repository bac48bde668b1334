package skillrunner.engines.opencode;

import java.util.LinkedHashMap;
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

class OpencodeDriverTest {
    private final OpencodeDriver driver = new OpencodeDriver();

    @Test
    void a_turn_reads_its_prompt_from_stdin_and_nothing_above_its_directory() {
        EngineCommand command = driver.command(turn(Optional.empty(), Optional.empty(), Optional.empty()));

        assertThat(command.arguments()).containsExactly("run", "--format", "json");
        assertThat(command.prompt()).isEqualTo(EngineCommand.Prompt.STDIN);
        assertThat(command.environment())
                .containsEntry("OPENCODE_DISABLE_PROJECT_CONFIG", "true")
                .containsEntry("OPENCODE_CONFIG", "/run/opencode.json")
                .containsEntry("OPENCODE_CONFIG_DIR", "/run/.opencode");
    }

    @Test
    void a_model_is_named_with_its_provider() {
        assertThat(driver.command(turn(Optional.of("openrouter/vendor/name"), Optional.empty(), Optional.empty()))
                        .arguments())
                .containsExactly("run", "--format", "json", "--model", "openrouter/vendor/name");
    }

    @Test
    void without_a_model_and_a_configuration_it_sees_no_key_of_any_provider() {
        assertThat(driver.command(turn(Optional.empty(), Optional.empty(), Optional.empty()))
                        .passedVariables())
                .noneMatch(name -> name.endsWith("_KEY") || name.startsWith("AWS_") || name.endsWith("TOKEN"));
    }

    @Test
    void it_sees_the_variables_of_the_provider_its_model_names_and_of_no_other() {
        assertThat(driver.command(turn(Optional.of("anthropic/claude"), Optional.empty(), Optional.empty()))
                        .passedVariables())
                .contains("ANTHROPIC_API_KEY")
                .doesNotContain("OPENAI_API_KEY", "AWS_SECRET_ACCESS_KEY", "GITHUB_TOKEN");
        assertThat(driver.command(turn(Optional.of("amazon-bedrock/claude"), Optional.empty(), Optional.empty()))
                        .passedVariables())
                .contains("AWS_SECRET_ACCESS_KEY")
                .doesNotContain("ANTHROPIC_API_KEY");
    }

    /** As the CLI's own catalogue has it: the same name with an ending may take the same key or another one. */
    @ParameterizedTest
    @CsvSource({
        "moonshotai-cn, MOONSHOT_API_KEY, KIMI_API_KEY",
        "zai-coding-plan, ZHIPU_API_KEY, ZAI_API_KEY",
        "zhipuai-coding-plan, ZHIPU_API_KEY, OPENAI_API_KEY",
        "minimax-cn-coding-plan, MINIMAX_API_KEY, OPENAI_API_KEY",
        "alibaba-cn, DASHSCOPE_API_KEY, ALIBABA_CODING_PLAN_API_KEY",
        "alibaba-coding-plan-cn, ALIBABA_CODING_PLAN_API_KEY, DASHSCOPE_API_KEY",
        "siliconflow-cn, SILICONFLOW_CN_API_KEY, SILICONFLOW_API_KEY",
        "kimi-code-plan-cn, KIMI_API_KEY, MOONSHOT_API_KEY",
        "azure, AZURE_API_KEY, AZURE_COGNITIVE_SERVICES_API_KEY",
        "github-copilot, GITHUB_TOKEN, GITLAB_TOKEN"
    })
    void a_tariff_of_a_provider_takes_its_own_key(String provider, String key, String other) {
        assertThat(driver.command(turn(Optional.of(provider + "/x"), Optional.empty(), Optional.empty()))
                        .passedVariables())
                .contains(key)
                .doesNotContain(other);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"github-copilot", "gitlab", "azure", "google-vertex", "cloudflare-workers-ai", "huggingface"})
    void a_skill_that_chooses_the_model_of_an_account_gets_none_of_its_keys(String provider) {
        assertThat(driver.command(turn(
                                Optional.empty(), Optional.of("{\"model\": \"" + provider + "/x\"}"), Optional.empty()))
                        .passedVariables())
                .allMatch(name -> name.startsWith("OPENCODE_"));
    }

    @Test
    void a_skill_that_chooses_a_model_opens_no_whole_account() {
        assertThat(driver.command(turn(
                                Optional.empty(),
                                Optional.of("{\"model\": \"amazon-bedrock/x\", \"small_model\": \"deepseek/x\"}"),
                                Optional.empty()))
                        .passedVariables())
                .contains("DEEPSEEK_API_KEY")
                .doesNotContain("AWS_SECRET_ACCESS_KEY", "AWS_PROFILE");
    }

    @Test
    void it_may_see_what_its_configuration_names() {
        EngineCommand command = driver.command(turn(
                Optional.empty(),
                Optional.empty(),
                Optional.of("{\"model\": \"openai/gpt-5\", \"provider\": {\"google-vertex\": {}},"
                        + " \"apiKey\": \"{env:MY_KEY}\", \"x\": \"{env:*}\"}")));

        assertThat(command.passedVariables())
                .contains("OPENAI_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "MY_KEY")
                .doesNotContain("*", "ANTHROPIC_API_KEY");
    }

    @Test
    void a_skill_without_settings_gets_decided_permissions_in_their_order() {
        Map<String, Object> settings = written(Optional.empty());

        assertThat(settings)
                .containsEntry("autoupdate", false)
                .containsEntry("share", "disabled")
                .containsEntry("snapshot", false);
        assertThat(permissions(settings).toString())
                .isEqualTo("{*=allow, external_directory=allow, read=allow,"
                        + " doom_loop=deny, plan_enter=deny, plan_exit=deny, question=deny}");
    }

    @Test
    void a_skill_may_forbid_and_what_it_would_ask_is_forbidden() {
        Map<String, Object> settings = written(Optional.of(
                "{\"permission\": {\"bash\": {\"*\": \"ask\", \"ls *\": \"allow\"}, \"question\": \"allow\"}}"));

        assertThat(permissions(settings))
                .containsEntry("bash", Map.of("*", "deny", "ls *", "allow"))
                .containsEntry("question", "deny")
                .containsEntry("*", "allow");
    }

    @Test
    void what_is_enforced_comes_after_whatever_order_a_skill_chose() {
        assertThat(permissions(written(Optional.of("{\"permission\": {\"question\": \"allow\", \"*\": \"allow\"}}")))
                        .keySet())
                .endsWith("*", "doom_loop", "plan_enter", "plan_exit", "question");
    }

    @Test
    void one_word_for_all_permissions_holds_for_what_is_not_enforced() {
        assertThat(permissions(written(Optional.of("{\"permission\": \"deny\"}")))
                        .toString())
                .endsWith("*=deny, doom_loop=deny, plan_enter=deny, plan_exit=deny, question=deny}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"provider\": {}} | provider",
                "{\"mcp\": {}} | mcp",
                "{\"plugin\": []} | plugin",
                "{\"instructions\": []} | instructions",
                "{\"share\": \"auto\"} | share",
                "{\"tools\": {\"question\": true}} | tools",
                "{\"agent\": {\"build\": {\"tools\": {}}}} | agent.*.tools",
                "{\"agent\": {\"build\": {\"permission\": {}}}} | agent.*.permission"
            })
    void a_skill_may_not_reach_beyond_its_run(String settings, String place) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(Optional.of(settings)))
                .withMessage("assets/opencode_config.json must not set '" + place + "'");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"model\": \"\\u007benv:KEY}\"}",
                "{\"model\": \"{env:KEY}\"}",
                "{\"agent\": {\"a\": {\"prompt\": \"{file:/etc/passwd}\"}}}"
            })
    void a_skill_may_not_read_variables_or_files_of_the_machine(String settings) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(Optional.of(settings)))
                .withMessageStartingWith("assets/opencode_config.json must not hold '{");
    }

    @ParameterizedTest
    @ValueSource(strings = {"{\"permission\": 5}", "{\"permission\": null}", "{\"permission\": {\"bash\": \"maybe\"}}"})
    void a_permission_has_to_be_one_of_three_words(String settings) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(Optional.of(settings)))
                .withMessageContaining("'allow', 'ask' or 'deny'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "{", "[]", "null", "{} {}"})
    void broken_settings_are_refused(String text) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> written(Optional.of(text)))
                .withMessageStartingWith("assets/opencode_config.json is not");
    }

    @Test
    void its_library_for_tools_is_told_to_be_installed_in_the_folder_of_the_run() {
        Map<String, String> files = driver.command(turn(Optional.empty(), Optional.empty(), Optional.empty()))
                .files();

        assertThat(files)
                .containsOnlyKeys(
                        "opencode.json", ".opencode/package-lock.json", ".opencode/node_modules/.package-lock.json");
        assertThat(JsonSettings.read("lock", files.getOrDefault(".opencode/package-lock.json", "")))
                .extractingByKey("packages")
                .isEqualTo(Map.of("", Map.of("dependencies", Map.of("@opencode-ai/plugin", "*"))));
    }

    @Test
    void a_registry_that_can_not_be_reached_holds_no_start_up_for_minutes() {
        assertThat(new OpencodeCli().variables())
                .containsEntry("npm_config_fetch_retry_mintimeout", "500")
                .containsEntry("npm_config_fetch_retry_maxtimeout", "2000");
    }

    @Test
    void it_names_its_files() {
        assertThat(driver.engine()).isEqualTo(EngineId.OPENCODE);
        assertThat(driver.executionModes()).containsExactlyInAnyOrder(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        assertThat(driver.homeConfig()).hasValue(".config/opencode/opencode.json");
        assertThat(driver.skillConfig()).isEqualTo("assets/opencode_config.json");
        assertThat(driver.skillFolder()).isEqualTo(".opencode/skills");
        assertThat(driver.defaultPrompt()).contains("{{ skill_dir }}");
    }

    private static Map<String, Object> permissions(Map<String, Object> settings) {
        Map<String, Object> permissions = new LinkedHashMap<>();
        assertThat(settings.get("permission")).isInstanceOfSatisfying(Map.class, rules -> {
            for (Object rule : rules.entrySet()) {
                Map.Entry<?, ?> entry = (Map.Entry<?, ?>) rule;
                permissions.put(String.valueOf(entry.getKey()), entry.getValue());
            }
        });
        return permissions;
    }

    private Map<String, Object> written(Optional<String> skillConfig) {
        Map<String, String> files = driver.command(turn(Optional.empty(), skillConfig, Optional.empty()))
                .files();
        return JsonSettings.read("settings", files.getOrDefault("opencode.json", ""));
    }

    private static EngineTurn turn(Optional<String> model, Optional<String> skillConfig, Optional<String> homeConfig) {
        return new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.AUTO,
                model.map(name -> new ModelSpec(name, Optional.empty())),
                skillConfig,
                homeConfig,
                Optional.empty(),
                true);
    }
}
