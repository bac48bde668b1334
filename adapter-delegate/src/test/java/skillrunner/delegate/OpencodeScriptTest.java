package skillrunner.delegate;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import skillrunner.application.signin.SignIns;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;

import static org.assertj.core.api.Assertions.assertThat;

class OpencodeScriptTest extends ScriptTest {
    private static final String ACCOUNTS = ".config/opencode/antigravity-accounts.json";
    private static final String AUTH = ".local/share/opencode/auth.json";
    private static final String PROVIDERS = "\u25c6  Select provider\r\n\r\n\u2502  \u001b[2mSearch:\u001b[22m _\r\n";
    private static final String REDRAW = "\u001b[999D\u001b[6A\u001b[2B\u001b[J";
    private static final Duration SECOND = Duration.ofSeconds(1);

    @Test
    void a_provider_that_the_list_does_not_show_is_searched_and_no_other_is_taken() {
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google");
        fixture.shows(PROVIDERS + row(true, "OpenCode Zen (recommended)") + row(false, "OpenAI") + "\u2502 ...\r\n")
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("Google");
        fixture.shows(REDRAW + "\u2502  Search: Google\r\n" + row(true, "Google Vertex") + row(false, "Google"))
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\u001b[B");
        fixture.shows(REDRAW + row(false, "Google Vertex") + row(true, "Google"))
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.pass(Duration.ofSeconds(5));
        assertThat(fixture.typed()).isEmpty();
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
    }

    @Test
    void what_shows_nothing_while_its_plugins_are_installed_is_waited_for() {
        fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        fixture.pass(Duration.ofSeconds(299));
        assertThat(fixture.status()).isEqualTo(SignInStatus.STARTING);
        fixture.shows(PROVIDERS + row(true, "OpenAI")).pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
    }

    @Test
    void what_goes_on_showing_nothing_has_its_end() {
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "openai");
        fixture.pass(Duration.ofSeconds(301));
        assertThat(fixture.error()).isEqualTo("SCREEN_NOT_UNDERSTOOD: the CLI shows nothing");
    }

    @Test
    void a_list_without_the_provider_ends_the_session() {
        fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        fixture.shows(PROVIDERS + row(true, "OpenAI Compatible") + row(false, "Anthropic"))
                .pass(Duration.ofSeconds(90));
        assertThat(fixture.error()).startsWith("SCREEN_NOT_UNDERSTOOD");
        assertThat(fixture.program().typed()).doesNotContain("\r");
    }

    @Test
    void openai_shows_a_code_for_its_page() {
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "openai");
        fixture.shows(PROVIDERS + row(true, "OpenAI")).pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.shows("\u25c6  Login method\r\n" + row(true, "ChatGPT Pro/Plus (browser)")
                        + row(false, "ChatGPT Pro/Plus (headless)"))
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\u001b[B");
        fixture.shows(REDRAW + row(false, "ChatGPT Pro/Plus (browser)") + row(true, "ChatGPT Pro/Plus (headless)"))
                .pass(SECOND);
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.shows(
                        "Go to: https://auth.openai.com/codex/device\r\nEnter code: WXYZ-98765\r\nWaiting for authorization\r\n")
                .pass(SECOND);
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo("https://auth.openai.com/codex/device");
        assertThat(fixture.now().session().prompt().userCode()).contains("WXYZ-98765");
        fixture.put(AUTH, "{\"openai\":{\"type\":\"oauth\",\"access\":\"x\"}}");
        fixture.exits(0).pass(SECOND);
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
    }

    @Test
    void what_draws_how_it_waits_is_asked_all_the_same() {
        fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        fixture.shows(
                "\u25cf  Go to: https://auth.openai.com/oauth/authorize?state=s\r\n\u2502\r\n\u25cf  Complete authorization in"
                        + " your browser. This window will close automatically.\r\n\u25d2  Waiting for authorization");
        for (int turn = 0; turn < 5; turn++) {
            fixture.shows("\u001b[999D\u001b[J\u25d0  Waiting for authorization")
                    .pass(Duration.ofMillis(250));
        }
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo("https://auth.openai.com/oauth/authorize?state=s");
    }

    @Test
    void another_entry_is_no_success() {
        fixture.put(AUTH, "{\"openai\":{\"type\":\"oauth\"}}");
        fixture.start(EngineId.OPENCODE, SignInMethod.CALLBACK, "openai");
        fixture.put(AUTH, "{\"deepseek\":{\"type\":\"api\"},\"openai\":{\"type\":\"oauth\"}}");
        fixture.exits(0).pass(SECOND);
        assertThat(fixture.error()).startsWith("CREDENTIALS_UNCHANGED");
    }

