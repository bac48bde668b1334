package skillrunner.acceptance;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.http.WireFormat;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Engines' own interfaces in a terminal, with programs that stand in for the engines. */
@Timeout(180)
class TerminalIT {
    private static final String SESSION = "/ui/engines/tui/session";
    private static final byte[] CTRL_C = {3};

    /** A shell that says how it was started, and lets daemons be begun. */
    private static final String SHELL =
            """
            #!/bin/sh
            case "$*" in
              *--help*) echo '  --no-daemon'; exit 0 ;;
              --version) echo 'cli 1.0.0'; exit 0 ;;
            esac
            printf '%s\\n' "$*" >"$HOME/argv"
            env >"$HOME/env"
            pwd >"$HOME/pwd"
            echo ready
            exec /bin/sh -i
            """;

    private final HttpClient client = HttpClient.newHttpClient();

    @TempDir
    private Path root;

    @Test
    void each_engine_is_started_in_its_own_way_and_nothing_is_left_of_any() throws Exception {
        EngineHome home = home("codex", "gemini", "iflow", "opencode");
        try (RunningServer server = home.start(Map.of("UI_BASIC_AUTH_PASSWORD", "not-for-children"))) {
            JsonNode codex = start(server, "codex");
            eventually(() -> Files.exists(home.agentHome().resolve("pwd")));
            assertThat(home.agentHome().resolve("argv"))
                    .hasContent("--sandbox workspace-write --ask-for-approval never -c features.shell_tool=false"
                            + " -c features.unified_exec=false --no-daemon");
            String folder = codex.get("cwd").stringValue();
            assertThat(home.agentHome().resolve("pwd")).hasContent(folder);
            assertThat(Files.readString(home.agentHome().resolve("env")))
                    .contains(
                            "TERM=xterm-256color",
                            "SKILL_RUNNER_UI_SHELL_SESSION_DIR=" + folder,
                            "SKILL_RUNNER_UI_SHELL_ALLOWED_WRITE_ROOTS=" + folder + ":" + home.agentHome())
                    .doesNotContain("UI_BASIC_AUTH", "not-for-children");
            Path config = home.agentHome().resolve(".codex/config.toml");
            assertThat(Files.readString(config)).contains("[projects.\"" + folder + "\"]");
            assertThat(post(server, "/start", "engine=gemini").statusCode()).isEqualTo(409);
            assertThat(signIn(server).status()).isEqualTo(409);
            assertThat(home.data().resolve("engine_auth_sessions/oauth_proxy"))
                    .satisfiesAnyOf(absent -> assertThat(absent).doesNotExist(), empty -> assertThat(empty)
                            .isEmptyDirectory());
            stop(server);
            assertThat(Files.readString(config)).doesNotContain("projects");

            JsonNode gemini = start(server, "gemini");
            assertThat(gemini.get("sandbox_status").stringValue()).isEqualTo("unsupported");
            eventually(() -> Files.readString(home.agentHome().resolve("argv")).equals("--approval-mode default\n"));
            assertThat(Path.of(gemini.get("cwd").stringValue(), ".gemini/settings.json"))
                    .content()
                    .contains("run_shell_command", "\"sandbox\" : false");
            stop(server);

            JsonNode iflow = start(server, "iflow");
            assertThat(iflow.get("sandbox_status").stringValue()).isEqualTo("unsupported");
            assertThat(iflow.get("sandbox_message").stringValue()).isNotEmpty();
            assertThat(iflow.get("status").stringValue()).isEqualTo("running");
            stop(server);

            JsonNode opencode = start(server, "opencode");
            assertThat(Path.of(opencode.get("cwd").stringValue(), "opencode.json"))
                    .content()
                    .contains("\"permission\" : \"deny\"");
            stop(server);
            assertThat(signIn(server).status()).isEqualTo(200);
            assertThat(post(server, "/start", "engine=codex").statusCode()).isEqualTo(409);
            assertNobodyCarries(codex, gemini, iflow, opencode);
        }
    }

    @Test
    void a_session_is_typed_in_flooded_interrupted_and_stopped_with_all_it_began() throws Exception {
        EngineHome home = home("codex");
        try (RunningServer server = home.start(Map.of())) {
            JsonNode begun = start(server, "codex");
            TerminalLine line = TerminalLine.open(client, server.port(), ticket(server));
            line.await("ready");
            line.resize(91, 17);
            line.type("stty size\r");
            line.await("17 91");

            // 20 MB, and a page that draws all of it.
            line.type("head -c 20000000 /dev/zero | tr '\\0' x; echo; echo all of it: $((20 + 22))\r");
            line.await("all of it: 42", 20_000_000);

            line.type("yes\r");
            line.await("y\r\ny\r\ny");
            line.type(CTRL_C);
            line.type("echo calm: $((20 + 22))\r");
            line.await("calm: 42");

            // A page that is loaded anew goes on, and sees what was there.
            line.leave();
            eventually(() -> {
                TerminalLine next = TerminalLine.open(client, server.port(), ticket(server));
                return next.isOpen() && next.await("calm: 42");
            });

            TerminalLine other = TerminalLine.takeOver(client, server.port(), ticket(server));
            other.type(
                    "(setsid sh -c 'exec sleep 1000' </dev/null >/dev/null 2>&1 &) ; trap '' TERM; echo begun: $?\r");
            other.await("begun: 0");

            JsonNode stopped = stop(server);

            assertThat(stopped.get("status").stringValue()).isEqualTo("terminated");
            assertThat(other.closed()).isEqualTo(1000);
            assertNobodyCarries(begun);
        }
    }

