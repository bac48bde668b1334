package skillrunner.browser;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.ScriptedSignIns;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Engines are signed in on their page by their own programs, which a test plays. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DelegatePageIT {
    private static final String SESSIONS = "/ui/engines/auth/cli-delegate/sessions";

    private ScriptedSignIns programs;
    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        programs = new ScriptedSignIns(home);
        server = RunningServer.start(home, Map.of("PATH", programs.path()));
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void every_entry_leads_to_the_ways_of_the_chosen_transport() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines");
            visit.at("#auth-transport").selectOption("cli_delegate");
            assertThat(methods(visit, "codex")).containsExactly("callback", "auth_code_or_url");
            assertThat(methods(visit, "gemini")).containsExactly("auth_code_or_url");
            assertThat(methods(visit, "iflow")).containsExactly("auth_code_or_url");
            visit.at("[data-engine-auth-entry=opencode]").click();
            assertThat(visit.at("#auth-menu [data-auth-provider]")).hasCount(2);
            visit.at("[data-auth-provider=openai]").click();
            assertThat(names(visit)).containsExactly("callback", "auth_code_or_url");
            visit.at("[data-auth-back]").click();
            visit.at("[data-auth-provider=google]").click();
            assertThat(names(visit)).containsExactly("auth_code_or_url");
            visit.page().keyboard().press("Escape");
        }
    }

    @Test
    void the_server_works_through_the_menus_and_its_user_brings_the_code_and_signs_out() {
        programs.program(
                "gemini",
                """
                say 'Do you trust the files in this folder?\\r\\n'; line; say 'Signing in\\r\\n'
                while ! test -e $HOME/go-on; do sleep 0.1; done
                say 'Please visit the following URL to authorize the application:\\r\\n\\r\\nhttps://accounts.example.org/a?b=c'
                say '\\r\\n\\r\\nEnter the authorization code: '
                line
                echo '{"access_token":"new"}' >$HOME/.gemini/oauth_creds.json
                echo '{}' >$HOME/.gemini/google_accounts.json
                say 'Type your message or @path/to/file\\r\\n'; hang
                """);
        List<String> sent = new ArrayList<>();
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.page().onRequest(request -> {
                if (request.method().equals("POST")) {
                    sent.add(request.url().replaceFirst("http://[^/]+", "") + " " + request.postData());
                }
            });
            visit.open("/ui/engines");
            visit.at("#auth-transport").selectOption("cli_delegate");
            visit.at("[data-engine-auth-entry=gemini]").click();
            visit.at("[data-auth-method=auth_code_or_url]").click();
            assertThat(visit.at("#auth-status")).hasText("服务器正在自动应答 CLI 的提问");
            assertThat(visit.at("#auth-transport")).isDisabled();
            assertThat(visit.at("#auth-form")).isHidden();
            visit.assertAccessible();
            write("go-on");
            assertThat(visit.at("#auth-status")).hasText("等待你操作");
            assertThat(visit.at("#auth-link")).hasAttribute("href", "https://accounts.example.org/a?b=c");
            visit.at("#auth-input").fill("4/the-code");
            visit.at("#auth-submit").click();
            assertThat(visit.at("#auth-status")).hasText("已登录");
            Locator out = visit.at("#sign-out-gemini");
            out.click();
            assertThat(visit.at("#sign-out-dialog-gemini")).isVisible();
            visit.assertAccessible();
            visit.at("#sign-out-dialog-gemini [autofocus]").click();
            assertThat(programs.agentHome().resolve(".gemini/oauth_creds.json")).exists();
            out.click();
            visit.at("#sign-out-confirm-gemini").click();
            assertThat(out).hasCount(0);
            assertThat(programs.agentHome().resolve(".gemini/oauth_creds.json")).doesNotExist();
        }
        assertThat(sent.get(0))
                .isEqualTo(
                        SESSIONS
                                + " {\"engine\":\"gemini\",\"transport\":\"cli_delegate\",\"auth_method\":\"auth_code_or_url\"}");
    }

    @Test
    void a_code_for_a_page_can_be_copied_and_what_a_program_said_last_is_shown() {
        programs.program(
                "codex",
                """
                test "$1" = login || exit 2
                say '1. Open this link\\r\\n   https://auth.openai.com/codex/device\\r\\n2. Enter this one-time code\\r\\n   ABCD-12345\\r\\n'
                hang
                """);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines");
            visit.at("#auth-transport").selectOption("cli_delegate");
            visit.at("[data-engine-auth-entry=codex]").click();
            visit.at("[data-auth-method=auth_code_or_url]").click();
            assertThat(visit.at("#auth-user-code")).hasText("ABCD-12345");
            assertThat(visit.at("#auth-copy")).isVisible();
            assertThat(visit.at("#auth-form")).isHidden();
            visit.at("#auth-cancel").click();
            assertThat(visit.at("#auth-error")).hasText("You ended this sign-in.");

            programs.program("gemini", "say 'Which planet are <b>you</b> from?\\r\\n'; exit 3\n");
            visit.at("[data-engine-auth-entry=gemini]").click();
            visit.at("[data-auth-method=auth_code_or_url]").click();
            assertThat(visit.at("#auth-error")).hasText("The CLI ended before anybody was signed in.");
            assertThat(visit.at("#auth-detail-words")).containsText("ended with 3");
            visit.at("#auth-screen-part summary").click();
            assertThat(visit.at("#auth-screen")).hasText("Which planet are <b>you</b> from?");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void a_narrow_screen_shows_it_whole_whatever_a_program_says_and_however_long_it_lasts() throws IOException {
        programs.put(".gemini/oauth_creds.json", "{\"access_token\":\"x\",\"expiry_date\":1767326645000}");
        programs.put(".gemini/google_accounts.json", "{\"active\":\"a@example.org\"}");
        programs.program("codex", "say 'Why " + "x".repeat(300) + "\\r\\n'; exit 3\n");
        try (Visit visit =
                browser.visit(server.port(), reader -> reader.setLocale("zh-CN").setViewportSize(380, 800))) {
            visit.open("/ui/engines?table=now");
            visit.at("#auth-transport").selectOption("cli_delegate");
            visit.at("[data-engine-auth-entry=codex]").click();
            visit.at("[data-auth-method=auth_code_or_url]").click();
            assertThat(visit.at("#auth-error")).hasText("CLI 在登录完成之前已结束。");
            visit.at("#auth-screen-part summary").click();
            assertThat(visit.at("#auth-screen")).isVisible();
            assertThat(visit.at("#auth-life-gemini time")).isVisible();
            assertThat(visit.page().evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                    .isEqualTo(0);
            assertThat(visit.at("#auth-life-gemini").evaluate("it => it.scrollWidth - it.clientWidth"))
                    .isEqualTo(0);
        }
    }

    private void write(String name) {
        try {
            programs.put(name, "");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> methods(Visit visit, String engine) {
        visit.at("[data-engine-auth-entry=" + engine + "]").click();
        List<String> names = names(visit);
        visit.page().keyboard().press("Escape");
        return names;
    }

    private static List<String> names(Visit visit) {
        assertThat(visit.at("#auth-menu [data-auth-method]").first()).isVisible();
        return visit.at("#auth-menu [data-auth-method]").all().stream()
                .map(each -> each.getAttribute("data-auth-method"))
                .toList();
    }
}
