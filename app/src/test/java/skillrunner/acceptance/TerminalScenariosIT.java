package skillrunner.acceptance;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What was promised of the engines' own interfaces on their page, a test for each promise, on one server with programs that stand in for
 * the engines. That ttyd can show them is {@link TerminalIT#ttyd_shows_it_where_the_operator_wants_that}.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalScenariosIT {
    private static final String SESSION = "/ui/engines/tui/session";

    /** Says how it was started. */
    private static final String PROGRAM =
            """
            case "$*" in
              *--help*) exit 0 ;;
              --version) echo 1.0.0; exit 0 ;;
            esac
            echo "$*" >"$PWD/argv.new" && mv "$PWD/argv.new" "$PWD/argv"
            exec sleep 1000
            """;

    private final HttpClient client = HttpClient.newHttpClient();
    private EngineHome home;
    private RunningServer server;

    @BeforeAll
    void begin(@TempDir Path root) throws IOException {
        home = new EngineHome(root);
        for (EngineId engine : EngineId.BUILT_IN) {
            home.global(engine, PROGRAM);
        }
        server = home.start();
    }

    @AfterAll
    void end() {
        server.close();
    }

    /** A test that failed leaves no session to the next. */
    @AfterEach
    void stopTerminal() {
        post("/stop", "");
    }

    @Test
    void the_page_has_a_button_for_each_engine_and_the_terminal_below_them() {
        String page = server.client().get("/ui/engines?table=now").body();

        int last = 0;
        for (EngineId engine : EngineId.BUILT_IN) {
            assertThat(page).containsOnlyOnce("data-tui-start=\"" + engine + "\"");
            last = Math.max(last, page.indexOf("data-tui-start=\"" + engine + "\""));
        }
        assertThat(page.indexOf("id=\"tui-frame\"")).isGreaterThan(last);
    }

    @Test
    void one_session_is_active_at_a_time() {
        JsonNode first = started("codex");

        assertThat(post("/start", "engine=opencode").status()).isEqualTo(409);
        assertThat(post("/start", "engine=codex").status()).isEqualTo(409);
        assertThat(session().get("session_id")).isEqualTo(first.get("session_id"));
        post("/stop", "");
        assertThat(session().get("active").booleanValue()).isFalse();
        started("opencode");
    }

    @Test
    void a_start_tells_what_keeps_the_tools_from_the_machine_and_is_not_refused_for_it() {
        for (EngineId engine : EngineId.BUILT_IN) {
            JsonNode begun = started(engine.wire());
            assertThat(begun.get("sandbox_status").stringValue()).isIn("supported", "unsupported");
            assertThat(begun.has("sandbox_message")).isTrue();
            assertThat(begun.get("status").stringValue()).isEqualTo("running");
            post("/stop", "");
        }
    }

    @Test
    void gemini_is_started_in_its_sandbox_where_containers_can_be_started_and_without_it_elsewhere()
            throws IOException {
        JsonNode bare = started("gemini");
        assertThat(bare.get("sandbox_status").stringValue()).isEqualTo("unsupported");
        assertThat(bare.get("sandbox_reason").stringValue()).isEqualTo("no_containers");
        assertThat(bare.get("sandbox_message").stringValue()).contains("neither docker nor podman is installed");
        assertThat(arguments(bare)).doesNotContain("--sandbox");
        post("/stop", "");
        Path docker = home.global(new EngineId("docker"), "test \"$1\" = info");
        try {
            JsonNode boxed = started("gemini");
            assertThat(boxed.get("sandbox_status").stringValue()).isEqualTo("supported");
            assertThat(arguments(boxed)).startsWith("--sandbox ");
        } finally {
            Files.delete(docker);
        }
    }

    @Test
    void iflow_runs_outside_a_sandbox_and_warns() throws IOException {
        Path docker = home.global(new EngineId("docker"), "exit 0");
        try {
            JsonNode begun = started("iflow");
            assertThat(begun.get("sandbox_status").stringValue()).isEqualTo("unsupported");
            assertThat(begun.get("sandbox_message").stringValue()).isNotBlank();
            assertThat(arguments(begun)).doesNotContain("sandbox");
            assertThat(file(begun, ".iflow/settings.json")).contains("\"sandbox\" : false");
        } finally {
            Files.delete(docker);
        }
    }

    @Test
    void every_engine_is_started_without_its_shell() throws IOException {
        assertThat(arguments(started("codex")))
                .contains("-c features.shell_tool=false", "-c features.unified_exec=false");
        post("/stop", "");
        assertThat(file(started("gemini"), ".gemini/settings.json")).contains("run_shell_command", "ShellTool");
        post("/stop", "");
        assertThat(file(started("iflow"), ".iflow/settings.json")).contains("ShellTool");
        post("/stop", "");
        assertThat(file(started("opencode"), "opencode.json")).contains("\"permission\" : \"deny\"");
    }

    /** A run gives its engine every right and its own settings; the terminal's neither have them nor change those of the home. */
    @Test
    void settings_of_a_session_are_its_own_and_not_those_of_runs() throws IOException {
        for (EngineId engine : EngineId.BUILT_IN) {
            JsonNode begun = started(engine.wire());
            assertThat(arguments(begun)).doesNotContain("yolo", "danger", "bypass", "exec ", "--auto");
            Path folder = Path.of(begun.get("cwd").stringValue());
            assertThat(folder).isEqualTo(home.data().toRealPath().resolve("ui_shell_sessions/" + folder.getFileName()));
            post("/stop", "");
        }
        assertThat(home.agentHome().resolve(".gemini/settings.json"))
                .satisfiesAnyOf(
                        absent -> assertThat(absent).doesNotExist(),
                        own -> assertThat(own).content().doesNotContain("ShellTool"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"/input", "/resize"})
    void typing_and_resizing_over_http_is_gone(String path) {
        started("codex");

        assertThat(post(path, "text=x").status()).isEqualTo(410);
        assertThat(session().get("status").stringValue()).isEqualTo("running");
    }

    @Test
    void the_shell_that_once_was_is_not_there() {
        assertThat(server.client().get("/ui/engines/auth-shell").status()).isEqualTo(404);
    }

    @Test
    void what_is_no_engine_is_refused_and_begins_nothing() {
        for (String form : List.of("engine=bash", "engine=", "", "engine=..%2Fcodex", "engine=codex%20--version")) {
            assertThat(post("/start", form).status()).as(form).isEqualTo(400);
        }
        assertThat(session().get("active").booleanValue()).isFalse();
    }

    /** The screen is kept while the session lasts, for its owner only, and where its engine does not work. */
    @Test
    void a_reload_draws_from_a_file_that_goes_with_the_session() throws IOException {
        home.global(
                new EngineId("codex"),
                "case \"$*\" in *--*help*|--version) exit 0;; esac\n"
                        + "head -c 2000000 /dev/zero | tr '\\0' x; printf 'all of it'; exec sleep 1000\n");
        try {
            JsonNode begun = started("codex");
            Path folder = Path.of(begun.get("cwd").stringValue());
            Path screen = folder.resolveSibling(folder.getFileName() + ".screen");
            for (int load = 0; load < 3; load++) {
                TerminalLine page = TerminalLine.takeOver(client, server.port(), ticket());
                assertThat(page.await("all of it")).isTrue();
                page.leave();
            }
            assertThat(screen).isRegularFile();
            assertThat(Files.size(screen)).isEqualTo(512 * 1024);
            assertThat(Files.getPosixFilePermissions(screen)).hasSize(2);
            post("/stop", "");
            assertThat(screen).doesNotExist();
        } finally {
            home.global(new EngineId("codex"), PROGRAM);
        }
    }

    private JsonNode started(String engine) {
        ApiClient.Answer answer = post("/start", "engine=" + engine);
        assertThat(answer.status()).as(answer.body()).isEqualTo(200);
        return answer.json();
    }

    private ApiClient.Answer post(String path, String form) {
        return server.client().form(SESSION + path, form);
    }

    private JsonNode session() {
        return server.client().get(SESSION).json();
    }

    private String ticket() {
        return post("/ticket", "").json().get("ticket").stringValue();
    }

    private static String arguments(JsonNode session) throws IOException {
        Path argv = Path.of(session.get("cwd").stringValue(), "argv");
        Awaitility.await().until(() -> Files.exists(argv));
        return Files.readString(argv);
    }

    private static String file(JsonNode session, String path) throws IOException {
        return Files.readString(Path.of(session.get("cwd").stringValue(), path));
    }
}
