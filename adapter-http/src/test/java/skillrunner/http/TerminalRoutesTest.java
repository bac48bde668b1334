package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.console.ConsoleSize;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/** The terminal session, its page and its socket. */
@Timeout(120)
class TerminalRoutesTest extends EngineTestBed {
    private static final String SESSION = "/ui/engines/tui/session";
    private static final String PAGE = "/ui/engines/tui/terminal";

    TerminalRoutesTest(@TempDir Path temporary) {
        super(temporary, Set.of(), false);
    }

    @BeforeEach
    void install() {
        programs.install("codex");
    }

    @Test
    void a_session_begins_is_told_and_is_stopped() throws Exception {
        assertThat(get(SESSION).body()).isEqualTo("{\"active\":false}");

        JsonNode begun = started();

        assertThat(begun.get("engine").stringValue()).isEqualTo("codex");
        assertThat(begun.get("command_id").stringValue()).isEqualTo("codex-tui");
        assertThat(begun.get("status").stringValue()).isEqualTo("running");
        assertThat(begun.get("gateway").stringValue()).isEqualTo("embedded");
        assertThat(begun.get("terminal_url").stringValue()).isEqualTo(PAGE);
        assertThat(begun.get("ttyd_port").isNull()).isTrue();
        assertThat(begun.get("ttyd_bind_host").isNull()).isTrue();
        assertThat(begun.get("sandbox_status").stringValue()).isEqualTo("unsupported");
        assertThat(begun.has("sandbox_reason")).isTrue();
        assertThat(begun.get("sandbox_message").stringValue()).isNotEmpty();
        assertThat(begun.get("hard_ttl_sec").asInt()).isEqualTo(1800);
        assertThat(begun.get("session_dir")).isEqualTo(begun.get("cwd"));
        assertThat(begun.get("agent_home").stringValue()).isEqualTo("/home");
        assertThat(begun.get("terminal").asBoolean()).isFalse();
        JsonNode told = tree(get(SESSION).body());
        assertThat(told.get("active").asBoolean()).isTrue();
        assertThat(told.has("session_dir")).isFalse();

        assertThat(tree(post(SESSION + "/stop", List.of()).body()).get("status").stringValue())
                .isEqualTo("terminated");
        assertThat(post(SESSION + "/stop", List.of()).body()).isEqualTo("{\"active\":false}");
        assertThat(get(SESSION).body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void how_a_program_ended_is_told_once() throws Exception {
        started();
        consoles.last().exits(4);
        eventually(() -> consoles.last().closed());

        JsonNode ended = tree(get(SESSION).body());
        assertThat(ended.get("status").stringValue()).isEqualTo("exited");
        assertThat(ended.get("exit_code").asInt()).isEqualTo(4);
        assertThat(ended.get("terminal").asBoolean()).isTrue();
        assertThat(ended.get("active").asBoolean()).isTrue();
        assertThat(get(SESSION).body()).isEqualTo("{\"active\":false}");
    }

    @Test
    void what_can_not_begin_is_refused_with_a_problem() throws Exception {
        problem(post(SESSION + "/start", List.of()), 400, "REQUEST_INVALID");
        problem(post(SESSION + "/start", List.of("engine", "bash")), 400, "REQUEST_INVALID");
        problem(postJson(SESSION + "/start", "{\"engine\":\"codex\"}"), 415, "CONTENT_TYPE_UNSUPPORTED");
        problem(post(SESSION + "/start", List.of("engine", "gemini")), 500, "ENGINE_CLI_MISSING");
        assertThat(post(SESSION + "/start", List.of("engine", " CODEX ")).statusCode())
                .isEqualTo(200);
        problem(post(SESSION + "/start", List.of("engine", "codex")), 409, "SESSION_CONFLICT");
        HttpResponse<String> signIn = postJson(
                "/v1/engines/auth/oauth-proxy/sessions",
                "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}");
        problem(signIn, 409, "SESSION_CONFLICT");
        assertThat(signInRecords.sessions()).isEmpty();
    }

    @Test
    void addresses_of_old_are_gone_whatever_is_sent() throws Exception {
        for (String old : List.of("/input", "/resize")) {
            problem(post(SESSION + old, List.of()), 410, "LEGACY_ROUTE_GONE");
            problem(postJson(SESSION + old, "{\"data\":\"x\"}"), 410, "LEGACY_ROUTE_GONE");
            problem(postJson(SESSION + old, "{broken"), 410, "LEGACY_ROUTE_GONE");
        }
        assertThat(get("/ui/engines/auth-shell").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_is_there_while_a_session_is_and_only_this_server_may_frame_it() throws Exception {
        assertThat(get(PAGE).statusCode()).isEqualTo(404);
        problem(post(SESSION + "/ticket", List.of()), 404, "SESSION_NOT_FOUND");
        started();

        HttpResponse<String> page = get(PAGE);

        assertThat(page.statusCode()).isEqualTo(200);
        String policy = page.headers().firstValue("Content-Security-Policy").orElseThrow();
        assertThat(policy)
                .contains("frame-ancestors 'self'", "script-src 'self';")
                .doesNotContain("unsafe-inline");
        Matcher nonce = Pattern.compile("style-src 'self' 'nonce-([^']+)'").matcher(policy);
        assertThat(nonce.find()).isTrue();
        assertThat(page.body()).contains(nonce.group(1));
        assertThat(page.headers().firstValue("X-Frame-Options")).contains("SAMEORIGIN");
        assertThat(page.headers().firstValue("Cache-Control")).contains("no-store");
        assertThat(get(PAGE).headers().firstValue("Content-Security-Policy").orElseThrow())
                .doesNotContain(nonce.group(1));
        for (Matcher asset =
                        Pattern.compile("(?:src|href)=\"(/ui/assets/[^\"]+)\"").matcher(page.body());
                asset.find(); ) {
            assertThat(get(asset.group(1)).statusCode()).as(asset.group(1)).isEqualTo(200);
        }
        assertThat(get("/ui/engines")
                        .headers()
                        .firstValue("Content-Security-Policy")
                        .orElseThrow())
                .endsWith("frame-src 'self'");
    }

    @Test
    void a_socket_needs_a_ticket_that_is_new_and_of_this_session() throws Exception {
        started();
        String ticket = ticket();

        assertThat(open("").closed()).isEqualTo(1008);
        assertThat(open("?ticket=guessed").closed()).isEqualTo(1008);
        TestSocket first = open("?ticket=" + ticket);
        eventually(() -> !first.texts().isEmpty());
        assertThat(open("?ticket=" + ticket).closed()).isEqualTo(1008);
        String late = ticket();
        clock.advance(Duration.ofSeconds(61));
        assertThat(open("?take_over=true&ticket=" + late).closed()).isEqualTo(1008);
        assertThat(first.isClosed()).isFalse();

        String other = ticket();
        post(SESSION + "/stop", List.of());
        started();
        assertThat(open("?ticket=" + other).closed()).isEqualTo(1000);
    }

    @Test
    void a_page_of_another_site_gets_no_socket() throws Exception {
        started();
        String ticket = ticket();

        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> open("?ticket=" + ticket, "Origin", "https://elsewhere.example"));
        assertThatExceptionOfType(CompletionException.class)
                .isThrownBy(() -> open("?ticket=" + ticket, "Sec-Fetch-Site", "cross-site"));

        TestSocket own = open("?ticket=" + ticket);
        eventually(() -> !own.texts().isEmpty());
    }

    @Test
    void a_socket_tells_the_state_then_what_was_and_is_written_and_the_end() throws Exception {
        started();
        consoles.last().prints("before ");
        eventually(() -> consoles.last().unread() == 0);
        TestSocket socket = look();
        consoles.last().prints("after");
        eventually(() -> socket.bytes().equals("before after"));

        JsonNode state = tree(socket.texts().get(0));
        assertThat(state.get("type").stringValue()).isEqualTo("state");
        assertThat(state.get("status").stringValue()).isEqualTo("running");
        assertThat(state.get("recorded_bytes").asInt()).isEqualTo(7);
        assertThat(state.get("recorded_cut").asBoolean()).isFalse();

        consoles.last().exits(2);

        assertThat(socket.closed()).isEqualTo(1000);
        assertThat(tree(socket.texts().get(1)))
                .isEqualTo(tree("{\"type\":\"exit\",\"status\":\"exited\",\"exit_code\":2,\"error\":null}"));
    }

    @Test
    void keys_and_sizes_arrive_and_nonsense_does_not() throws Exception {
        started();
        TestSocket socket = look();

        socket.send("{\"type\":\"resize\",\"cols\":0,\"rows\":-1}");
        socket.send("{\"type\":\"resize\",\"cols\":501,\"rows\":20}");
        socket.send("{\"type\":\"resize\",\"cols\":\"99999999999999999999\",\"rows\":[]}");
        socket.send("{\"type\":\"paint\"}");
        socket.send("[]");
        socket.send("no json");
        socket.send("{\"type\":\"resize\",\"cols\":1e2147483648,\"rows\":1}");
        socket.send("{\"type\":\"ack\",\"bytes\":9223372036854775807}");
        socket.send("keys".getBytes(StandardCharsets.UTF_8));
        eventually(() -> consoles.last().typed().equals("keys"));
        assertThat(consoles.last().size()).isEqualTo(ConsoleSize.USUAL);

        socket.send("{\"type\":\"resize\",\"cols\":91,\"rows\":17}");
        eventually(() -> consoles.last().size().equals(new ConsoleSize(91, 17)));
    }

    @Test
    void more_at_once_than_anybody_types_closes_the_socket_and_not_the_session() throws Exception {
        started();
        TestSocket socket = look();

        try {
            socket.send(new byte[128 * 1024]);
        } catch (CompletionException e) {
            // The server was faster.
            assertThat(e).hasMessageContaining("");
        }

        eventually(socket::isClosed);
        assertThat(consoles.last().typed()).isEmpty();
        assertThat(tree(get(SESSION).body()).get("status").stringValue()).isEqualTo("running");
        look();
    }

    @Test
    void a_second_page_takes_over_only_if_it_says_so() throws Exception {
        started();
        TestSocket first = look();

        assertThat(open("?ticket=" + ticket()).closed()).isEqualTo(4002);
        assertThat(first.isClosed()).isFalse();
        TestSocket second = open("?take_over=true&ticket=" + ticket());

        assertThat(first.closed()).isEqualTo(4001);
        eventually(() -> !second.texts().isEmpty());
        second.send(new byte[] {'y'});
        eventually(() -> consoles.last().typed().equals("y"));
    }

    @Test
    void who_leaves_or_vanishes_lets_the_session_go_on_for_the_next() throws Exception {
        started();
        TestSocket first = look();
        first.leave();
        TestSocket second = look();
        second.vanish();

        TestSocket third = look();
        consoles.last().prints("still there");

        eventually(() -> third.bytes().equals("still there"));
    }

    @Test
    void a_page_that_draws_nothing_holds_the_program_back() throws Exception {
        started();
        TestSocket socket = look();
        consoles.last().prints(new byte[4 << 20]);

        eventually(() -> socket.count() > 384 * 1024);
        int held = socket.count();
        assertThat(held).isLessThan(512 * 1024);
        assertThat(consoles.last().unread()).isPositive();
        socket.send("{\"type\":\"ack\",\"bytes\":" + held + "}");
        eventually(() -> socket.count() > held);

        assertThat(tree(post(SESSION + "/stop", List.of()).body()).get("status").stringValue())
                .isEqualTo("terminated");
        assertThat(socket.closed()).isEqualTo(1000);
    }

    private JsonNode started() throws Exception {
        HttpResponse<String> answer = post(SESSION + "/start", List.of("engine", "codex"));
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return tree(answer.body());
    }

    private String ticket() throws Exception {
        return tree(post(SESSION + "/ticket", List.of()).body()).get("ticket").stringValue();
    }

    /** A page that looks, once the one before it has gone. */
    private TestSocket look() {
        return Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(
                        () -> {
                            TestSocket socket = open("?ticket=" + ticket());
                            eventually(
                                    () -> socket.isClosed() || !socket.texts().isEmpty());
                            return socket;
                        },
                        socket -> !socket.texts().isEmpty());
    }

    private TestSocket open(String query, String... headers) {
        return socket(SESSION + "/ws" + query, headers);
    }

    private static void problem(HttpResponse<String> answer, int status, String code) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(tree(answer.body()).get("code").stringValue()).isEqualTo(code);
    }

    private static JsonNode tree(String json) {
        return WireFormat.mapper().readTree(json);
    }

    private static void eventually(Callable<Boolean> condition) {
        Awaitility.await()
                .pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(60))
                .until(condition);
    }
}
