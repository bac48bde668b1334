package skillrunner.engines;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.FolderTrust;
import skillrunner.application.engine.TerminalPlan;
import skillrunner.application.engine.TerminalSurroundings;
import skillrunner.domain.terminal.TerminalSandbox;
import skillrunner.engines.codex.CodexCli;
import skillrunner.engines.gemini.GeminiCli;
import skillrunner.engines.iflow.IflowCli;
import skillrunner.engines.opencode.OpencodeCli;
import skillrunner.engines.settings.JsonSettings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/** How the engines' own interfaces are started. */
class EngineTerminalsTest {
    private static final String FOLDER = "/data/ui_shell_sessions/a \"quoted\\ one";

    private final Surroundings here = new Surroundings();

    @Test
    void codex_is_started_without_its_shell_and_without_a_daemon_where_it_knows_of_one() {
        TerminalPlan plan = plan(new CodexCli());

        assertThat(plan.arguments())
                .containsExactly(
                        "--sandbox",
                        "workspace-write",
                        "--ask-for-approval",
                        "never",
                        "-c",
                        "features.shell_tool=false",
                        "-c",
                        "features.unified_exec=false");
        assertThat(plan.files()).isEmpty();
        assertThat(plan.sandbox().supported()).isTrue();

        here.help = "  --no-daemon  do not start a server";
        assertThat(plan(new CodexCli()).arguments()).hasSize(9).endsWith("--no-daemon");

        here.variables.put("LANDLOCK_ENABLED", "0");
        assertThat(plan(new CodexCli()).sandbox().supported()).isFalse();
        here.variables.put("LANDLOCK_ENABLED", "1");
        assertThat(plan(new CodexCli()).sandbox().supported()).isTrue();
    }

    @Test
    void gemini_is_started_in_its_sandbox_where_containers_can_be_started() {
        here.noContainers = Optional.empty();

        TerminalPlan plan = plan(new GeminiCli());

        assertThat(plan.arguments()).containsExactly("--sandbox", "--approval-mode", "default");
        assertThat(plan.sandbox().supported()).isTrue();
        assertThat(settings(plan, ".gemini/settings.json")).isEqualTo(gemini(true));
        assertThat(plan.otherwise()).hasValueSatisfying(bare -> {
            assertThat(bare.arguments()).containsExactly("--approval-mode", "default");
            assertThat(bare.sandbox().supported()).isFalse();
            assertThat(settings(bare, ".gemini/settings.json")).isEqualTo(gemini(false));
            assertThat(bare.otherwise()).isEmpty();
        });
    }

    @Test
    void gemini_is_started_bare_where_they_can_not_or_with_a_key() {
        TerminalPlan plan = plan(new GeminiCli());
        assertThat(plan.arguments()).containsExactly("--approval-mode", "default");
        assertThat(plan.sandbox().gap()).contains(TerminalSandbox.Gap.NO_CONTAINERS);
        assertThat(plan.sandbox().message())
                .hasValueSatisfying(why -> assertThat(why).contains("no docker"));
        assertThat(settings(plan, ".gemini/settings.json")).isEqualTo(gemini(false));

        here.noContainers = Optional.empty();
        here.files.put(".gemini/settings.json", "{\"security\": {\"auth\": {\"selectedType\" : \"gemini-api-key\"}}}");
        plan = plan(new GeminiCli());
        assertThat(plan.arguments()).containsExactly("--approval-mode", "default");
        assertThat(plan.sandbox().gap()).contains(TerminalSandbox.Gap.NOT_WITH_KEY);
        assertThat(plan.sandbox().message())
                .hasValueSatisfying(why -> assertThat(why).contains("API key"));
    }

    @Test
    void iflow_is_started_with_a_warning() {
        TerminalPlan plan = plan(new IflowCli());

        assertThat(plan.arguments()).isEmpty();
        assertThat(plan.sandbox().supported()).isFalse();
        assertThat(settings(plan, ".iflow/settings.json"))
                .isEqualTo(Map.of(
                        "sandbox",
                        false,
                        "autoAccept",
                        false,
                        "approvalMode",
                        "default",
                        "excludeTools",
                        List.of("ShellTool")));
    }

