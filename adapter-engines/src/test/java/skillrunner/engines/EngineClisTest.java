package skillrunner.engines;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.CredentialFile;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.ModelSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.engine.SandboxStatus;

import static org.assertj.core.api.Assertions.assertThat;

/** What is known of the four CLIs. */
class EngineClisTest {
    private final Map<String, String> files = new HashMap<>();
    private final AgentHome home = path -> Optional.ofNullable(files.get(path));

    @ParameterizedTest
    @CsvSource({
        "codex, @openai/codex",
        "gemini, @google/gemini-cli",
        "iflow, @iflow-ai/iflow-cli",
        "opencode, opencode-ai"
    })
    void each_has_a_package_and_a_program_of_its_name(String engine, String npmPackage) {
        EngineCli cli = cli(engine);

        assertThat(cli.npmPackage()).isEqualTo(npmPackage);
        assertThat(cli.binaryNames()).containsExactly(engine, engine + ".cmd", engine + ".exe");
        assertThat(cli.homeFolders()).isNotEmpty();
        assertThat(cli.homeFiles()).isNotEmpty();
    }

    @ParameterizedTest
    @CsvSource({"codex, openai", "gemini, google", "iflow, iflowcn", "opencode,"})
    void whoever_runs_the_models_of_one_provider_says_which(String engine, @Nullable String provider) {
        assertThat(cli(engine).provider()).isEqualTo(Optional.ofNullable(provider));
    }

