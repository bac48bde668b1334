package skillrunner.acceptance.agents;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.Repository;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** {@code skill-runner mcp} as an agent starts it. */
class StdioIT {
    @TempDir
    private Path home;

    /** Who calls learns nothing of the server's death, and the skill is run once. */
    @Test
    void a_call_is_answered_although_its_server_was_killed_and_started_again() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Map<String, String> guarded = Map.of(
                "UI_BASIC_AUTH_ENABLED", "true",
                "UI_BASIC_AUTH_USERNAME", "ann",
                "UI_BASIC_AUTH_PASSWORD", "secret-enough",
                "SKILL_RUNNER_AUTH_SCOPE", "all");
        Path go = home.resolve("go");
        RunningServer server = RunningServer.start(home, guarded);
        int port = server.port();
        Path credentials = Files.createFile(
                home.resolve("credentials"),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.writeString(credentials, "ann:secret-enough\n");
        try (Agent agent = new Agent(port, credentials)) {
            agent.say(RawMcp.message(
                    1,
                    "initialize",
                    Map.of(
                            "protocolVersion",
                            "2025-11-25",
                            "capabilities",
                            Map.of(),
                            "clientInfo",
                            Map.of("name", "test", "version", "1"))));
            assertThat(agent.hear(1).at("/result/serverInfo/name").stringValue())
                    .isEqualTo("skill-runner");
            agent.say(Map.of("jsonrpc", "2.0", "method", "notifications/initialized"));
            String script = "@cli sh echo turn >> turns.txt\n@cli wait " + go + "\n@cli answer {\"status\": \"fine\"}";
            agent.say(RawMcp.message(
                    2,
                    "tools/call",
                    Map.of("name", TestSkill.ID, "arguments", Map.of("parameter", Map.of("script", script)))));
            ApiClient api = server.client().withPassword("ann", "secret-enough");
            String request = await().until(
                            () -> api.get("/v1/management/runs")
                                    .json()
                                    .at("/runs/0/request_id")
                                    .asString(""),
                            id -> !id.isEmpty());
            api.awaitStatus(request, Set.of("running"));

            server.kill();
            server = RunningServer.start(home, with(guarded, "PORT", Integer.toString(port)));
            Files.writeString(go, "");

            JsonNode answer = agent.hear(2);
            assertThat(answer.at("/result/structuredContent/data/status").asString(""))
                    .as(answer.toString())
                    .isEqualTo("fine");
            Path run = home.resolve("data/runs")
                    .resolve(answer.at("/result/structuredContent/run_id").stringValue());
            assertThat(run.resolve("workspace/turns.txt")).hasContent("turn");
            assertThat(agent.end()).isZero();
        } finally {
            server.close();
        }
    }

    private static Map<String, String> with(Map<String, String> settings, String name, String value) {
        Map<String, String> more = new java.util.HashMap<>(settings);
        more.put(name, value);
        return more;
    }

    /** The program, and what is said through its pipes. */
    private static final class Agent implements AutoCloseable {
        private final Process process;
        private final PrintWriter in;
        private final BufferedReader out;

        private Agent(int port, Path credentials) throws IOException {
            ProcessBuilder builder = new ProcessBuilder(
                            Repository.launcher().toString(), "mcp", "--server", "http://127.0.0.1:" + port)
                    .redirectError(ProcessBuilder.Redirect.DISCARD);
            builder.environment().put("SKILL_RUNNER_BUILD", "off");
            builder.environment().put("SKILL_RUNNER_CREDENTIALS_FILE", credentials.toString());
            this.process = builder.start();
            this.in = new PrintWriter(process.getOutputStream(), true, StandardCharsets.UTF_8);
            this.out = new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8));
        }

        private void say(Map<String, ?> message) {
            in.println(RawMcp.JSON.writeValueAsString(message));
        }

        /** Waits for the answer to a request; every line must be a message. */
        private JsonNode hear(int id) throws IOException {
            while (true) {
                JsonNode message = RawMcp.JSON.readTree(out.readLine());
                assertThat(message.get("jsonrpc").stringValue()).isEqualTo("2.0");
                if (message.path("id").asInt(-1) == id && !message.has("method")) {
                    return message;
                }
            }
        }

        private int end() throws InterruptedException {
            in.close();
            assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
            return process.exitValue();
        }

        @Override
        public void close() {
            process.destroyForcibly();
        }
    }
}
