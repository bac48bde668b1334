package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.testkit.engine.KnownEngines;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** {@code scripts/agent_manager.sh} as a contract: modes, exit codes, files. No server runs. */
class AgentManagerIT {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @TempDir
    private Path folder;

    private EngineHome home;

    @BeforeEach
    void prepare() throws IOException {
        home = new EngineHome(folder);
    }

    @Test
    void help_lists_the_modes() throws Exception {
        Command.Ended help = run("--help");
        assertThat(help.code()).isZero();
        assertThat(help.out())
                .contains(
                        "--check",
                        "--check-auth",
                        "--ensure",
                        "--upgrade",
                        "--upgrade-engine",
                        "--import-credentials",
                        "--status-file");
    }

    @Test
    void a_wrong_command_line_is_usage_on_stderr_and_code_2_and_changes_nothing() throws Exception {
        for (List<String> wrong : List.of(
                List.of("--upgrade-engine", "bad"),
                List.of("--upgrade-engine"),
                List.of("--upgrade", "--check"),
                List.of("--upgrade", "--upgrade-engine", "codex"),
                List.of("--ensure", "--check-auth"),
                List.of("--dance"),
                List.of("codex"))) {
            Command.Ended ended = run(wrong.toArray(String[]::new));
            assertThat(ended.code()).as(wrong + ended.err()).isEqualTo(2);
            assertThat(ended.err()).as(wrong.toString()).contains("agent-manager");
            assertThat(ended.out()).as(wrong.toString()).isEmpty();
        }
        assertThat(home.npm().calls()).isEmpty();
        assertThat(home.data().resolve("agent_status.json")).doesNotExist();
    }