    @Test
    void opencode_is_started_with_all_tools_denied() {
        TerminalPlan plan = plan(new OpencodeCli());

        assertThat(plan.arguments()).isEmpty();
        assertThat(plan.sandbox().supported()).isFalse();
        assertThat(settings(plan, "opencode.json")).isEqualTo(Map.of("permission", "deny"));
    }

    static List<EngineCli> trusting() {
        return List.of(new CodexCli(), new GeminiCli());
    }

    @ParameterizedTest
    @MethodSource("trusting")
    void trust_in_a_folder_is_added_once_and_taken_back_whole(EngineCli cli) {
        FolderTrust trust = trust(cli);
        String trusted = trust.with("", FOLDER);

        assertThat(trust.with(trusted, FOLDER)).isEqualTo(trusted);
        String both = trust.with(trusted, "/other");
        assertThat(trust.without(both, FOLDER)).isEqualTo(trust.with(empty(trust), "/other"));
        assertThat(trust.without(trust.without(both, FOLDER), "/other")).isEqualTo(empty(trust));
        assertThat(trust.without(trusted, "/unheard")).isEqualTo(trusted);
    }

    private static String empty(FolderTrust trust) {
        return trust.without(trust.with("", "/x"), "/x");
    }

    @Test
    void what_the_owner_wrote_into_codex_settings_stays_as_it_is() {
        FolderTrust trust = trust(new CodexCli());
        String own = "# mine\nmodel = \"x\"\n\n[projects.\"/mine\"]\ntrust_level = \"untrusted\"\n\n[tui]\nbell = true";

        String trusted = trust.with(own, FOLDER);

        assertThat(trusted).startsWith(own + "\n").endsWith("trust_level = \"trusted\"\n");
        assertThat(trust.without(trusted, FOLDER)).isEqualTo(own + "\n");
        // codex itself may have written more behind it.
        String more = trusted + "[tui.notice]\nseen = 1\n";
        assertThat(trust.without(more, FOLDER)).isEqualTo(own + "\n[tui.notice]\nseen = 1\n");
    }

    @Test
    void settings_of_gemini_that_can_not_be_read_are_not_replaced() {
        FolderTrust trust = trust(new GeminiCli());
        UnaryOperator<String> change = content -> trust.with(content, FOLDER);

        assertThatIllegalArgumentException().isThrownBy(() -> change.apply("{\"/mine\": "));
        assertThat(change.apply("{\"/mine\": \"DO_NOT_TRUST\"}")).contains("DO_NOT_TRUST", "TRUST_FOLDER");
    }

    private static Map<String, Object> gemini(boolean sandbox) {
        return Map.of(
                "general",
                Map.of("enableAutoUpdate", false),
                "tools",
                Map.of("sandbox", sandbox, "autoAccept", false, "exclude", List.of("run_shell_command", "ShellTool")),
                "security",
                Map.of("disableYoloMode", true));
    }

    private static Map<String, Object> settings(TerminalPlan plan, String file) {
        assertThat(plan.files()).containsOnlyKeys(file);
        return JsonSettings.read(file, plan.files().get(file));
    }

    private TerminalPlan plan(EngineCli cli) {
        EngineTerminal terminal = cli.terminal().orElseThrow();
        assertThat(terminal.command()).isEqualTo(cli.engine() + "-tui");
        assertThat(terminal.label()).endsWith(" TUI");
        return terminal.plan(here);
    }

    private static FolderTrust trust(EngineCli cli) {
        return cli.terminal().flatMap(EngineTerminal::trust).orElseThrow();
    }

    private static final class Surroundings implements TerminalSurroundings {
        private final Map<String, String> files = new TreeMap<>();
        private final Map<String, String> variables = new TreeMap<>();
        private String help = "";
        private Optional<String> noContainers = Optional.of("there is no docker");

        @Override
        public AgentHome home() {
            return path -> Optional.ofNullable(files.get(path));
        }

        @Override
        public Optional<String> variable(String name) {
            return Optional.ofNullable(variables.get(name));
        }

        @Override
        public boolean helpNames(String word) {
            return help.contains(word);
        }

        @Override
        public Optional<String> whyNoContainers() {
            return noContainers;
        }
    }
}
