package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.engine.KnownEngines;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** Where the CLIs are, what they say of themselves and who is signed in, over the API. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineStatusIT {
    private static final String IFLOW_SETTINGS =
            "{\"selectedAuthType\": \"oauth-iflow\", \"baseUrl\": \"https://apis.iflow.cn/v1\"}";

    private EngineHome home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = new EngineHome(folder);
        Map<String, String> settings = home.environment(Map.of());
        // The managed folder on the search path as well, by another spelling.
        server = home.start(Map.of("PATH", folder + "/cache/./npm/bin:" + settings.get("PATH")));
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @AfterEach
    void removeClis() throws IOException {
        for (EngineId engine : EngineId.BUILT_IN) {
            Files.deleteIfExists(home.npmPrefix().resolve("bin/" + engine));
            Files.deleteIfExists(home.programs().resolve(engine.wire()));
        }
        for (String file : new String[] {
            ".codex/auth.json",
            ".gemini/oauth_creds.json",
            ".gemini/google_accounts.json",
            ".iflow/iflow_accounts.json",
            ".iflow/oauth_creds.json",
            ".local/share/opencode/auth.json"
        }) {
            Files.deleteIfExists(home.agentHome().resolve(file));
        }
        home.inAgentHome(".iflow/settings.json", IFLOW_SETTINGS);
    }

    @Test
    void all_engines_are_listed_in_their_order_even_without_any_cli() {
        JsonNode engines = api.get("/v1/engines").json().get("engines");
        assertThat(engines)
                .extracting(engine -> engine.get("engine").stringValue())
                .startsWith("codex", "gemini", "iflow", "opencode")
                .containsExactlyElementsOf(KnownEngines.names());
        for (JsonNode engine : engines) {
            assertThat(engine.get("cli_version_detected").isNull()).isTrue();
        }
        assertThat(auth(CODEX).get("effective_path_source").stringValue()).isEqualTo("missing");
        assertThat(auth(CODEX).get("effective_cli_path").isNull()).isTrue();
    }

    @Test
    void a_global_cli_serves_until_there_is_a_managed_one() throws Exception {
        Path global = home.global(GEMINI, "echo 0.60.0");
        assertThat(auth(GEMINI).get("effective_path_source").stringValue()).isEqualTo("global");
        assertThat(auth(GEMINI).get("managed_present").booleanValue()).isFalse();
        assertThat(auth(GEMINI).get("global_cli_path").stringValue()).isEqualTo(global.toString());
        assertThat(version(GEMINI)).isEqualTo("0.60.0");

        Path managed = home.managed(GEMINI, "echo 0.61.0");
        assertThat(auth(GEMINI).get("effective_path_source").stringValue()).isEqualTo("managed");
        assertThat(auth(GEMINI).get("managed_cli_path").stringValue()).isEqualTo(managed.toString());
        assertThat(auth(GEMINI).get("effective_cli_path").stringValue()).isEqualTo(managed.toString());
        assertThat(auth(GEMINI).get("global_available").booleanValue()).isTrue();
        assertThat(version(GEMINI)).isEqualTo("0.61.0");
    }

    @Test
    void the_managed_folder_on_the_search_path_does_not_make_its_clis_global() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.89.0");
        assertThat(auth(CODEX).get("managed_present").booleanValue()).isTrue();
        assertThat(auth(CODEX).get("global_available").booleanValue()).isFalse();
        assertThat(auth(CODEX).get("global_cli_path").isNull()).isTrue();
    }

    @Test
    void a_file_nobody_may_execute_and_a_link_that_leads_nowhere_are_no_cli() throws Exception {
        Path program = home.managed(CODEX, "echo codex-cli 0.89.0");
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rw-r--r--"));
        assertThat(auth(CODEX).get("managed_present").booleanValue()).isFalse();
        assertThat(version(CODEX)).isEmpty();

        Files.delete(program);
        Files.createSymbolicLink(program, Path.of("../lib/nowhere/cli.sh"));
        assertThat(auth(CODEX).get("managed_present").booleanValue()).isFalse();
        assertThat(version(CODEX)).isEmpty();

        Files.delete(program);
        Files.createDirectory(program);
        assertThat(auth(CODEX).get("managed_present").booleanValue()).isFalse();
        assertThat(version(CODEX)).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "echo codex-cli 0.89.0|0.89.0",
                "echo 1.2|1.2",
                "echo 0.30.0-preview.2|0.30.0",
                "echo codex-cli 0.90.0 >&2|0.90.0",
                "echo 'warning: node 20.1.0' >&2; echo 0.5.14|0.5.14",
                "echo dev-build|''",
                "echo v24|''",
                "echo 0.89.0; exit 1|''",
                "exit 0|''"
            })
    void the_version_is_the_first_one_in_what_the_cli_says(String shell, String version) throws Exception {
        home.managed(CODEX, shell);
        assertThat(version(CODEX)).isEqualTo(version);
        assertThat(management(CODEX).get("cli_version").asString("")).isEqualTo(version);
    }

    @Test
    void a_cli_that_hangs_has_no_version_and_is_ended() throws Exception {
        Path pid = home.root().resolve("hanging.pid");
        home.managed(CODEX, "echo $$ >'" + pid + "'\nexec sleep 1000");
        assertThat(version(CODEX)).isEmpty();
        assertThat(Processes.alive(Long.parseLong(Files.readString(pid).strip())))
                .isFalse();
    }

    @Test
    void gemini_is_signed_in_with_both_files_and_a_cli() throws Exception {
        home.inAgentHome(".gemini/oauth_creds.json", "{}");
        home.managed(GEMINI, "echo 0.61.0");
        assertThat(ready(GEMINI)).isFalse();
        assertThat(auth(GEMINI).get("credential_files").get("oauth_creds.json").booleanValue())
                .isTrue();
        assertThat(auth(GEMINI)
                        .get("credential_files")
                        .get("google_accounts.json")
                        .booleanValue())
                .isFalse();
        assertThat(management(GEMINI).get("sandbox_status").stringValue()).isEqualTo("unknown");

        home.inAgentHome(".gemini/google_accounts.json", "{}");
        assertThat(ready(GEMINI)).isTrue();
        assertThat(management(GEMINI).get("auth_ready").booleanValue()).isTrue();
        assertThat(management(GEMINI).get("sandbox_status").stringValue()).isEqualTo("available");

        Files.delete(home.npmPrefix().resolve("bin/gemini"));
        assertThat(ready(GEMINI)).isFalse();
    }

    @Test
    void opencode_is_signed_in_with_its_first_file_alone() throws Exception {
        home.global(OPENCODE, "echo 1.18.33");
        assertThat(ready(OPENCODE)).isFalse();
        home.inAgentHome(".local/share/opencode/auth.json", "{}");
        assertThat(ready(OPENCODE)).isTrue();
        assertThat(management(OPENCODE).get("sandbox_status").stringValue()).isEqualTo("unsupported");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                IFLOW_SETTINGS + "|true",
                "{\"selectedAuthType\": \"api-key\", \"baseUrl\": \"https://apis.iflow.cn/v1\"}|false",
                "{\"selectedAuthType\": \"oauth-iflow\", \"baseUrl\": \"ftp://apis.iflow.cn\"}|false",
                "{\"selectedAuthType\": \"oauth-iflow\"}|false",
                "{\"selectedAuthType\": \"oauth-iflow\", |false",
                "[]|false",
                "17|false"
            })
    void iflow_is_signed_in_with_both_files_and_settings_that_choose_them(String settings, boolean ready)
            throws Exception {
        home.managed(IFLOW, "echo 0.5.14");
        home.inAgentHome(".iflow/iflow_accounts.json", "{}");
        home.inAgentHome(".iflow/oauth_creds.json", "{}");
        home.inAgentHome(".iflow/settings.json", settings);
        assertThat(ready(IFLOW)).isEqualTo(ready);
        assertThat(management(IFLOW).get("auth_ready").booleanValue()).isEqualTo(ready);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"expiry_date\": 1}|1970-01-01T00:00:00.001000Z|false|true",
                "{\"expiry_date\": 1, \"refresh_token\": \"a\"}|1970-01-01T00:00:00.001000Z|true|false",
                "{\"expiry_date\": 4102444800000}|2100-01-01T00:00:00.000000Z|false|false",
                "{}|null|false|false"
            })
    void how_long_a_sign_in_lasts_is_told_as_far_as_its_file_does(
            String file, String end, boolean renews, boolean expired) throws Exception {
        home.managed(GEMINI, "echo 0.61.0");
        home.inAgentHome(".gemini/google_accounts.json", "{}");
        home.inAgentHome(".gemini/oauth_creds.json", file);
        assertThat(auth(GEMINI).get("expires_at").asString("null")).isEqualTo(end);
        assertThat(auth(GEMINI).get("renews_itself").booleanValue()).isEqualTo(renews);
        assertThat(auth(GEMINI).get("expired").booleanValue()).isEqualTo(expired);
        assertThat(ready(GEMINI)).isTrue();
        JsonNode management = management(GEMINI);
        assertThat(management.get("auth_expires_at").asString("null")).isEqualTo(end);
        assertThat(management.get("auth_renews_itself").booleanValue()).isEqualTo(renews);
        assertThat(management.get("auth_expired").booleanValue()).isEqualTo(expired);
        String page = api.get("/ui/engines/table").body();
        assertThat(page.contains("id=\"auth-life-gemini\"")).isEqualTo(!end.equals("null"));
        assertThat(page.contains("Over, sign in again")).isEqualTo(expired);
    }

    @Test
    void files_of_a_sign_in_that_are_none_tell_nothing_and_hold_nobody_up() throws Exception {
        Path file = home.agentHome().resolve(".codex/auth.json");
        home.inAgentHome(".codex/auth.json", "{\"tokens\": {\"access_token\": \"" + "a.".repeat(200_000) + "\"}}");
        assertThat(auth(CODEX).get("expires_at").isNull()).isTrue();
        Files.delete(file);
        Files.createSymbolicLink(file, Path.of("/dev/zero"));
        assertThat(auth(CODEX).get("expires_at").isNull()).isTrue();
        assertThat(auth(CODEX).get("credential_files").get("auth.json").booleanValue())
                .isFalse();
    }

    @Test
    void an_engine_is_idle_before_its_first_upgrade_and_shows_the_error_of_a_failed_one() {
        JsonNode before = management(IFLOW);
        assertThat(before.get("upgrade_status").get("state").stringValue()).isEqualTo("idle");
        assertThat(before.get("last_error").isNull()).isTrue();

        home.npm().first(IFLOW, "exit 3");
        JsonNode task = new Upgrades(api).run(IFLOW);
        JsonNode after = management(IFLOW);
        assertThat(after.get("upgrade_status").get("state").stringValue()).isEqualTo("failed");
        assertThat(after.get("upgrade_status").get("request_id")).isEqualTo(task.get("request_id"));
        assertThat(after.get("upgrade_status").get("mode").stringValue()).isEqualTo("single");
        assertThat(after.get("last_error").stringValue()).isEqualTo("Upgrade command exited with code 3");
        assertThat(after.get("models_count").intValue())
                .isEqualTo(after.get("models").size());
    }

    @Test
    void an_unknown_engine_is_not_found_whatever_its_spelling() {
        for (String path : new String[] {
            "/v1/management/engines/claude",
            "/v1/management/engines/CODEX",
            "/v1/engines/claude/models",
            "/v1/engines/Codex/models",
            "/v1/engines/claude/models/manifest",
            "/v1/engines/claude/models/suggestion",
            "/v1/engines/codex",
            "/v1/engines/..%2Fcodex/models"
        }) {
            ApiClient.Answer answer = api.get(path);
            assertThat(answer.status()).as(path + answer.body()).isIn(400, 404);
            assertThat(answer.json().get("detail").isString()).isTrue();
        }
    }

    private JsonNode auth(EngineId engine) {
        return api.get("/v1/engines/auth-status").json().get("engines").get(engine.wire());
    }

    private boolean ready(EngineId engine) {
        return auth(engine).get("auth_ready").booleanValue();
    }

    private String version(EngineId engine) {
        return new Upgrades(api).shownVersion(engine);
    }

    private JsonNode management(EngineId engine) {
        return api.get("/v1/management/engines/" + engine).json();
    }
}