    @Test
    void without_a_mode_only_the_status_is_written() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.169.0");
        home.global(GEMINI, "echo 0.61.0");
        for (String[] arguments : List.of(new String[0], new String[] {"--check"})) {
            assertThat(run(arguments).code()).isZero();
            Path file = home.data().resolve("agent_status.json");
            String text = Files.readString(file);
            assertThat(text).startsWith("{\n  \"codex\"").endsWith("}\n");
            JsonNode status = JSON.readTree(text);
            assertThat(status.propertyNames()).containsExactlyElementsOf(KnownEngines.names());
            assertThat(status.get("codex").get("present").booleanValue()).isTrue();
            assertThat(status.get("codex").get("version").stringValue()).isEqualTo("codex-cli 0.169.0");
            assertThat(status.get("gemini").get("version").stringValue()).isEqualTo("0.61.0");
            assertThat(status.get("iflow").get("present").booleanValue()).isFalse();
            assertThat(status.get("iflow").get("version").stringValue()).isEmpty();
            assertThat(status.get("codex").get("cli_version").stringValue()).isEqualTo("0.169.0");
            assertThat(status.get("codex").get("package_version").isNull()).isTrue();
            assertThat(status.get("iflow").get("cli_version").isNull()).isTrue();
            Files.delete(file);
        }
        assertThat(home.npm().calls()).isEmpty();
    }

    @Test
    void the_check_says_which_version_it_is_and_which_package_it_came_from() throws Exception {
        String manifest = "{\"version\": \"0.170.0\", \"_integrity\": \"sha512-" + "A".repeat(86) + "==\"}";
        home.npm().publishes(CODEX, "0.170.0");
        home.npm()
                .first(
                        CODEX,
                        "package=$prefix/lib/node_modules/@openai/codex; mkdir -p \"$package\"; echo '" + manifest
                                + "' >\"$package/package.json\"; package=@openai/codex");
        assertThat(run("--upgrade-engine", "codex").code()).isZero();
        home.global(GEMINI, "echo 'Welcome to node 22.1.0'; echo 'gemini 7.1.0'");

        Command.Ended ended = run("--check");

        assertThat(ended.code()).as(ended.all()).isZero();
        assertThat(ended.err())
                .containsPattern("codex: version 0\\.170\\.0, managed, from @openai/codex@0\\.170\\.0 sha512-\\S+")
                .contains("gemini: version 7.1.0, global, refused for jobs")
                .contains("iflow: no CLI found");
        JsonNode status = JSON.readTree(Files.readString(home.data().resolve("agent_status.json")));
        JsonNode codex = status.get("codex");
        assertThat(codex.get("cli_version").stringValue()).isEqualTo("0.170.0");
        assertThat(codex.get("cli_version_supported").booleanValue()).isTrue();
        assertThat(codex.get("package_name").stringValue()).isEqualTo("@openai/codex");
        assertThat(codex.get("package_version").stringValue()).isEqualTo("0.170.0");
        assertThat(codex.get("integrity").stringValue()).startsWith("sha512-");
        assertThat(status.get("gemini").get("cli_version_supported").booleanValue())
                .isFalse();
    }

    @Test
    void the_status_can_be_written_elsewhere() throws Exception {
        Path elsewhere = folder.resolve("some where/status.json");
        assertThat(run("--status-file", elsewhere.toString()).code()).isZero();
        assertThat(JSON.readTree(Files.readString(elsewhere)).propertyNames())
                .containsExactlyElementsOf(KnownEngines.names());
        assertThat(home.data().resolve("agent_status.json")).doesNotExist();
    }

    @Test
    void the_sign_in_report_is_what_the_server_answers() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.169.0");
        home.inAgentHome(".codex/auth.json", "{}");
        assertThat(run("--check-auth").code()).isZero();
        JsonNode report = JSON.readTree(Files.readString(home.data().resolve("agent_auth_status.json")));
        assertThat(report.get("codex").get("auth_ready").booleanValue()).isTrue();
        try (RunningServer server = home.start()) {
            assertThat(server.client().get("/v1/engines/auth-status").json().get("engines"))
                    .isEqualTo(report);
        }
        assertThat(home.data().resolve("agent_status.json")).doesNotExist();
    }

    @Test
    void ensure_installs_what_has_no_managed_cli_and_a_failure_is_a_warning() throws Exception {
        home.managed(CODEX, "echo codex-cli 0.169.0");
        home.global(GEMINI, "echo 0.61.0");
        home.npm().first(IFLOW, "echo 'npm error code E404' >&2; exit 1");
        Command.Ended ended = run("--ensure");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(ended.err()).contains("npm error code E404").contains("iflow");
        List<String> calls = new ArrayList<>(List.of("start gemini", "end gemini", "start iflow"));
        KnownEngines.names().stream()
                .filter(engine -> !List.of("codex", "gemini", "iflow").contains(engine))
                .forEach(engine -> calls.addAll(List.of("start " + engine, "end " + engine)));
        assertThat(home.npm().calls()).isEqualTo(calls);
        assertThat(status().get("iflow").get("present").booleanValue()).isFalse();
        assertThat(status().get("opencode").get("version").stringValue()).isEqualTo("opencode-cli 1.0.0");
    }

    @Test
    void upgrade_installs_all_and_one_failure_is_code_1_with_the_status_written() throws Exception {
        home.npm().first(GEMINI, "exit 5");
        Command.Ended failed = run("--upgrade");
        assertThat(failed.code()).as(failed.err()).isEqualTo(1);
        assertThat(status().get("gemini").get("present").booleanValue()).isFalse();
        for (String other : List.of("codex", "iflow", "opencode")) {
            assertThat(status().get(other).get("present").booleanValue())
                    .as(other)
                    .isTrue();
        }
        home.npm().first(GEMINI, ":");
        assertThat(run("--upgrade").code()).isZero();
        assertThat(status().get("gemini").get("present").booleanValue()).isTrue();
    }

    @Test
    void the_script_ends_as_npm_ended_and_passes_both_streams_on_as_they_are() throws Exception {
        home.npm().first(CODEX, "echo to stdout; echo to stderr >&2; exit 7");
        Command.Ended failed = run("--upgrade-engine", "codex");
        assertThat(failed.code()).isEqualTo(7);
        assertThat(failed.out()).isEqualTo("to stdout\n");
        assertThat(failed.err()).contains("to stderr\n").contains("agent-manager: ");

        home.npm().first(CODEX, "echo to stdout; echo to stderr >&2");
        Command.Ended done = run("--upgrade-engine", "codex");
        assertThat(done.code()).isZero();
        assertThat(done.out()).isEqualTo("to stdout\nadded 1 package\n");
        assertThat(done.err()).contains("to stderr\n").contains("1.0.0");
        assertThat(home.npmPrefix().resolve("bin/codex")).isExecutable();
    }

    @Test
    void without_npm_the_code_is_127_and_a_note_says_so() throws Exception {
        Files.delete(home.programs().resolve("npm"));
        Command.Ended ended = run("--upgrade-engine", "codex");
        assertThat(ended.code()).isEqualTo(127);
        assertThat(ended.err()).contains("npm was not found");
        assertThat(ended.out()).isEmpty();
        assertThat(status().get("codex").get("present").booleanValue()).isFalse();
    }

    @Test
    void another_prefix_in_the_environment_changes_nothing() throws Exception {
        String elsewhere = folder.resolve("elsewhere").toString();
        Command.Ended ended = home.agentManager(
                Map.of("npm_config_prefix", elsewhere, "Npm_Config_Prefix", elsewhere), "--upgrade-engine", "codex");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(home.npmPrefix().resolve("bin/codex")).isExecutable();
        assertThat(folder.resolve("elsewhere")).doesNotExist();
        assertThat(home.npm().lastCall()).doesNotContain(elsewhere);
    }

    @Test
    void only_the_credential_files_of_an_engine_are_imported_and_only_their_owner_can_read_them() throws Exception {
        Path source = folder.resolve("import");
        Files.createDirectories(source.resolve("codex"));
        Files.writeString(source.resolve("codex/auth.json"), "{\"token\": 1}");
        Files.writeString(source.resolve("codex/config.toml"), "model = \"evil\"");
        Files.createDirectories(source.resolve("gemini"));
        Files.writeString(source.resolve("gemini/oauth_creds.json"), "{}");
        Files.writeString(source.resolve("gemini/settings.json"), "{\"evil\": true}");
        Files.createDirectories(source.resolve("opencode"));
        Files.writeString(source.resolve("opencode/antigravity-accounts.json"), "[]");

        Command.Ended ended = run("--import-credentials", source.toString(), "--check");
        assertThat(ended.code()).as(ended.err()).isZero();
        Path codex = home.agentHome().resolve(".codex");
        assertThat(codex.resolve("auth.json")).hasContent("{\"token\": 1}");
        assertThat(codex.resolve("config.toml")).hasContent("cli_auth_credentials_store = \"file\"\n");
        assertThat(home.agentHome().resolve(".gemini/settings.json"))
                .content()
                .contains("oauth-personal")
                .doesNotContain("evil");
        assertThat(home.agentHome().resolve(".config/opencode/antigravity-accounts.json"))
                .exists();
        for (String file :
                List.of(".codex/auth.json", ".gemini/oauth_creds.json", ".config/opencode/antigravity-accounts.json")) {
            assertThat(mode(home.agentHome().resolve(file))).as(file).isEqualTo("rw-------");
        }
        for (String directory : List.of(".codex", ".gemini", ".iflow", ".config/opencode", ".local/share/opencode")) {
            assertThat(mode(home.agentHome().resolve(directory))).as(directory).isEqualTo("rwx------");
        }
        assertThat(run("--import-credentials", folder.resolve("nowhere").toString())
                        .code())
                .isZero();
    }

    @Test
    void settings_that_are_there_are_never_overwritten() throws Exception {
        home.inAgentHome(".codex/config.toml", "model = \"mine\"\n");
        home.inAgentHome(".gemini/settings.json", "{\"mine\": 1}");
        home.inAgentHome(".config/opencode/opencode.json", "not even JSON");
        assertThat(run().code()).isZero();
        assertThat(home.agentHome().resolve(".codex/config.toml")).hasContent("model = \"mine\"\n");
        assertThat(home.agentHome().resolve(".gemini/settings.json")).hasContent("{\"mine\": 1}");
        assertThat(home.agentHome().resolve(".config/opencode/opencode.json")).hasContent("not even JSON");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"selectedAuthType\":\"iflow\",\"baseUrl\":\"ftp://x\"}|oauth-iflow|https://apis.iflow.cn/v1",
                "{\"selectedAuthType\":\"api-key\",\"baseUrl\":\"http://mine/v1\"}|api-key|http://mine/v1",
                "{\"broken|oauth-iflow|https://apis.iflow.cn/v1"
            })
    void settings_of_iflow_are_mended(String before, String type, String url) throws Exception {
        home.inAgentHome(".iflow/settings.json", before);
        assertThat(run().code()).isZero();
        JsonNode after = JSON.readTree(Files.readString(home.agentHome().resolve(".iflow/settings.json")));
        assertThat(after.get("selectedAuthType").stringValue()).isEqualTo(type);
        assertThat(after.get("baseUrl").stringValue()).isEqualTo(url);
    }

    @Test
    void other_keys_of_the_settings_of_iflow_stay() throws Exception {
        home.inAgentHome(".iflow/settings.json", "{\"theme\": \"dark\", \"selectedAuthType\": \"iflow\"}");
        assertThat(run().code()).isZero();
        JsonNode after = JSON.readTree(Files.readString(home.agentHome().resolve(".iflow/settings.json")));
        assertThat(after.get("theme").stringValue()).isEqualTo("dark");
        assertThat(after.get("selectedAuthType").stringValue()).isEqualTo("oauth-iflow");
    }

    @ParameterizedTest
    @CsvSource({"C.UTF-8", "C"})
    void a_data_directory_with_spaces_and_letters_of_any_script_holds_everything(String locale) throws Exception {
        Path odd = folder.resolve("mit Leerzeichen/数据 é");
        Set<String> before = namesIn(folder);
        Map<String, String> settings = Map.of(
                "LC_ALL",
                locale,
                "SKILL_RUNNER_DATA_DIR",
                odd.resolve("data").toString(),
                "SKILL_RUNNER_AGENT_CACHE_DIR",
                odd.resolve("cache").toString());
        Command.Ended ended = home.agentManager(settings, "--upgrade-engine", "codex");
        assertThat(ended.code()).as(ended.err()).isZero();
        assertThat(odd.resolve("data/agent_status.json")).exists();
        assertThat(odd.resolve("cache/npm/bin/codex")).isExecutable();
        assertThat(odd.resolve("cache/agent-home/.codex/config.toml")).exists();
        try (RunningServer server = home.start(settings)) {
            Upgrades upgrades = new Upgrades(server.client());
            assertThat(upgrades.shownVersion(CODEX)).isEqualTo("1.0.0");
            assertThat(upgrades.run(OPENCODE).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(server.stop()).isZero();
        }
        assertThat(odd.resolve("data/engine_upgrades.db")).exists();
        Set<String> after = namesIn(folder);
        after.removeAll(before);
        after.removeIf(name -> name.startsWith("server") && name.endsWith(".log"));
        assertThat(after).containsExactly("mit Leerzeichen");
    }

    @Test
    void a_relative_data_directory_counts_from_where_the_command_is_started() throws Exception {
        Process process =
                process(Map.of("SKILL_RUNNER_DATA_DIR", "some/data", "SKILL_RUNNER_AGENT_CACHE_DIR", "cache"));
        assertThat(process.waitFor()).isZero();
        assertThat(folder.resolve("some/data/agent_status.json")).exists();
        assertThat(folder.resolve("cache/agent-home/.codex/config.toml")).exists();
    }

    @Test
    void an_empty_prefix_is_the_default_prefix_and_not_the_working_directory() throws Exception {
        Process process =
                process(Map.of("SKILL_RUNNER_NPM_PREFIX", "", "NPM_CONFIG_PREFIX", " "), "--upgrade-engine", "codex");
        assertThat(process.waitFor()).isZero();
        assertThat(home.npmPrefix().resolve("bin/codex")).isExecutable();
        assertThat(folder.resolve("bin")).doesNotExist();
        assertThat(folder.resolve("lib")).doesNotExist();
    }

    /** In the folder of the test as working directory. */
    private Process process(Map<String, String> settings, String... arguments) throws IOException {
        List<String> command = Stream.concat(
                        Stream.of(EngineHome.agentManagerScript().toString()), Stream.of(arguments))
                .toList();
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(folder.toFile())
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .redirectError(folder.resolve("command.err").toFile());
        builder.environment().putAll(home.environment(settings));
        return builder.start();
    }

    private Command.Ended run(String... arguments) throws IOException, InterruptedException {
        return home.agentManager(Map.of(), arguments);
    }

    private JsonNode status() throws IOException {
        return JSON.readTree(Files.readString(home.data().resolve("agent_status.json")));
    }

    private static String mode(Path file) throws IOException {
        return PosixFilePermissions.toString(Files.getPosixFilePermissions(file));
    }

    private static Set<String> namesIn(Path folder) throws IOException {
        try (Stream<Path> all = Files.list(folder)) {
            return new TreeSet<>(all.map(file -> file.getFileName().toString()).toList());
        }
    }
}
