package skillrunner.acceptance;

import com.sun.net.httpserver.HttpServer;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.acceptance.ScriptedSignIns.SESSIONS;
import static skillrunner.acceptance.ScriptedSignIns.answer;
import static skillrunner.acceptance.ScriptedSignIns.await;
import static skillrunner.acceptance.ScriptedSignIns.body;
import static skillrunner.acceptance.ScriptedSignIns.cancel;

/** Engines are signed in by programs that a test plays, in real terminals. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelegateSignInIT {
    private static final String CODE = "4/0Athe-code-that-nobody-may-see";
    private static final String TOKEN = "the-token-that-nobody-may-see";
    private static final String ASKS_FOR_CODE =
            """
            raw
            say 'Do you trust the files in this folder?\\r\\n'; key >/dev/null
            say 'How would you like to authenticate for this project?\\r\\n(Use Enter to select)\\r\\n'
            say '  1. Sign in with Google\\r\\n  (checked) 2. Use Gemini API Key\\r\\n'
            key >/dev/null; key >/dev/null; key >/dev/null
            say '  (checked) 1. Sign in with Google\\r\\n  2. Use Gemini API Key\\r\\n'; key >/dev/null
            stty icanon echo
            say 'Please visit the following URL to authorize the application:\\r\\n\\r\\n'
            say 'https://accounts.example.org/o/oauth2/v2/auth?scope=one%%20two&client_id=1234567890\\r\\n'
            say '\\033[1m&code_challenge=Y-Aiiz_ev594js9hXv6gqWmVJ0s2A3E8SLVEOpHdnHc&redirect_uri=0\\033[0m\\r\\n'
            say '&state=3f4f50d7\\r\\n\\r\\nEnter the authorization code: '
            line
            """;
    private static final String PAGE =
            "https://accounts.example.org/o/oauth2/v2/auth?scope=one%20two&client_id=1234567890"
                    + "&code_challenge=Y-Aiiz_ev594js9hXv6gqWmVJ0s2A3E8SLVEOpHdnHc&redirect_uri=0&state=3f4f50d7";

    private ScriptedSignIns programs;
    private RunningServer server;
    private ApiClient api;

    @BeforeAll
    void start(@TempDir Path home) throws Exception {
        programs = new ScriptedSignIns(home);
        server = RunningServer.start(
                home,
                Map.of("PATH", programs.path(), "SKILL_RUNNER_AUTH_SCREEN_PATIENCE_SECONDS", "5", "UI_SECRET", "no"));
        api = server.client();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        assertThat(api.get("/ui/engines/auth/session/active")
                        .json()
                        .get("active")
                        .booleanValue())
                .isFalse();
        programs.awaitNoProgram();
        assertThat(programs.kept()).doesNotContain(CODE, TOKEN);
        assertThat(server.log()).doesNotContain(CODE, TOKEN);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void gemini_is_signed_in_through_its_menus_by_a_code() throws Exception {
        programs.program(
                "gemini",
                ASKS_FOR_CODE + "test \"$answer\" = " + CODE
                        + " && echo '{\"access_token\":\"" + TOKEN + "\",\"refresh_token\":\"" + TOKEN
                        + "\"}' >$HOME/.gemini/oauth_creds.json\n"
                        + "say 'Type your message or @path/to/file\\r\\n'; hang\n");
        programs.put(".gemini/oauth_creds.json", "{\"access_token\":\"old\"}");

        String session = programs.begin(api, "gemini", "auth_code_or_url", "");
        JsonNode asked = await(api, session, "waiting_user");

        assertThat(text(asked, "status")).as(asked.toString()).isEqualTo("waiting_user");
        assertThat(text(asked, "auth_url")).isEqualTo(PAGE);
        assertThat(text(asked, "transport_state_machine")).isEqualTo("cli_delegate_v1");
        assertThat(text(asked, "orchestrator")).isEqualTo("cli_delegate_orchestrator");
        assertThat(text(asked, "execution_mode")).isEqualTo("cli_delegate");
        assertThat(Files.readString(programs.agentHome().resolve("environment")))
                .contains("NO_BROWSER=true", "TERM=xterm-256color")
                .doesNotContain("UI_SECRET", "SKILL_RUNNER_AUTH", "DISPLAY=", "BROWSER=\n");
        ApiClient.Answer submitted = answer(api, session, CODE);
        assertThat(submitted.json().get("accepted").booleanValue())
                .as(submitted.body())
                .isTrue();
        JsonNode ended = await(api, session, "succeeded");
        assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
        Path folder = Path.of(text(ended, "log_root"));
        assertThat(folder.resolve("stdin.log")).content().contains("auto Up", "user kind=text len=" + CODE.length());
        assertThat(folder.resolve("pty.log")).content().contains("Enter the authorization code: ***");
        assertThat(folder.resolve("events.jsonl")).content().contains("waiting_orchestrator", "session_finished");
        assertThat(programs.agentHome().resolve(".gemini/trustedFolders.json")).doesNotExist();
        assertThat(programs.agentHome().resolve(".gemini/oauth_creds.json"))
                .content()
                .contains(TOKEN);
        for (String told : List.of(
                asked.toString(),
                submitted.body(),
                ended.toString(),
                api.get("/v1/engines/auth-status").body(),
                api.get("/v1/management/engines/gemini").body(),
                api.get("/ui/engines").body())) {
            assertThat(told).doesNotContain(CODE, TOKEN);
        }
    }

    @Test
    void codex_without_a_protocol_shows_its_code_and_fails_in_spite_of_old_credentials() throws Exception {
        Path credentials = programs.put(".codex/auth.json", "{\"old\":true}");
        String device = "test \"$1\" = login || exit 2\nsay '1. Open this link\\r\\n   \\033[94m"
                + "https://auth.openai.com/codex/device\\033[0m\\r\\n2. Enter this one-time code\\r\\n   ABCD-12345\\r\\n'\n";
        programs.program("codex", device + "sleep 1; say 'Error logging in\\r\\n'; exit 1\n");
        String session = programs.begin(api, "codex", "auth_code_or_url", "");
        JsonNode asked = await(api, session, "waiting_user");
        assertThat(text(asked, "user_code")).as(asked.toString()).isEqualTo("ABCD-12345");
        assertThat(text(asked, "verification_url")).isEqualTo("https://auth.openai.com/codex/device");
        assertThat(asked.get("input_kind").isNull()).isTrue();
        // Its protocol was tried before, and that attempt ended with 2.
        assertThat(asked.get("exit_code").isNull()).isTrue();
        assertThat(answer(api, session, "something").status()).isEqualTo(400);
        JsonNode failed = await(api, session, "failed");
        assertThat(text(failed, "status")).isEqualTo("failed");
        assertThat(failed.get("exit_code").intValue()).isEqualTo(1);
        assertThat(text(failed, "error_code")).isEqualTo("CLI_ENDED");

        programs.program("codex", device + "echo '{\"new\":true}' >$HOME/.codex/auth.json; exit 0\n");
        JsonNode ended = await(api, programs.begin(api, "codex", "auth_code_or_url", ""), "succeeded");
        assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
        assertThat(credentials).content().contains("new");
    }

    @Test
    void codex_with_a_protocol_is_asked_by_it() throws Exception {
        programs.program(
                "codex",
                """
                test "$1" = app-server || exit 9
                line; say '{"id":1,"result":{"userAgent":"codex"}}\\r\\n'
                line; line
                say '{"id":2,"result":{"type":"chatgptDeviceCode","verificationUrl":"https://a.example/d","userCode":"QWER-TYUI"}}\\r\\n'
                echo '{"by":"protocol"}' >$HOME/.codex/auth.json
                say '{"method":"account/login/completed","params":{"success":true}}\\r\\n'
                hang
                """);
        JsonNode ended = await(api, programs.begin(api, "codex", "auth_code_or_url", ""), "succeeded");
        assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
        assertThat(text(ended, "user_code")).isEqualTo("QWER-TYUI");
    }

    @Test
    void what_a_browser_could_not_bring_is_brought_to_the_program_alone() throws Exception {
        BlockingQueue<String> asked = new LinkedBlockingQueue<>();
        HttpServer listener = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        listener.createContext("/", exchange -> {
            asked.add(exchange.getRequestURI().toString());
            Files.writeString(programs.agentHome().resolve("brought"), "");
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        listener.start();
        try {
            int port = listener.getAddress().getPort();
            programs.program(
                    "codex",
                    "test \"$1\" = login || exit 2\nsay 'Starting local login server on http://localhost:" + port
                            + ".\\r\\nIf your browser did not open, navigate to this URL to authenticate:\\r\\n\\r\\n"
                            + "https://auth.openai.com/oauth/authorize?redirect_uri=http%%3A%%2F%%2F127.0.0.1%%3A"
                            + port
                            + "%%2Fauth%%2Fcallback&state=a-state&originator=x\\r\\n\\r\\nOn a remote machine?\\r\\n'\n"
                            + "while ! test -e $HOME/brought; do sleep 0.1; done\n"
                            + "echo '{\"by\":\"callback\"}' >$HOME/.codex/auth.json\n");
            String session = programs.begin(api, "codex", "callback", "");
            assertThat(text(await(api, session, "waiting_user"), "input_kind")).isEqualTo("text");
            assertThat(answer(
                                    api,
                                    session,
                                    "http://10.0.0.1:" + port + "/auth/callback?code=" + CODE + "&state=a-state")
                            .status())
                    .isEqualTo(400);
            assertThat(answer(api, session, "http://localhost/auth/callback?code=" + CODE + "&state=another")
                            .status())
                    .isEqualTo(400);
            assertThat(asked).isEmpty();
            assertThat(answer(api, session, "http://localhost/auth/callback?code=" + CODE + "&state=a-state")
                            .json()
                            .get("accepted")
                            .booleanValue())
                    .isTrue();
            assertThat(asked.poll(30, TimeUnit.SECONDS))
                    .startsWith("/auth/callback?code=4%2F0A")
                    .endsWith("&state=a-state");
            JsonNode ended = await(api, session, "succeeded");
            assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
        } finally {
            listener.stop(0);
        }
    }

    @Test
    void iflow_may_refuse_a_code_and_takes_the_next() throws Exception {
        String page = "say 'iFlow OAuth 登录\\r\\n1. 请复制以下链接并在浏览器中打开：\\r\\nhttps://iflow.cn/oauth?state=%s\\r\\n"
                + "2. 登录您的心流账号并授权\\r\\n授权码：'\n";
        programs.program(
                "iflow",
                "say ' > 输入消息或@文件路径\\r\\n'; line\nsay '您希望如何为此项目进行身份验证？\\r\\n\u25cf 1. 登录\\r\\n（按回车选择）\\r\\n'; line\n"
                        + page.formatted("one") + "line\n" + page.formatted("two") + "line\n"
                        + "say '模型选择\\r\\n按回车使用默认选择\\r\\n'; line\n"
                        + "echo '{}' >$HOME/.iflow/oauth_creds.json\nsay ' > 输入消息或@文件路径\\r\\n'; hang\n");
        String session = programs.begin(api, "iflow", "auth_code_or_url", "");
        assertThat(text(await(api, session, "waiting_user"), "auth_url")).endsWith("state=one");
        answer(api, session, CODE + "1");
        JsonNode again = await(api, session, "waiting_user");
        assertThat(text(again, "auth_url")).as(again.toString()).endsWith("state=two");
        assertThat(text(again, "error_code")).isEqualTo("CODE_REFUSED");
        answer(api, session, CODE + "2");
        JsonNode ended = await(api, session, "succeeded");
        assertThat(text(ended, "status")).as(ended.toString()).isEqualTo("succeeded");
    }

    @Test
    void opencode_is_searched_for_its_provider_and_gets_its_accounts_back() throws Exception {
        String accounts = "{ \"accounts\":[ {\"email\":\"a@example.org\"} ],  \"activeIndex\":0 }\n";
        Path file = programs.put(".config/opencode/antigravity-accounts.json", accounts);
        programs.program(
                "opencode",
                """
                raw
                say '\\342\\227\\206  Select provider\\r\\n\\r\\n\\342\\224\\202  Search: _\\r\\n\\342\\224\\202  \\342\\227\\217 OpenAI\\r\\n'
                dd bs=1 count=6 2>/dev/null >$HOME/searched
                say '\\033[999D\\033[4A\\033[J\\342\\224\\202  Search: Google\\r\\n\\342\\224\\202  \\342\\227\\217 Google\\r\\n'
                key >/dev/null
                say '\\342\\227\\206  Login method\\r\\n\\342\\224\\202  \\342\\227\\217 OAuth with Google (Antigravity)\\r\\n'
                key >/dev/null
                say 'Project ID (leave blank): '; key >/dev/null
                say '\\r\\nOAuth URL:\\r\\nhttps://accounts.google.com/o/oauth2/v2/auth?state=one\\r\\n\\r\\n'
                say 'Paste the redirect URL (or just the code) here: '
                trap '' TERM INT HUP
                hang
                """);
        String session = programs.begin(api, "opencode", "auth_code_or_url", "google");
        JsonNode asked = await(api, session, "waiting_user");
        assertThat(text(asked, "auth_url")).as(asked.toString()).endsWith("state=one");
        assertThat(programs.agentHome().resolve("searched")).hasContent("Google");
        assertThat(file).content().doesNotContain("a@example.org");

        // It ignores every signal that asks.
        assertThat(text(cancel(api, session), "status")).isEqualTo("canceled");

        assertThat(file).hasContent(accounts);
    }

    @Test
    void what_nobody_knows_dies_floods_or_hangs_has_its_end() throws Exception {
        programs.program("opencode", "say '\\342\\227\\206  Enter your API key\\r\\n'; hang\n");
        assertThat(text(
                        await(api, programs.begin(api, "opencode", "auth_code_or_url", "google"), "failed"),
                        "error_code"))
                .isEqualTo("PLUGIN_MISSING");
        programs.program("gemini", "say 'Which planet are you from?\\r\\n'; hang\n");
        JsonNode unknown = await(api, programs.begin(api, "gemini", "auth_code_or_url", ""), "failed");
        assertThat(text(unknown, "error_code")).isEqualTo("SCREEN_NOT_UNDERSTOOD");
        assertThat(text(unknown.get("audit"), "screen")).contains("Which planet");
        programs.program("gemini", "yes 'something to read'\n");
        JsonNode flood = await(api, programs.begin(api, "gemini", "auth_code_or_url", ""), "failed");
        assertThat(text(flood, "error_code")).isEqualTo("SCREEN_NOT_UNDERSTOOD");
        assertThat(Files.size(Path.of(text(flood, "log_root"), "pty.log"))).isLessThan(5 << 20);
    }

    @Test
    void what_can_not_be_done_leaves_the_way_free() throws Exception {
        for (List<String> way : List.of(
                List.of("codex", "api_key", ""),
                List.of("gemini", "callback", ""),
                List.of("iflow", "callback", ""),
                List.of("opencode", "callback", "google"),
                List.of("opencode", "api_key", "deepseek"))) {
            ApiClient.Answer refused = api.post(SESSIONS, body(way.get(0), way.get(1), way.get(2)));
            assertThat(refused.status()).as(refused.body()).isEqualTo(400);
            assertThat(refused.body()).contains("UNSUPPORTED_COMBINATION");
        }
        Files.deleteIfExists(Path.of(programs.path().split(":")[0], "iflow"));
        ApiClient.Answer missing = api.post(SESSIONS, body("iflow", "auth_code_or_url", ""));
        assertThat(missing.status()).as(missing.body()).isEqualTo(500);
        assertThat(missing.body()).contains("ENGINE_CLI_MISSING");
        programs.program("gemini", "hang\n");
        String old = "/v1/engines/auth/sessions";
        JsonNode begun = api.post(old, Map.of("engine", "gemini", "transport", "cli_delegate"))
                .json();
        assertThat(text(begun, "auth_method")).isEqualTo("auth_code_or_url");
        assertThat(begun.get("deprecated").booleanValue()).isTrue();
        String session = text(begun, "session_id");
        ApiClient.Answer busy = api.post(SESSIONS, body("codex", "callback", ""));
        assertThat(busy.status()).isEqualTo(409);
        assertThat(text(busy.json().get("in_use"), "purpose")).isEqualTo("sign_in");
        assertThat(text(busy.json().get("in_use"), "engine")).isEqualTo("gemini");
        assertThat(text(busy.json().get("in_use"), "session_id")).isEqualTo(session);
        assertThat(api.get("/v1/engines/auth/oauth-proxy/sessions/" + session).status())
                .isEqualTo(404);
        assertThat(text(cancel(api, session), "status")).isEqualTo("canceled");
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).asString("null");
    }
}
