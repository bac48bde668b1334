package skillrunner.delegate;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInStatus;

import static org.assertj.core.api.Assertions.assertThat;

class IflowScriptTest extends ScriptTest {
    private static final String MAIN = "\r\n > 输入消息或@文件路径\r\n";
    private static final String MENU = "您希望如何为此项目进行身份验证？\r\n（按回车选择）\r\n";
    private static final String PAGE = "https://iflow.cn/oauth?loginMethod=phone&state=one";

    @BeforeEach
    void begin() {
        fixture.start(EngineId.IFLOW, SignInMethod.AUTH_CODE_OR_URL);
    }

    @Test
    void the_whole_way() {
        fixture.shows(MAIN).pass(Duration.ofSeconds(2));
        assertThat(fixture.typed()).isEqualTo("/auth\r");
        fixture.shows(MENU + "   1. 使用 iFlow 登录\r\n \u25cf 3. OpenAI 兼容 API\r\n");
        assertThat(fixture.typed()).isEmpty();
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.typed()).isEqualTo("\u001b[A\u001b[A");
        fixture.shows(" \u25cf 1. 使用 iFlow 登录\r\n").pass(Duration.ofSeconds(1));
        assertThat(fixture.typed()).isEqualTo("\r");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
        page(PAGE);
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.address()).isEqualTo(PAGE);
        fixture.submit("a-good-code");
        assertThat(fixture.typed()).isEqualTo("a-good-code\r");
        fixture.shows("\r\n模型选择\r\n按回车使用默认选择\r\n").pass(Duration.ofSeconds(1));
        assertThat(fixture.typed()).isEqualTo("\r");
        assertThat(fixture.status()).isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
        fixture.put(".iflow/oauth_creds.json", "{}");
        fixture.shows(MAIN);
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(fixture.program().closed()).isTrue();
        assertThat(fixture.kept()).doesNotContain("a-good-code");
    }

    @Test
    void a_screen_right_behind_an_answer_that_is_not_echoed_is_seen() {
        page(PAGE);
        fixture.submit("a-good-code");
        assertThat(fixture.typed()).isEqualTo("a-good-code\r");
        fixture.shows("模型选择\r\n按回车使用默认选择\r\n").pass(Duration.ofSeconds(1));
        assertThat(fixture.typed()).isEqualTo("\r");
        fixture.put(".iflow/oauth_creds.json", "{}");
        fixture.shows(MAIN);
        assertThat(fixture.status()).isEqualTo(SignInStatus.SUCCEEDED);
    }

    @Test
    void words_that_are_cut_within_a_character_are_known() {
        for (byte one : MENU.getBytes(StandardCharsets.UTF_8)) {
            fixture.program().prints(new byte[] {one});
            fixture.settle();
        }
        fixture.pass(Duration.ofSeconds(1));
        assertThat(fixture.typed()).isEqualTo("\r");
    }

    @Test
    void a_code_that_is_refused_brings_a_new_page_and_one_that_is_not_answered_is_asked_for_again() {
        page(PAGE);
        fixture.submit("wrong-code");
        page(PAGE + "2");
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.error()).startsWith("CODE_REFUSED");
        assertThat(fixture.address()).isEqualTo(PAGE + "2");
        fixture.typed();
        fixture.submit("slow-code");
        fixture.pass(Duration.ofSeconds(2));
        assertThat(fixture.typed()).isEqualTo("slow-code\r\r");
        assertThat(fixture.status()).isEqualTo(SignInStatus.CODE_SUBMITTED_WAITING_RESULT);
        fixture.pass(Duration.ofSeconds(7));
        assertThat(fixture.typed()).isEmpty();
        assertThat(fixture.status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(fixture.error()).startsWith("RESULT_OVERDUE");
    }

    private void page(String address) {
        fixture.shows("iFlow OAuth 登录\r\n1. 请复制以下链接并在浏览器中打开：\r\n" + address + "\r\n2. 登录您的心流账号并授权\r\n授权码：\r\n");
    }
}
