package skillrunner.acceptance.agents;

import io.modelcontextprotocol.client.McpClient;
import io.modelcontextprotocol.client.McpSyncClient;
import io.modelcontextprotocol.client.transport.HttpClientStreamableHttpTransport;
import io.modelcontextprotocol.spec.McpSchema;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestPackage;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The library's own client, and one that says what it likes, against a whole server with a scripted CLI. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class McpIT {
    private static final String DONE = "answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private Path home;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path folder) throws IOException {
        home = folder;
        TestSkill.install(home);
        TestSkill.installAsking(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        server = RunningServer.start(home, Map.of());
        api = server.client();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void skills_are_listed_called_and_their_files_read() {
        List<String> progress = new CopyOnWriteArrayList<>();
        try (McpSyncClient client = client(spec -> spec.progressConsumer(news -> progress.add(news.message())))) {
            List<String> names = client.listTools().tools().stream()
                    .map(McpSchema.Tool::name)
                    .toList();
            assertThat(names).contains(TestSkill.ID, TestSkill.ASKING, "skill_runner_run_result");

            McpSchema.CallToolResult result = client.callTool(McpSchema.CallToolRequest.builder(TestSkill.ID)
                    .arguments(arguments(
                            Map.of("extra", Map.of("text", "from the caller")),
                            "say looking around",
                            "sh mkdir -p artifacts && cp \"$(find . -type f -name extra)\" 'artifacts/a b.txt'",
                            DONE))
                    .meta(Map.of("progressToken", "p"))
                    .build());

            assertThat(result.isError()).as(String.valueOf(result.content())).isNotEqualTo(true);
            JsonNode structured = RawMcp.JSON.valueToTree(result.structuredContent());
            assertThat(structured.at("/status").stringValue()).isEqualTo("succeeded");
            assertThat(structured.at("/data/status").stringValue()).isEqualTo("fine");
            McpSchema.ResourceLink link =
                    (McpSchema.ResourceLink) result.content().get(1);
            McpSchema.ReadResourceResult read = client.readResource(
                    McpSchema.ReadResourceRequest.builder(link.uri()).build());
            assertThat(((McpSchema.TextResourceContents) read.contents().get(0)).text())
                    .isEqualTo("from the caller");
            assertThat(progress).isNotEmpty().anyMatch(line -> line.startsWith("run "));
        }
    }

    @Test
    void a_question_reaches_the_user_of_the_client_and_the_answer_the_agent() {
        List<String> asked = new CopyOnWriteArrayList<>();
        try (McpSyncClient client = client(spec -> spec.capabilities(
                        McpSchema.ClientCapabilities.builder().elicitation().build())
                .elicitation(request -> {
                    asked.add(request.message());
                    return McpSchema.ElicitResult.builder(McpSchema.ElicitResult.Action.ACCEPT)
                            .content(Map.of("answer", "@cli " + DONE))
                            .build();
                }))) {
            McpSchema.CallToolResult result = client.callTool(call(TestSkill.ASKING, asking("say Which colour?")));

            assertThat(asked).containsExactly("Which colour?");
            assertThat(RawMcp.JSON
                            .valueToTree(result.structuredContent())
                            .at("/status")
                            .stringValue())
                    .isEqualTo("succeeded");
        }
    }

    @Test
    void whoever_can_show_no_form_answers_by_a_tool() {
        try (McpSyncClient client = client(spec -> spec)) {
            JsonNode asked = structured(client.callTool(call(TestSkill.ASKING, asking("say Which colour?"))));
            assertThat(asked.at("/status").stringValue()).isEqualTo("waiting_user");

            JsonNode answered = structured(client.callTool(call(
                    "skill_runner_run_reply",
                    Map.of(
                            "request_id",
                            asked.at("/request_id").stringValue(),
                            "interaction_id",
                            asked.at("/question/interaction_id").intValue(),
                            "response",
                            "@cli " + DONE))));
            assertThat(answered.at("/status").stringValue()).isEqualTo("succeeded");
        }
    }

    @Test
    void who_listens_hears_of_a_skill_that_was_installed() throws Exception {
        List<List<McpSchema.Tool>> lists = new CopyOnWriteArrayList<>();
        try (McpSyncClient client = client(spec -> spec.toolsChangeConsumer(lists::add))) {
            client.listTools();
            // The client opens its ear on its own; the first change it hears of may be the second there is.
            await().atMost(PATIENCE).until(() -> {
                api.installed(TestPackage.of("fresh-" + lists.size() + "-" + System.nanoTime(), "1.0.0")
                        .zip());
                return !lists.isEmpty();
            });
            assertThat(lists.get(0)).anyMatch(tool -> tool.name().startsWith("fresh-"));
        }
    }

    @Test
    void a_call_that_is_taken_back_cancels_its_run() throws Exception {
        RawMcp raw = greeted();
        HttpResponse<InputStream> call = raw.post(RawMcp.message(
                5,
                "tools/call",
                Map.of("name", TestSkill.ID, "arguments", arguments(Map.of(), "wait " + home.resolve("never")))));
        String request = newestRequest(raw);
        api.awaitStatus(request, Set.of("running"));

        int noted = raw.post(
                        Map.of("jsonrpc", "2.0", "method", "notifications/cancelled", "params", Map.of("requestId", 5)))
                .statusCode();

        assertThat(noted).isEqualTo(202);
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("canceled");
        assertThat(RawMcp.text(call)).doesNotContain("\"result\"");
    }

    @Test
    void a_run_outlives_its_call_its_connection_and_its_server() throws Exception {
        Path go = home.resolve("go-" + System.nanoTime());
        RawMcp raw = greeted();
        HttpResponse<InputStream> call = raw.post(RawMcp.message(
                6, "tools/call", Map.of("name", TestSkill.ID, "arguments", arguments(Map.of(), "wait " + go, DONE))));
        String request = newestRequest(raw);
        api.awaitStatus(request, Set.of("running"));
        call.body().close();
        server.kill();
        server = RunningServer.start(home, Map.of());
        api = server.client();

        RawMcp old = new RawMcp(server.port()).with("Mcp-Session-Id", "of-the-first-server");
        assertThat(old.post(RawMcp.message(1, "tools/list", Map.of())).statusCode())
                .isEqualTo(404);
        RawMcp again = greeted();
        Files.writeString(go, "");
        JsonNode result = again.call("skill_runner_run_result", Map.of("request_id", request));

        assertThat(result.at("/result/structuredContent/status").stringValue()).isEqualTo("succeeded");
        assertThat(result.at("/result/structuredContent/data/status").stringValue())
                .isEqualTo("fine");
    }

    @Test
    void hostile_calls_are_refused_and_start_nothing() throws Exception {
        RawMcp raw = greeted();
        int before =
                api.get("/v1/management/runs?limit=1000").json().get("runs").size();
        List<Map<String, ?>> hostile = List.of(
                Map.of("input", "text"),
                Map.of("input", Map.of("note", Map.of("deep", true))),
                Map.of("input", Map.of("extra", Map.of("blob", "%%%"))),
                Map.of("input", Map.of("../../escape", Map.of("text", "x"))),
                Map.of("input", Map.of("extra", Map.of("uri", "file:///etc/passwd"))),
                Map.of("input", Map.of("note", "a\u0000b")),
                Map.of("engine", "../codex"),
                Map.of("parameter", List.of()),
                Map.of("runtime_options", Map.of("hard_timeout_seconds", -1)));
        for (Map<String, ?> arguments : hostile) {
            JsonNode result = raw.call(TestSkill.ID, arguments);
            assertThat(result.at("/result/isError").booleanValue())
                    .as(arguments.toString())
                    .isTrue();
            assertThat(result.at("/result/structuredContent/error/code").stringValue())
                    .as(arguments.toString())
                    .isEqualTo("REQUEST_INVALID");
        }
        assertThat(raw.post("{\"a\":".repeat(50_000)).statusCode()).isEqualTo(400);
        assertThat(raw.post(RawMcp.message(
                                9,
                                "tools/call",
                                Map.of(
                                        "name",
                                        TestSkill.ID,
                                        "arguments",
                                        Map.of("input", Map.of("extra", Map.of("blob", "QUFB".repeat(300_000)))))))
                        .statusCode())
                .isEqualTo(413);
        assertThat(api.get("/v1/management/runs?limit=1000").json().get("runs")).hasSize(before);
    }

    @Test
    void a_thousand_sessions_that_nobody_uses_keep_nobody_out() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            assertThat(new RawMcp(server.port()).greet()).isEqualTo(200);
        }

        assertThat(greeted()
                        .call("skill_runner_run_list", Map.of())
                        .at("/result/structuredContent/runs")
                        .isArray())
                .isTrue();
    }

    @Test
    void nobody_gets_in_who_may_not_run_jobs(@TempDir Path other) throws Exception {
        assertThat(new RawMcp(server.port())
                        .with("Origin", "https://elsewhere.example")
                        .greet())
                .isEqualTo(403);
        RawMcp page = greeted().with("Origin", "https://elsewhere.example");
        assertThat(page.get().statusCode()).isEqualTo(403);
        assertThat(greeted().with("Sec-Fetch-Site", "cross-site").get().statusCode())
                .isEqualTo(403);
        TestSkill.install(other);
        try (RunningServer guarded = RunningServer.start(
                other,
                Map.of(
                        "UI_BASIC_AUTH_ENABLED", "true",
                        "UI_BASIC_AUTH_USERNAME", "ann",
                        "UI_BASIC_AUTH_PASSWORD", "secret-enough",
                        "SKILL_RUNNER_AUTH_SCOPE", "all"))) {
            assertThat(new RawMcp(guarded.port()).greet()).isEqualTo(401);
            assertThat(new RawMcp(guarded.port())
                            .with("Authorization", "Basic YW5uOnNlY3JldC1lbm91Z2g=")
                            .greet())
                    .isEqualTo(200);
        }
    }

    private RawMcp greeted() throws IOException, InterruptedException {
        RawMcp raw = new RawMcp(server.port());
        assertThat(raw.greet()).isEqualTo(200);
        return raw;
    }

    private static String newestRequest(RawMcp raw) throws IOException, InterruptedException {
        return raw.call("skill_runner_run_list", Map.of("limit", 1))
                .at("/result/structuredContent/runs/0/request_id")
                .stringValue();
    }

    private McpSyncClient client(UnaryOperator<McpClient.SyncSpec> with) {
        McpSyncClient client = with.apply(
                        McpClient.sync(HttpClientStreamableHttpTransport.builder("http://127.0.0.1:" + server.port())
                                        .endpoint("/mcp")
                                        .build())
                                .requestTimeout(PATIENCE))
                .build();
        client.initialize();
        return client;
    }

    private static McpSchema.CallToolRequest call(String tool, Map<String, Object> arguments) {
        return McpSchema.CallToolRequest.builder(tool).arguments(arguments).build();
    }

    private static JsonNode structured(McpSchema.CallToolResult result) {
        return RawMcp.JSON.valueToTree(result.structuredContent());
    }

    private static Map<String, Object> asking(String... directives) {
        return Map.of(
                "parameter",
                Map.of("script", script(directives)),
                "runtime_options",
                Map.of("execution_mode", "interactive"));
    }

    private static Map<String, Object> arguments(Map<String, Object> input, String... directives) {
        return Map.of(
                "input",
                input,
                "parameter",
                Map.of("script", script(directives)),
                "runtime_options",
                Map.of("no_cache", true));
    }

    private static String script(String... directives) {
        StringBuilder script = new StringBuilder("Do as told.\n");
        for (String directive : directives) {
            script.append("@cli ").append(directive).append('\n');
        }
        return script.toString();
    }
}
