package skillrunner.engines.codex;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.ServiceLoader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.EngineTurn;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.domain.skill.SkillId;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.params.provider.Arguments.arguments;

class CodexDriverTest {
    private static final List<String> ALWAYS = List.of(
            "approval_policy=\"never\"",
            "check_for_update_on_startup=false",
            "cli_auth_credentials_store=\"file\"",
            "project_root_markers=[]");

    private final CodexDriver driver = new CodexDriver();

    @Test
    void the_service_loader_finds_it() {
        assertThat(ServiceLoader.load(EngineDriver.class))
                .anySatisfy(found -> assertThat(found).isInstanceOf(CodexDriver.class));
    }

    @Test
    void it_runs_in_its_sandbox_and_takes_the_prompt_by_stdin() {
        List<String> arguments =
                driver.command(turn(Optional.empty(), "", true)).arguments();

        assertThat(arguments).startsWith("exec", "-s", "workspace-write", "--skip-git-repo-check", "--json", "-c");
        assertThat(arguments).endsWith("-").doesNotContain("-m");
        assertThat(overrides(arguments)).isEqualTo(ALWAYS);
    }

    @Test
    void without_a_sandbox_it_says_so_by_one_flag() {
        assertThat(driver.command(turn(Optional.empty(), "", false)).arguments())
                .startsWith("exec", "--skip-git-repo-check", "--json", "--dangerously-bypass-approvals-and-sandbox")
                .doesNotContain("-s");
    }

    @Test
    void the_model_is_a_flag_and_its_effort_a_setting() {
        List<String> arguments = driver.command(
                        turn(Optional.of(new ModelSpec("gpt-5.2", Optional.of("high"))), "", true))
                .arguments();

        assertThat(arguments).containsSequence("-m", "gpt-5.2");
        assertThat(overrides(arguments)).contains("model_reasoning_effort=\"high\"");
    }

    @Test
    void the_run_wins_over_the_skill_and_the_skill_over_the_defaults() {
        List<String> overrides = overrides(driver.command(turn(
                        Optional.of(new ModelSpec("m", Optional.of("low"))),
                        "model_reasoning_effort = 'high'\nmodel_verbosity = 'low'\ncheck_for_update_on_startup = true",
                        true))
                .arguments());

        assertThat(overrides)
                .contains(
                        "model_reasoning_effort=\"low\"", "model_verbosity=\"low\"", "check_for_update_on_startup=true")
                .doesNotHaveDuplicates();
    }

    static List<Arguments> settings() {
        return List.of(
                arguments("tools.web_search = true", "tools.web_search=true"),
                arguments("[tools.web_search]\nallowed = ['a', 'b']", "tools.web_search.allowed=[\"a\",\"b\"]"),
                arguments("a.b.c = 1.5", "a.b.c=1.5"),
                arguments("notice.'x.y' = true", "notice={\"x.y\"=true}"),
                arguments("tui.k.'x y' = {a = 1, b = 'q\"\\'}", "tui.k={\"x y\"={\"a\"=1,\"b\"=\"q\\\"\\\\\"}}"),
                arguments("notice = {}", "notice={}"),
                arguments("list = [[1, 2], [{k = 'v'}]]", "list=[[1,2],[{\"k\"=\"v\"}]]"),
                arguments("model = \"ümlaut 😀\\n\"", "model=\"ümlaut 😀\\u000A\""),
                arguments("number = inf", "number=inf"),
                arguments("big = 999999999999999999", "big=999999999999999999"),
                arguments("day = 2026-11-22", "day=\"2026-11-22\""));
    }