    @ParameterizedTest
    @CsvSource({
        "codex, .codex/auth.json",
        "gemini, .gemini/oauth_creds.json|.gemini/google_accounts.json",
        "opencode, .local/share/opencode/auth.json"
    })
    void it_is_signed_in_once_every_file_that_counts_is_there(String engine, String needed) {
        for (String file : needed.split("\\|")) {
            assertThat(cli(engine).signedIn(home)).isFalse();
            files.put(file, "{}");
        }

        assertThat(cli(engine).signedIn(home)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"codex", "gemini"})
    void it_is_certainly_signed_out_in_a_fresh_home_until_anything_offers_another_way(String engine) {
        assertThat(cli(engine).signedOut(home, name -> false)).isFalse();
        files.putAll(cli(engine).homeFiles());
        assertThat(cli(engine).signedOut(home, name -> false)).isTrue();

        assertThat(cli(engine).signedOut(home, "CODEX_API_KEY"::equals)).isEqualTo(engine.equals("gemini"));
        assertThat(cli(engine).signedOut(home, "GEMINI_API_KEY"::equals)).isEqualTo(engine.equals("codex"));
        cli(engine).credentials().forEach(file -> files.put(file.path(), "{}"));
        assertThat(cli(engine).signedOut(home, name -> false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "codex, .codex/config.toml, 'cli_auth_credentials_store = \"file\"\nmodel_provider = \"own\"'",
        "codex, .codex/config.toml, 'cli_auth_credentials_store = \"keyring\"'",
        "codex, .codex/config.toml, 'broken ='",
        "gemini, .gemini/settings.json, '{\"security\":{\"auth\":{\"selectedType\":\"gemini-api-key\"}}}'",
        "gemini, .gemini/.env, GEMINI_API_KEY=x"
    })
    void nobody_knows_once_its_configuration_allows_another_way(String engine, String file, String content) {
        files.putAll(cli(engine).homeFiles());
        files.put(file, content.replace("\\n", "\n"));

        assertThat(cli(engine).signedOut(home, name -> false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"iflow", "opencode"})
    void one_that_may_work_without_a_sign_in_is_never_said_to_be_signed_out(String engine) {
        files.putAll(cli(engine).homeFiles());

        assertThat(cli(engine).signedOut(home, name -> false)).isFalse();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "{\"selectedAuthType\":\"oauth-iflow\",\"baseUrl\":\"https://x\"}; true",
                "{\"selectedAuthType\":\"oauth-iflow\",\"baseUrl\":\"http://x\"}; true",
                "{\"selectedAuthType\":\"api-key\",\"baseUrl\":\"https://x\"}; false",
                "{\"selectedAuthType\":\"oauth-iflow\",\"baseUrl\":\"ftp://x\"}; false",
                "{\"selectedAuthType\":\"oauth-iflow\"}; false",
                "{broken; false",
                "[]; false"
            })
    void iflow_is_signed_in_only_if_its_settings_choose_that_sign_in(String settings, boolean signedIn) {
        files.put(".iflow/iflow_accounts.json", "{}");
        files.put(".iflow/oauth_creds.json", "{}");
        files.put(".iflow/settings.json", settings);

        assertThat(cli("iflow").signedIn(home)).isEqualTo(signedIn);
    }

    @Test
    void iflow_settings_get_what_is_missing_and_keep_the_rest() {
        assertThat(mended("{\"theme\":\"dark\"}")).hasValueSatisfying(text -> assertThat(text)
                .contains("\"theme\"", "\"dark\"", "\"oauth-iflow\"", "\"https://apis.iflow.cn/v1\""));
        assertThat(mended("{\"selectedAuthType\":\"iflow\",\"baseUrl\":\"https://own\"}"))
                .hasValueSatisfying(text -> assertThat(text).contains("oauth-iflow", "https://own"));
        assertThat(mended("{broken")).hasValue(cli("iflow").homeFiles().get(".iflow/settings.json"));
        assertThat(mended("{\"selectedAuthType\":\"api-key\",\"baseUrl\":\"https://own\"}"))
                .isEmpty();
        assertThat(mended(cli("iflow").homeFiles().get(".iflow/settings.json"))).isEmpty();
    }

    @Test
    void a_sandbox_is_claimed_only_by_clis_that_have_one() {
        assertThat(cli("codex").sandbox(true)).isEqualTo(SandboxStatus.AVAILABLE);
        assertThat(cli("gemini").sandbox(false)).isEqualTo(SandboxStatus.UNKNOWN);
        assertThat(cli("iflow").sandbox(true)).isEqualTo(SandboxStatus.UNSUPPORTED);
        assertThat(cli("opencode").sandbox(true)).isEqualTo(SandboxStatus.UNSUPPORTED);
    }

    @Test
    void credentials_have_their_names_and_places() {
        assertThat(cli("opencode").credentials())
                .containsExactly(
                        new CredentialFile("auth.json", ".local/share/opencode/auth.json", true),
                        new CredentialFile(
                                "antigravity-accounts.json", ".config/opencode/antigravity-accounts.json", false));
    }

    @Test
    void codex_proposes_the_models_it_shows_in_its_own_menu() {
        ModelSource.Snapshots source = (ModelSource.Snapshots) cli("codex").models();

        assertThat(source.suggestion().orElseThrow().arguments()).containsExactly("debug", "models");
        assertThat(
                        source.suggestion()
                                .orElseThrow()
                                .parse(
                                        """
                                {"models":[
                                  {"slug":"gpt-6","display_name":"GPT-6","description":"Best","visibility":"list",
                                   "supported_reasoning_levels":[{"effort":"low"},{"effort":"max"},{"effort":"low"}]},
                                  {"slug":"hidden","visibility":"hide"},
                                  {"slug":"gpt-6","visibility":"list"},
                                  {"visibility":"list"},
                                  {"slug":"plain","visibility":"list"}]}
                                """))
                .satisfiesExactly(
                        first -> {
                            assertThat(first.id()).isEqualTo("gpt-6");
                            assertThat(first.displayName()).hasValue("GPT-6");
                            assertThat(first.notes()).hasValue("Best");
                            assertThat(first.supportedEfforts()).hasValue(List.of("low", "max"));
                        },
                        second -> {
                            assertThat(second.id()).isEqualTo("plain");
                            assertThat(second.supportedEfforts()).isEmpty();
                        });
    }

    @ParameterizedTest
    @CsvSource({"''", "no json", "[]", "'{\"models\":5}'"})
    void what_codex_says_otherwise_names_no_models(String said) {
        ModelSource.Snapshots source = (ModelSource.Snapshots) cli("codex").models();

        assertThat(source.suggestion().orElseThrow().parse(said)).isEmpty();
    }

    @Test
    void opencode_is_asked_for_its_list() {
        ModelSource.Live source = (ModelSource.Live) cli("opencode").models();

        assertThat(source.command().arguments()).containsExactly("models");
        assertThat(source.command().parse("INFO a/b c\n\nz/m\nopenai/gpt-5\nz/m\n"))
                .extracting(model -> model.id())
                .containsExactly("openai/gpt-5", "z/m");
        assertThat(source.seed()).extracting(model -> model.id()).containsExactly("openai/gpt-5");
    }

    private Optional<String> mended(String content) {
        return cli("iflow").mended(".iflow/settings.json", content);
    }

    private static EngineCli cli(String engine) {
        return ServiceLoader.load(EngineCli.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(cli -> cli.engine().equals(new EngineId(engine)))
                .findFirst()
                .orElseThrow();
    }
}
