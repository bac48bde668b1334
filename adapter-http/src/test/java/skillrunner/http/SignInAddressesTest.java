package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.testkit.signin.ScriptedSignIn;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** A sign-in is begun, told, answered and ended at six addresses, and refused at each with the same words. */
class SignInAddressesTest extends EngineTestBed {
    private static final String PROXY =
            "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\",\"method\":\"auth\"}";
    private static final String DELEGATE =
            "{\"engine\":\"gemini\",\"transport\":\"cli_delegate\",\"auth_method\":\"auth_code_or_url\"}";

    SignInAddressesTest(@TempDir Path temporary) {
        super(temporary, Set.of(), false);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/v1/engines/auth/oauth-proxy/sessions",
                "/v1/engines/auth/cli-delegate/sessions",
                "/v1/engines/auth/sessions",
                "/ui/engines/auth/oauth-proxy/sessions",
                "/ui/engines/auth/cli-delegate/sessions",
                "/ui/engines/auth/sessions"
            })
    void every_address_tells_the_same(String sessions) throws Exception {
        String body = sessions.contains("cli-delegate") ? DELEGATE : PROXY;
        refused(postJson(sessions, "{"), 400, "REQUEST_INVALID");
        refused(
                postJson(sessions, body.replaceAll("\"(callback|auth_code_or_url)\"", "\"api_key\"")),
                400,
                "UNSUPPORTED_COMBINATION");
        for (ErrorCode code : List.of(
                ErrorCode.LISTENER_PORT_BUSY,
                ErrorCode.PROVIDER_REFUSED,
                ErrorCode.SIGN_IN_DISABLED,
                ErrorCode.OAUTH_CLIENT_NOT_CONFIGURED,
                ErrorCode.ENGINE_CLI_MISSING)) {
            for (var driver : List.of(proxy, delegate)) {
                driver.onBegin(desk -> {
                    throw new RefusedException(code, "it can't begin");
                });
            }
            HttpResponse<String> answer = postJson(sessions, body);
            refused(answer, answer.statusCode() < 500 ? 400 : 500, code.name());
        }
        for (var driver : List.of(proxy, delegate)) {
            driver.onBegin(
                    desk -> desk.asked(SignInPrompt.page(ScriptedSignIn.PAGE, SignInInputKind.TEXT), Optional.empty()));
        }

        String session = sessions + "/"
                + json(postJson(sessions, body), 200).get("session_id").stringValue();
        refused(postJson(sessions, body), 409, "SESSION_CONFLICT");
        assertThat(json(get(session), 200).get("status").stringValue()).isEqualTo("waiting_user");
        refused(postJson(session + "/input", "{"), 400, "REQUEST_INVALID");
        refused(postJson(session + "/input", "{\"kind\":\"text\",\"value\":\" \"}"), 400, "INPUT_REFUSED");
        assertThat(json(postJson(session + "/input", "{\"kind\":\"text\",\"value\":\"x\"}"), 200)
                        .get("accepted")
                        .booleanValue())
                .isTrue();
        assertThat(json(postJson(session + "/cancel", ""), 200).get("canceled").booleanValue())
                .isTrue();
        refused(get(sessions + "/nobody"), 404, "SESSION_NOT_FOUND");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/auth/callback",
                "/v1/engines/auth/callback/openai",
                "/v1/engines/auth/oauth-proxy/callback/openai"
            })
    void a_browser_comes_back_to_each_address_that_a_provider_may_know(String address) throws Exception {
        json(postJson("/v1/engines/auth/sessions", PROXY), 200);
        proxy.onCallBack(answer -> {
            proxy.last().desk().calledBack();
            proxy.last().desk().agreed(() -> {});
            return true;
        });

        assertThat(get(address + "?state=good&code=c").statusCode()).isEqualTo(200);
        assertThat(get(address + "?code=c").statusCode()).isEqualTo(400);
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return WireFormat.mapper().readTree(answer.body());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        assertThat(json(answer, status).get("code").stringValue()).isEqualTo(code);
    }
}