    @Test
    void what_a_killed_server_showed_is_ended_by_the_next_which_can_begin_at_once() throws Exception {
        EngineHome home = home("codex");
        JsonNode begun;
        // A namespace would end with its terminal, before anybody has to come.
        try (RunningServer server = home.start(Map.of("SKILL_RUNNER_PID_NAMESPACES", "false"))) {
            begun = start(server, "codex");
            TerminalLine line = TerminalLine.open(client, server.port(), ticket(server));
            line.await("ready");
            line.type("trap '' HUP TERM; (setsid sleep 1000 </dev/null >/dev/null 2>&1 &); echo deaf: $?\r");
            line.await("deaf: 0");
            server.kill();
        }
        assertThat(carriers(begun)).isNotEmpty();

        try (RunningServer server = home.start(Map.of())) {
            assertNobodyCarries(begun);
            assertThat(Files.readString(home.agentHome().resolve(".codex/config.toml")))
                    .doesNotContain("projects");
            assertThat(get(server, "").body()).isEqualTo("{\"active\":false}");

            JsonNode next = start(server, "codex");
            // Ended from outside: nobody has to ask for it to be free.
            ProcessHandle.of(next.get("pid").asLong()).orElseThrow().destroyForcibly();
            eventually(() -> signIn(server).status() == 200);
            assertThat(WireFormat.mapper()
                            .readTree(get(server, "").body())
                            .get("status")
                            .stringValue())
                    .isEqualTo("exited");
            assertThat(get(server, "").body()).isEqualTo("{\"active\":false}");
            assertNobodyCarries(next);
        }
    }

    @Test
    void ttyd_shows_it_where_the_operator_wants_that() throws Exception {
        EngineHome home = home("codex");
        program(home.programs().resolve("ttyd"), "#!/bin/sh\nprintf '%s\\n' \"$*\" >\"$HOME/ttyd\"\nexec sleep 1000\n");
        try (RunningServer server = home.start(Map.of("UI_SHELL_GATEWAY", "ttyd"))) {
            JsonNode begun = start(server, "codex");

            int port = begun.get("ttyd_port").asInt();
            assertThat(begun.get("gateway").stringValue()).isEqualTo("ttyd");
            assertThat(begun.get("terminal_url").isNull()).isTrue();
            assertThat(begun.get("ttyd_bind_host").stringValue()).isEqualTo("127.0.0.1");
            eventually(() -> Files.exists(home.agentHome().resolve("ttyd")));
            assertThat(home.agentHome().resolve("ttyd"))
                    .content()
                    .startsWith("--writable -i 127.0.0.1 -p " + port + " -w "
                            + begun.get("cwd").stringValue() + " -- ")
                    .contains("/codex --sandbox workspace-write");
            assertThat(server.client().get("/ui/engines/tui/terminal").status()).isEqualTo(404);
            stop(server);
            assertNobodyCarries(begun);
        }
    }

    private EngineHome home(String... engines) throws IOException {
        EngineHome home = new EngineHome(root);
        for (String engine : engines) {
            program(home.programs().resolve(engine), SHELL);
        }
        return home;
    }

    private static void program(Path file, String text) throws IOException {
        Files.writeString(file, text);
        assertThat(file.toFile().setExecutable(true)).isTrue();
    }

    private JsonNode start(RunningServer server, String engine) throws Exception {
        HttpResponse<String> answer = post(server, "/start", "engine=" + engine);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return WireFormat.mapper().readTree(answer.body());
    }

    private JsonNode stop(RunningServer server) throws Exception {
        return WireFormat.mapper().readTree(post(server, "/stop", "").body());
    }

    private String ticket(RunningServer server) throws Exception {
        return WireFormat.mapper()
                .readTree(post(server, "/ticket", "").body())
                .get("ticket")
                .stringValue();
    }

    private static ApiClient.Answer signIn(RunningServer server) throws Exception {
        return server.client()
                .post(
                        "/v1/engines/auth/oauth-proxy/sessions",
                        Map.of(
                                "engine",
                                "opencode",
                                "transport",
                                "oauth_proxy",
                                "auth_method",
                                "api_key",
                                "provider_id",
                                "deepseek"));
    }

    private HttpResponse<String> get(RunningServer server, String path) throws Exception {
        return client.send(HttpRequest.newBuilder(address(server, path)).build(), HttpResponse.BodyHandlers.ofString());
    }

    private HttpResponse<String> post(RunningServer server, String path, String form) throws Exception {
        return client.send(
                HttpRequest.newBuilder(address(server, path))
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form, StandardCharsets.UTF_8))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
    }

    private static URI address(RunningServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + SESSION + path);
    }

    private static void assertNobodyCarries(JsonNode... sessions) throws IOException {
        for (JsonNode session : sessions) {
            assertThat(carriers(session)).isEmpty();
        }
    }

    private static List<Long> carriers(JsonNode session) throws IOException {
        return Processes.carrying(
                "SKILL_RUNNER_ATTEMPT=terminal-" + session.get("session_id").stringValue());
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(20))
                .atMost(Duration.ofSeconds(60))
                .until(condition);
    }
}
