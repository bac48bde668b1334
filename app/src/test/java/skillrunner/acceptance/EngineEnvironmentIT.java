package skillrunner.acceptance;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.domain.engine.EngineId.CODEX;
import static skillrunner.domain.engine.EngineId.GEMINI;
import static skillrunner.domain.engine.EngineId.IFLOW;
import static skillrunner.domain.engine.EngineId.OPENCODE;

/** Which of the server's secrets a run sees. Everything that somebody might have in an environment is planted. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class EngineEnvironmentIT {
    private static final List<String> PLANTED = List.of(
            "OPENAI_API_KEY",
            "CODEX_API_KEY",
            "ANTHROPIC_API_KEY",
            "GEMINI_API_KEY",
            "GOOGLE_API_KEY",
            "IFLOW_API_KEY",
            "DEEPSEEK_API_KEY",
            "MOONSHOT_API_KEY",
            "OPENROUTER_API_KEY",
            "AWS_ACCESS_KEY_ID",
            "AWS_SECRET_ACCESS_KEY",
            "AWS_SESSION_TOKEN",
            "AWS_PROFILE",
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "GITLAB_TOKEN",
            "NPM_TOKEN",
            "HF_TOKEN",
            "GOOGLE_APPLICATION_CREDENTIALS",
            "GOOGLE_CLOUD_PROJECT",
            "AZURE_API_KEY",
            "AZURE_CLIENT_SECRET",
            "AZURE_TENANT_ID",
            "DATABASE_URL",
            "NPM_CONFIG_FETCH_RETRY_MAXTIMEOUT",
            "OWN_KEY",
            "OTHER_KEY");

    private Path home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        for (EngineId engine : EngineId.BUILT_IN) {
            ScriptedCli.install(home.resolve("cache/npm/bin"), engine);
        }
        Map<String, String> settings = new HashMap<>();
        PLANTED.forEach(name -> settings.put(name, "planted"));
        // A secret that no run may see stays one, also if it is named.
        settings.put("SKILL_RUNNER_ENGINE_ENV_CODEX", "OWN_KEY,AZURE_CLIENT_SECRET");
        settings.put("SKILL_RUNNER_ENGINE_ENV_OPENCODE", "OTHER_KEY");
        server = RunningServer.start(home, settings);
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_run_sees_what_its_own_provider_needs_and_what_the_operator_names_and_nothing_else() throws Exception {
        assertThat(seen(CODEX)).containsExactlyInAnyOrder("OPENAI_API_KEY", "CODEX_API_KEY", "OWN_KEY");
        assertThat(seen(GEMINI)).containsExactlyInAnyOrder("GEMINI_API_KEY", "GOOGLE_CLOUD_PROJECT");
        assertThat(seen(IFLOW)).containsExactly("IFLOW_API_KEY");
        assertThat(seen(OPENCODE)).containsExactlyInAnyOrder("OTHER_KEY", "NPM_CONFIG_FETCH_RETRY_MAXTIMEOUT");
    }

    @Test
    void keys_of_accounts_reach_a_run_whose_configuration_names_the_provider() throws Exception {
        String bedrock = "model_provider = \"amazon-bedrock\"\n";
        assertThat(seenWith(CODEX, ".codex/config.toml", bedrock))
                .containsExactlyInAnyOrder(
                        "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_SESSION_TOKEN", "AWS_PROFILE", "OWN_KEY");
        assertThat(seenWith(CODEX, ".codex/config.toml", "profile = \"work\"\n[profiles.work]\n" + bedrock))
                .contains("AWS_SECRET_ACCESS_KEY")
                .doesNotContain("OPENAI_API_KEY");
        assertThat(seenWith(
                        GEMINI,
                        ".gemini/settings.json",
                        "{\"security\": {\"auth\": {\"selectedType\": \"vertex-ai\"}}}"))
                .containsExactlyInAnyOrder(
                        "GEMINI_API_KEY", "GOOGLE_API_KEY", "GOOGLE_APPLICATION_CREDENTIALS", "GOOGLE_CLOUD_PROJECT");
        assertThat(seenWith(
                        OPENCODE,
                        ".config/opencode/opencode.json",
                        "{\"model\": \"deepseek/x\", \"provider\": {\"github-copilot\": {}}}"))
                .containsExactlyInAnyOrder(
                        "DEEPSEEK_API_KEY", "GITHUB_TOKEN", "OTHER_KEY", "NPM_CONFIG_FETCH_RETRY_MAXTIMEOUT");
    }

    private Set<String> seenWith(EngineId engine, String file, String configuration) throws IOException {
        Path path = home.resolve("cache/agent-home").resolve(file);
        String before = Files.readString(path);
        Files.writeString(path, configuration);
        try {
            return seen(engine);
        } finally {
            Files.writeString(path, before);
        }
    }

    /** Lets the CLI write its whole environment into a file. */
    private Set<String> seen(EngineId engine) throws IOException {
        JsonNode status = api.awaitEnd(api.create(TestSkill.job(
                engine, Map.of("no_cache", true), "sh env > environment.txt", "answer {\"status\": \"fine\"}")));
        assertThat(status.get("status").stringValue()).as(status.toString()).isEqualTo("succeeded");
        Path written = home.resolve("data/runs")
                .resolve(status.get("run_id").stringValue())
                .resolve("workspace/environment.txt");
        Set<String> names = new TreeSet<>();
        for (String line : Files.readAllLines(written)) {
            if (line.endsWith("=planted")) {
                names.add(line.substring(0, line.indexOf('=')));
            }
        }
        return names;
    }
}