    @Test
    void google_asks_more_after_the_answer_and_begins_without_accounts() {
        fixture.put(ACCOUNTS, "{\"version\": 4, \"accounts\": [{\"email\":\"a@x\"}],  \"activeIndex\":0}");
        google();
        assertThat(fixture.text(ACCOUNTS)).contains("\"accounts\" : [ ]", "-1").doesNotContain("a@x");
        assertThat(String.valueOf(fixture.now().notes().get("google_antigravity_cleanup")))
                .contains("backup_created=true", "removed_accounts=1", "success=true");
        fixture.submit("http://localhost:51121/oauth-callback?state=s&code=4/fake-code");
        fixture.shows("4/fake\r\n4/fake-code\r\nAdd another account? (y/n)\r\n").pass(SECOND);
        assertThat(fixture.typed()).endsWith("n\r");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
        fixture.put(ACCOUNTS, "{\"accounts\":[1]}");
        fixture.put(AUTH, "{\"google\":{\"type\":\"oauth\"}}");
        fixture.shows("\u25c7 Login successful\r\n");
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.text(ACCOUNTS)).isEqualTo("{\"accounts\":[1]}");
        assertThat(fixture.folder().resolve(GoogleAccounts.COPY)).doesNotExist();
        assertThat(fixture.kept()).doesNotContain("4/fake");
    }

    @Test
    void accounts_are_put_back_byte_by_byte_when_it_comes_to_nothing() {
        String before = "{ \"version\":4,\"accounts\":[ {\"email\":\"a@x\"}] }\n\n";
        fixture.put(ACCOUNTS, before);
        google();
        fixture.cancel();
        assertThat(fixture.text(ACCOUNTS)).isEqualTo(before);
        assertThat(fixture.folder().resolve(GoogleAccounts.COPY)).doesNotExist();
    }

    @Test
    void where_there_were_none_there_are_none_again() {
        google();
        fixture.put(ACCOUNTS, "{}");
        fixture.cancel();
        assertThat(fixture.has(ACCOUNTS)).isFalse();
    }

    @Test
    void accounts_that_can_not_be_read_are_left_and_the_next_session_may_begin() {
        fixture.put(ACCOUNTS, "broken");
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google");
        assertThat(fixture.error()).startsWith("BACKUP_FAILED");
        assertThat(fixture.text(ACCOUNTS)).isEqualTo("broken");
        assertThat(fixture.consoles.started()).isEmpty();
        fixture.start(EngineId.CODEX, SignInMethod.CALLBACK);
        assertThat(fixture.status()).isEqualTo(SignInStatus.STARTING);
    }

    @Test
    void without_the_plugin_it_says_so() {
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google");
        fixture.shows("\u25c6  Enter your API key\r\n\u2502  _\r\n");
        assertThat(fixture.error()).startsWith("PLUGIN_MISSING");
        assertThat(fixture.program().typed()).isEmpty();
    }

    @Test
    void what_a_killed_server_left_is_ended_by_the_next_one() throws InterruptedException {
        fixture.put(ACCOUNTS, "{\"accounts\":[1]}");
        google();
        String id = fixture.now().session().id().value();

        SignIns next = fixture.server();
        CountDownLatch ended = new CountDownLatch(1);
        next.recover(ended::countDown);
        assertThat(ended.await(30, TimeUnit.SECONDS)).isTrue();

        assertThat(fixture.consoles.leftovers()).containsExactly("sign-in-" + id);
        assertThat(fixture.text(ACCOUNTS)).isEqualTo("{\"accounts\":[1]}");
        assertThat(next.find(Optional.empty(), id)
                        .session()
                        .error()
                        .orElseThrow()
                        .fault())
                .isEqualTo(SignInFault.ORCHESTRATOR_RESTART_INTERRUPTED);
        assertThat(fixture.kept()).contains("session_finished");
        assertThat(fixture.records().leftBehind()).isEqualTo(List.of());
    }

    private void google() {
        fixture.start(EngineId.OPENCODE, SignInMethod.AUTH_CODE_OR_URL, "google");
        fixture.shows("OAuth URL:\r\nhttps://accounts.google.com/o/oauth2/v2/auth?x=1\r\n\r\n"
                + "Paste the redirect URL (or just the code) here: ");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo("https://accounts.google.com/o/oauth2/v2/auth?x=1");
    }

    private static String row(boolean chosen, String text) {
        return "\u001b[36m\u2502\u001b[39m  \u001b[32m" + (chosen ? "\u25cf" : "\u25cb") + "\u001b[39m " + text
                + "\r\n";
    }
}
