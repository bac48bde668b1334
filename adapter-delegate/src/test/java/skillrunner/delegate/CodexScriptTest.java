package skillrunner.delegate;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CodexScriptTest extends ScriptTest {
    private static final String AUTH = ".codex/auth.json";
    private static final String DEVICE =
            "\r\nWelcome to Codex [v\u001b[90m0.169.0\u001b[0m]\r\n\r\n1. Open this link\r\n"
                    + "   \u001b[94mhttps://auth.openai.com/codex/device\u001b[0m\r\n\r\n2. Enter this one-time code \u001b[90m"
                    + "(expires in 15 minutes)\u001b[0m\r\n   \u001b[94mABCD-12345\u001b[0m\r\n\r\n";

    private static final String ASKED =
            "{\"id\":1,\"result\":{}}\r\n{\"id\":2,\"result\":{\"authUrl\":\"https://auth.openai.com/x\"}}\r\n";

    private static String completed(String error) {
        return "{\"method\":\"account/login/completed\",\"params\":{\"success\":false,\"error\":\"" + error
                + "\"}}\r\n";
    }

    @Test
    void a_cli_that_knows_the_protocol_is_asked_by_it() {
        begin(SignInMethod.AUTH_CODE_OR_URL);
        assertThat(fixture.program().program().command()).endsWith("app-server");
        assertThat(fixture.typed()).contains("\"initialize\"").endsWith("\n");
        fixture.shows("WARNING: something\r\n{\"id\":1,\"result\":{\"userAgent\":\"x\"}}\r\n");
        assertThat(fixture.typed()).contains("\"account/login/start\"", "chatgptDeviceCode");
        fixture.shows("{\"id\":2,\"result\":{\"type\":\"chatgptDeviceCode\",\"loginId\":\"l\",\"verificationUrl\":"
                + "\"https://auth.openai.com/codex/device\",\"userCode\":\"ABCD-12345\"}}\r\n");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.now().session().prompt().userCode()).contains("ABCD-12345");
        fixture.put(AUTH, "{}");
        fixture.shows("{\"method\":\"account/login/completed\",\"params\":{\"success\":true,\"loginId\":\"l\"}}\r\n");
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.program().closed()).isTrue();
    }

    @Test
    void the_protocol_tells_of_a_failure_and_its_word_alone_is_no_success() {
        begin(SignInMethod.CALLBACK);
        fixture.shows(
                "{\"id\":1,\"result\":{}}\r\n{\"id\":2,\"result\":{\"authUrl\":\"https://auth.openai.com/x\"}}\r\n");
        fixture.shows(
                "{\"method\":\"account/login/completed\",\"params\":{\"success\":false,\"error\":\"denied\"}}\r\n");
        assertThat(fixture.error()).isEqualTo("PROVIDER_REFUSED: the sign-in failed: denied");
        fixture.put(AUTH, "{}");
        begin(SignInMethod.CALLBACK);
        fixture.shows(
                "{\"id\":1,\"result\":{}}\r\n{\"id\":2,\"result\":{\"authUrl\":\"https://auth.openai.com/x\"}}\r\n");
        fixture.shows("{\"method\":\"account/login/completed\",\"params\":{\"success\":true}}\r\n");
        fixture.pass(Duration.ofSeconds(6));
        assertThat(fixture.error()).startsWith("CREDENTIALS_UNCHANGED");
    }

    @Test
    void what_fails_behind_the_sign_in_is_a_warning_where_the_credentials_are_there() {
        begin(SignInMethod.CALLBACK);
        fixture.shows(ASKED);
        fixture.put(AUTH, "{}");
        fixture.shows(completed("workspace routing discovery failed"));

        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.now().session().error()).isEmpty();
        assertThat(fixture.now().notes())
                .containsEntry(
                        "warning",
                        "codex is signed in, and could not find out about its workspace, which each run tries again: workspace"
                                + " routing discovery failed");

        begin(SignInMethod.CALLBACK);
        fixture.shows(ASKED + completed("workspace routing discovery failed"));

        assertThat(fixture.error()).startsWith("PROVIDER_REFUSED: ").endsWith("workspace routing discovery failed");
        assertThat(fixture.now().notes()).doesNotContainKey("warning");
    }

    @Test
    void any_other_failure_is_one_and_says_whether_the_credentials_are_others() {
        begin(SignInMethod.CALLBACK);
        fixture.shows(ASKED);
        fixture.put(AUTH, "{}");
        fixture.shows(completed("denied"));

        assertThat(fixture.error())
                .isEqualTo(
                        "PROVIDER_REFUSED: the sign-in failed: denied; the credentials have changed meanwhile nevertheless");
    }

    @Test
    void one_that_does_not_is_driven_by_its_screen() {
        begin(SignInMethod.AUTH_CODE_OR_URL);
        fixture.shows("error: unrecognized subcommand 'app-server'\r\n").exits(2);
        assertThat(fixture.program().program().command()).endsWith("login", "--device-auth");
        fixture.shows(DEVICE);
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo("https://auth.openai.com/codex/device");
        assertThat(fixture.now().session().prompt().userCode()).contains("ABCD-12345");
        assertThat(fixture.now().session().prompt().input()).isEmpty();
        assertThat(fixture.typed()).isEmpty();
        fixture.put(AUTH, "{}");
        fixture.shows("Successfully logged in\r\n").exits(0);
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.now().session().exitCode()).contains(0);
    }

    @Test
    void so_is_one_that_answers_nothing_or_can_not_begin() {
        begin(SignInMethod.AUTH_CODE_OR_URL);
        fixture.shows("hello").pass(Duration.ofSeconds(9));
        assertThat(fixture.consoles.started()).hasSize(2);
        assertThat(fixture.consoles.started().get(0).closed()).isTrue();
        fixture.cancel();
        begin(SignInMethod.AUTH_CODE_OR_URL);
        fixture.shows("{\"id\":1,\"result\":{}}\r\n{\"id\":2,\"error\":{\"code\":-32601,\"message\":\"unknown\"}}\r\n");
        assertThat(fixture.program().program().command()).endsWith("login", "--device-auth");
    }

    @Test
    void a_failure_with_old_credentials_is_one() {
        fixture.put(AUTH, "{\"old\":true}");
        begin(SignInMethod.AUTH_CODE_OR_URL);
        fixture.exits(2);
        fixture.shows("Error logging in: error sending request\r\n").exits(1);
        assertThat(fixture.error())
                .isEqualTo("CLI_ENDED: the CLI ended with 1: Error logging in: error sending request");
        assertThat(fixture.now().session().exitCode()).contains(1);
    }

    @Test
    void what_is_pasted_is_brought_to_the_clis_own_port_and_nowhere_else() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer cli = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        HttpServer other = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        cli.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            boolean first = exchange.getRequestURI().getPath().equals("/auth/callback");
            exchange.getResponseHeaders()
                    .set("Location", first ? "/success?needs_setup=false" : "http://" + place(other) + "/elsewhere");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        cli.start();
        other.createContext("/", exchange -> {
            asked.add("another program");
            exchange.close();
        });
        other.start();
        try {
            begin(SignInMethod.CALLBACK);
            fixture.exits(2);
            String listener = place(cli) + "/auth/callback";
            fixture.shows("Starting local login server on http://localhost:1455.\r\nNavigate to this URL:\r\n\r\n"
                    + "https://auth.openai.com/oauth/authorize?response_type=code&redirect_uri=http%3A%2F%2F"
                    + listener.replace(":", "%3A").replace("/", "%2F") + "&state=the-state&originator=codex\r\n\r\n"
                    + "On a remote or headless machine? Use `codex login --device-auth` instead.\r\n");
            assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
            refused("http://evil.example/auth/callback?code=c&state=the-state");
            refused("http://localhost:1455/auth/callback?code=c&state=another");
            refused("http://localhost:1455/auth/callback?error=denied");
            refused(" http://evil.example/auth/callback?code=c&state=the-state");
            refused("http://localhost@evil.example/auth/callback?code=c&state=the-state");
            refused("http://localhost.evil.example:1455/auth/callback?code=c&state=the-state");
            refused("https://localhost:1455/auth/callback?code=c&state=the-state");
            refused("http://localhost:1455/auth/callback?code=c&state=%ZZ&state=another");
            refused("http://localhost:1455/auth/callback?code=" + "c".repeat(9000) + "&state=the-state");
            assertThat(asked).isEmpty();
            assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
            fixture.submit("http://localhost:1455/auth/callback?code=the%2Bcode&state=the-state");
            assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("/auth/callback?code=the%2Bcode&state=the-state");
            // codex ends when somebody has seen its last page.
            assertThat(asked.poll(10, TimeUnit.SECONDS)).isEqualTo("/success?needs_setup=false");
            fixture.settle();
            assertThat(asked).isEmpty();
            assertThat(fixture.status()).isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
            assertThat(fixture.typed()).isEmpty();
            fixture.put(AUTH, "{}");
            fixture.exits(0);
            assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        } finally {
            cli.stop(0);
            other.stop(0);
        }
    }

    private static String place(HttpServer server) {
        return "127.0.0.1:" + server.getAddress().getPort();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "redirect_uri=http%3A%2F%2F10.0.0.1%2Fauth%2Fcallback&state=the-state",
                "redirect_uri=http%3A%2F%2Flocalhost%40evil.example%2F&state=the-state",
                "redirect_uri=http%3A%2F%2Fx%3Ay%40127.0.0.1%2F&state=the-state",
                "redirect_uri=%20http%3A%2F%2F127.0.0.1%3A1%2F&state=the-state",
                "redirect_uri=file%3A%2F%2Flocalhost%2Fetc%2Fpasswd&state=the-state",
                "redirect_uri=http%3A%2F%2F127.0.0.1%ZZ&state=the-state",
                "redirect_uri=http%3A%2F%2F127.0.0.1%2F%3Cscript%3E&state=the-state",
                "redirect_uri=&state=the-state",
                "state=the-state",
            })
    void whatever_a_cli_says_of_its_listener_no_other_place_is_called(String page) {
        begin(SignInMethod.CALLBACK);
        fixture.exits(2);
        fixture.shows("Starting local login server on http://localhost:1455.\r\nNavigate to this URL:\r\n\r\n"
                + "https://auth.openai.com/oauth/authorize?response_type=code&" + page + "&originator=codex\r\n\r\n"
                + "On a remote or headless machine? Use `codex login --device-auth` instead.\r\n");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);

        refused("http://localhost:1455/auth/callback?code=c&state=the-state");
        refused("c");

        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
    }

    @Test
    void the_folder_is_trusted_as_long_as_it_lasts() {
        begin(SignInMethod.CALLBACK);
        assertThat(fixture.trusted(EngineId.CODEX))
                .containsExactly(
                        fixture.folder().toString(),
                        String.valueOf(fixture.folder().getParent()));
        fixture.cancel();
        assertThat(fixture.trusted(EngineId.CODEX)).isEmpty();
    }

    private void begin(SignInMethod method) {
        fixture.start(EngineId.CODEX, method);
    }

    private void refused(String pasted) {
        assertThatThrownBy(() -> fixture.submit(pasted))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        it -> assertThat(it.refusal().code()).isEqualTo(ErrorCode.INPUT_REFUSED));
    }
}