    @ParameterizedTest
    @MethodSource("settings")
    void a_skills_settings_become_overrides_that_codex_can_read(String toml, String override) {
        assertThat(overrides(driver.command(turn(Optional.empty(), toml, true)).arguments()))
                .contains(override);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "sandbox_mode = 'danger-full-access'",
                "\"sandbox_mode\" = 'danger-full-access'",
                "approval_policy = 'on-request'",
                "sandbox_workspace_write.writable_roots = ['/']",
                "[sandbox_workspace_write]\nnetwork_access = true",
                "notify = ['sh', '-c', 'id']",
                "model_provider = 'x'",
                "[model_providers.x]\nbase_url = 'http://x'",
                "[projects.'/']\ntrust_level = 'trusted'",
                "profile = 'x'",
                "[profiles.x]",
                "cli_auth_credentials_store = 'keyring'",
                "chatgpt_base_url = 'http://x'",
                "openai_base_url = 'http://x'",
                "history.persistence = 'none'",
                "log_dir = '/x'",
                "sqlite_home = '/x'",
                "shell_environment_policy.inherit = 'all'",
                "experimental_instructions_file = '/etc/passwd'",
                "model_instructions_file = '/etc/passwd'",
                "[mcp_servers.x]\ncommand = 'sh'",
                "[[hooks.SessionStart]]\nx = 1",
                "otel.exporter = 'x'",
                "features.hooks = true",
                "features = {use_legacy_landlock = true}",
                "use_legacy_landlock = true",
                "agents.x.config_file = 'x.toml'"
            })
    void a_skill_may_not_reach_beyond_its_run(String toml) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), toml, true)))
                .withMessageStartingWith("assets/codex_config.toml must not set '");
    }

    @Test
    void a_refusal_names_the_key() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), "agents.x.config_file = 'y'", true)))
                .withMessage("assets/codex_config.toml must not set 'agents.*.config_file'");
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"sandbox_mode \" = 1", "\"tools.web_search\" = true", "\"\" = 1", "\"a=b\" = 1"})
    void a_key_that_codex_would_read_as_another_one_is_refused(String toml) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), toml, true)))
                .withMessageStartingWith("codex has no setting '");
    }

    @ParameterizedTest
    @ValueSource(strings = {"model = ", "[x", "a = 1\na = 2", "a = 'x", "{}", "\u0000"})
    void broken_settings_are_refused_with_the_place(String toml) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> driver.command(turn(Optional.empty(), toml, true)))
                .withMessageStartingWith("assets/codex_config.toml is not TOML: ")
                .withMessageContaining("(line ");
    }

    @Test
    void variables_named_by_the_home_configuration_reach_the_cli() {
        EngineTurn turn = new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(
                        """
                        model_provider = "stub"
                        [model_providers.stub]
                        env_key = "STUB_API_KEY"
                        env_http_headers = { "X-Team" = "STUB_TEAM", "X-Odd" = 7, "X-All" = "*" }
                        [model_providers.greedy]
                        env_key = "OTHER_KEY"
                        """),
                Optional.empty(),
                true);

        assertThat(driver.command(turn).passedVariables())
                .contains("STUB_API_KEY", "STUB_TEAM")
                .doesNotContain("*", "OTHER_KEY", "OPENAI_API_KEY", "CODEX_API_KEY", "CODEX_HOME");
        assertThat(driver.command(turn).environment()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"[broken", "model_providers = 1", "model_providers = [1]", "model_providers.x = 1", ""})
    void a_home_configuration_that_makes_no_sense_is_left_to_codex(String toml) {
        EngineTurn turn = new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.AUTO,
                Optional.empty(),
                Optional.empty(),
                Optional.of(toml),
                Optional.empty(),
                true);

        assertThat(driver.command(turn).passedVariables()).contains("OPENAI_API_KEY");
    }

    @Test
    void it_names_its_files() {
        assertThat(driver.engine()).isEqualTo(EngineId.CODEX);
        assertThat(driver.executionModes()).containsExactlyInAnyOrder(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE);
        assertThat(driver.homeConfig()).hasValue(".codex/config.toml");
        assertThat(driver.skillConfig()).isEqualTo("assets/codex_config.toml");
        assertThat(driver.skillFolder()).isEqualTo(".codex/skills");
        assertThat(driver.defaultPrompt()).startsWith("${{ skill_id }} [$skill]({{ skill_dir }}/SKILL.md)\n");
    }

    private static EngineTurn turn(Optional<ModelSpec> model, String skillConfig, boolean sandboxed) {
        return new EngineTurn(
                new SkillId("demo"),
                "/run",
                ExecutionMode.AUTO,
                model,
                Optional.of(skillConfig),
                Optional.empty(),
                Optional.empty(),
                sandboxed);
    }

    private static List<String> overrides(List<String> arguments) {
        List<String> overrides = new ArrayList<>();
        for (int i = 0; i < arguments.size(); i++) {
            if (arguments.get(i).equals("-c")) {
                overrides.add(arguments.get(i + 1));
            }
        }
        return overrides;
    }
}
