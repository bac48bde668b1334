package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.signin.ScriptedSignIn;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Sign-in sessions as clients see them. */
class SignInRoutesTest extends EngineTestBed {
    private static final String V1 = "/v1/engines/auth/oauth-proxy/sessions";
    private static final String CODEX =
            "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}";

    SignInRoutesTest(@TempDir Path temporary) {
        super(temporary, Set.of(), false);
    }

    @Test
    void a_session_is_told_with_all_its_fields() throws Exception {
        JsonNode begun = json(postJson(V1, CODEX), 200);

        assertThat(begun.propertyNames())
                .containsExactlyInAnyOrder(
                        "session_id",
                        "engine",
                        "transport",
                        "auth_method",
                        "provider_id",
                        "provider_name",
                        "status",
                        "terminal",
                        "input_kind",
                        "auth_url",
                        "verification_url",
                        "user_code",
                        "created_at",
                        "updated_at",
                        "expires_at",
                        "auth_ready",
                        "error",
                        "error_code",
                        "exit_code",
                        "execution_mode",
                        "manual_fallback_used",
                        "oauth_callback_received",
                        "oauth_callback_at",
                        "transport_state_machine",
                        "orchestrator",
                        "log_root",
                        "audit");
        assertThat(text(begun, "session_id")).isEqualTo(SequentialIds.id(1));
        assertThat(text(begun, "status")).isEqualTo("waiting_user");
        assertThat(text(begun, "input_kind")).isEqualTo("text");
        assertThat(text(begun, "auth_url")).isEqualTo(ScriptedSignIn.PAGE);
        assertThat(begun.get("verification_url").isNull()).isTrue();
        assertThat(begun.get("provider_id").isNull()).isTrue();
        assertThat(text(begun, "transport_state_machine")).isEqualTo("oauth_proxy_v1");
        assertThat(text(begun, "orchestrator")).isEqualTo("oauth_proxy_orchestrator");
        assertThat(text(begun, "execution_mode")).isEqualTo("protocol_proxy");
        assertThat(text(begun, "log_root")).startsWith("/sign-ins/");
        assertThat(begun.get("terminal").booleanValue()).isFalse();
        assertThat(json(get(V1 + "/" + SequentialIds.id(1)), 200)).isEqualTo(begun);
    }

    @Test
    void pages_and_addresses_of_old_tell_more_and_the_active_one_is_found() throws Exception {
        assertThat(json(get("/ui/engines/auth/session/active"), 200).toString()).isEqualTo("{\"active\":false}");

        JsonNode begun = json(postJson("/ui/engines/auth/oauth-proxy/sessions", CODEX), 200);

        assertThat(text(begun, "method")).isEqualTo("auth");
        assertThat(begun.get("deprecated").booleanValue()).isFalse();
        JsonNode active = json(get("/ui/engines/auth/session/active"), 200);
        assertThat(active.get("active").booleanValue()).isTrue();
        assertThat(text(active, "session_id")).isEqualTo(text(begun, "session_id"));
        JsonNode old = json(get("/v1/engines/auth/sessions/" + text(begun, "session_id")), 200);
        assertThat(old.get("deprecated").booleanValue()).isTrue();
        JsonNode canceled =
                json(postJson("/ui/engines/auth/sessions/" + text(begun, "session_id") + "/cancel", ""), 200);
        assertThat(canceled.get("canceled").booleanValue()).isTrue();
        assertThat(canceled.get("session").get("deprecated").booleanValue()).isTrue();
        assertThat(json(get("/ui/engines/auth/session/active"), 200).toString()).isEqualTo("{\"active\":false}");
    }

    @Test
    void the_address_of_old_needs_neither_transport_nor_method() throws Exception {
        JsonNode begun = json(postJson("/v1/engines/auth/sessions", "{\"engine\":\"codex\",\"method\":\"auth\"}"), 200);
        assertThat(text(begun, "auth_method")).isEqualTo("callback");
        assertThat(text(begun, "transport")).isEqualTo("oauth_proxy");
        json(postJson("/v1/engines/auth/sessions/" + text(begun, "session_id") + "/cancel", ""), 200);

        JsonNode gemini = json(
                postJson(
                        "/v1/engines/auth/sessions",
                        "{\"engine\":\"gemini\",\"method\":\"auth\",\"transport\":\"cli_delegate\"}"),
                200);
        assertThat(text(gemini, "auth_method")).isEqualTo("auth_code_or_url");
        assertThat(gemini.get("deprecated").booleanValue()).isTrue();
        assertThat(postJson("/v1/engines/auth/sessions/" + text(gemini, "session_id") + "/submit", "{}")
                        .statusCode())
                .isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"engine\":\"codex\",\"auth_method\":\"callback\"}",
                "{\"engine\":\"codex\",\"transport\":\"cli_delegate\",\"auth_method\":\"callback\"}",
                "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\"}",
                "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"browser-oauth\"}",
                "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\",\"provider_id\":\"openai\"}",
                "{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"api_key\"}",
                "{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"api_key\",\"provider_id\":\"foo\"}",
                "{\"engine\":\"bash\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}",
                "{\"engine\":7,\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}",
                "{\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}",
                "{"
            })
    void a_wrong_body_begins_nothing(String body) throws Exception {
        refused(postJson(V1, body), 400, "REQUEST_INVALID");
        assertThat(json(postJson(V1, CODEX), 200)).isNotNull();
    }

    @Test
    void an_engine_that_is_none_is_refused_with_the_names_of_those_there_are() throws Exception {
        HttpResponse<String> answer =
                postJson("/v1/engines/auth/sessions", "{\"engine\":\"none\",\"method\":\"auth\"}");

        assertThat(answer.statusCode()).isEqualTo(400);
        assertThat(answer.body()).contains("must be one of codex, ").doesNotContain("[codex");
    }

    @Test
    void what_no_driver_can_do_is_refused_by_a_code_of_its_own() throws Exception {
        refused(postJson(V1, CODEX.replace("callback", "api_key")), 400, "UNSUPPORTED_COMBINATION");
        refused(
                postJson(
                        V1,
                        "{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\",\"provider_id\":\"deepseek\"}"),
                400,
                "UNSUPPORTED_COMBINATION");
        refused(
                postJson(
                        "/v1/engines/auth/cli-delegate/sessions",
                        "{\"engine\":\"codex\",\"transport\":\"cli_delegate\",\"auth_method\":\"callback\"}"),
                400,
                "UNSUPPORTED_COMBINATION");
        json(postJson(V1, CODEX.replace("\"codex\"", "\" Codex \"")), 200);
        refused(postJson(V1, CODEX), 409, "SESSION_CONFLICT");
    }

    @Test
    void a_session_is_known_at_the_addresses_of_its_transport_only() throws Exception {
        String id = text(json(postJson(V1, CODEX), 200), "session_id");
        String other = "/v1/engines/auth/cli-delegate/sessions/" + id;

        refused(get(other), 404, "SESSION_NOT_FOUND");
        refused(postJson(other + "/cancel", ""), 404, "SESSION_NOT_FOUND");
        refused(postJson(other + "/input", "{\"kind\":\"code\",\"value\":\"x\"}"), 404, "SESSION_NOT_FOUND");
        refused(postJson(other + "/input", "{"), 404, "SESSION_NOT_FOUND");
        refused(get(V1 + "/nothing"), 404, "SESSION_NOT_FOUND");
        refused(get(V1 + "/" + SequentialIds.id(99)), 404, "SESSION_NOT_FOUND");
        assertThat(text(json(get(V1 + "/" + id), 200), "status")).isEqualTo("waiting_user");
    }

    @Test
    void an_answer_is_taken_or_refused() throws Exception {
        String id = text(json(postJson(V1, CODEX), 200), "session_id");
        String input = V1 + "/" + id + "/input";

        refused(postJson(input, "{\"kind\":\"foo\",\"value\":\"x\"}"), 400, "REQUEST_INVALID");
        refused(postJson(input, "{\"kind\":\"code\"}"), 400, "REQUEST_INVALID");
        refused(postJson(input, "{\"kind\":\"code\",\"value\":\" \"}"), 400, "INPUT_REFUSED");
        refused(postJson(input, "{\"kind\":\"api_key\",\"value\":\"x\"}"), 400, "INPUT_REFUSED");
        JsonNode taken = json(postJson(input, "{\"kind\":\"code\",\"value\":\"x\"}"), 200);
        assertThat(taken.get("accepted").booleanValue()).isTrue();
        assertThat(text(taken.get("session"), "status")).isEqualTo("code_submitted_waiting_result");
        assertThat(taken.get("session").get("manual_fallback_used").booleanValue())
                .isTrue();

        proxy.last().desk().failed(SignInFault.PROVIDER_REFUSED.saying("the provider says no"));
        refused(postJson(input, "{\"kind\":\"code\",\"value\":\"x\"}"), 400, "INPUT_REFUSED");
        JsonNode ended = json(get(V1 + "/" + id), 200);
        assertThat(text(ended, "error")).isEqualTo("the provider says no");
        assertThat(ended.get("terminal").booleanValue()).isTrue();
        JsonNode canceled = json(postJson(V1 + "/" + id + "/cancel", ""), 200);
        assertThat(canceled.get("canceled").booleanValue()).isFalse();
    }

    @Test
    void an_exchange_that_fails_is_an_answer_that_was_not_accepted() throws Exception {
        proxy.onSubmit(submission -> {
            submission.desk().answered();
            submission.desk().failed(SignInFault.PROVIDER_REFUSED.saying("HTTP 400 invalid_grant"));
        });
        String id = text(json(postJson(V1, CODEX), 200), "session_id");

        JsonNode answer = json(postJson(V1 + "/" + id + "/input", "{\"kind\":\"text\",\"value\":\"x\"}"), 200);

        assertThat(answer.get("accepted").booleanValue()).isFalse();
        assertThat(text(answer.get("session"), "status")).isEqualTo("failed");
    }

    @Test
    void a_code_to_type_elsewhere_is_told_with_its_page() throws Exception {
        proxy.onBegin(desk -> {
            desk.note("callback_mode", "manual");
            desk.asked(SignInPrompt.code("https://provider.example/device", "ABCD-EFGH"), Optional.empty());
        });

        JsonNode begun = json(postJson(V1, CODEX.replace("callback", "auth_code_or_url")), 200);

        assertThat(text(begun, "user_code")).isEqualTo("ABCD-EFGH");
        assertThat(text(begun, "verification_url")).isEqualTo("https://provider.example/device");
        assertThat(text(begun, "auth_url")).isEqualTo("https://provider.example/device");
        assertThat(begun.get("input_kind").isNull()).isTrue();
        assertThat(text(begun.get("audit"), "callback_mode")).isEqualTo("manual");
    }

    @Test
    void a_key_of_a_provider_is_asked_for_by_its_name() throws Exception {
        proxy.onBegin(desk -> desk.asked(SignInPrompt.key(), Optional.empty()));

        JsonNode begun = json(
                postJson(
                        V1,
                        "{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"api_key\",\"provider_id\":\"deepseek\"}"),
                200);

        assertThat(text(begun, "provider_id")).isEqualTo("deepseek");
        assertThat(text(begun, "provider_name")).isEqualTo("DeepSeek");
        assertThat(text(begun, "input_kind")).isEqualTo(SignInInputKind.API_KEY.wire());
        assertThat(begun.get("auth_url").isNull()).isTrue();
    }

    @Test
    void a_browser_that_comes_back_is_told_in_words_and_shown_nothing_it_brought() throws Exception {
        String hostile = "%3Cscript%3Ealert(1)%3C/script%3E";
        json(postJson(V1, CODEX), 200);
        proxy.onCallBack(answer -> {
            if (!answer.state().equals("good")) {
                return false;
            }
            proxy.last().desk().calledBack();
            if (answer.code().isPresent()) {
                proxy.last().desk().agreed(() -> {});
            } else {
                proxy.last().desk().failed(SignInFault.PROVIDER_REFUSED.saying("the provider refused"));
            }
            return true;
        });
        for (String address : List.of(
                "/auth/callback",
                "/auth/callback?state=" + hostile + "&code=" + hostile,
                "/v1/engines/auth/callback/openai?state=&code=c",
                "/v1/engines/auth/oauth-proxy/callback/openai?code=c")) {
            HttpResponse<String> answer = get(address);
            assertThat(answer.statusCode()).as(address).isEqualTo(400);
            assertThat(answer.body()).doesNotContain("script");
            assertThat(answer.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        }
        assertThat(get("/v1/engines/auth/oauth-proxy/callback/openai?state=good&code=c")
                        .statusCode())
                .isEqualTo(200);
        assertThat(get("/auth/callback?state=good&code=c").statusCode()).isEqualTo(400);

        json(postJson(V1, CODEX), 200);
        HttpResponse<String> refused = get("/auth/callback?state=good&error=" + hostile);
        assertThat(refused.statusCode()).isEqualTo(400);
        assertThat(refused.body()).contains("failed").doesNotContain("script");
    }

    @Test
    void an_engine_is_signed_out_unless_somebody_signs_one_in() throws Exception {
        credentials.add(".codex/auth.json");
        String id = text(json(postJson(V1, CODEX), 200), "session_id");
        refused(delete("/v1/engines/codex/auth"), 409, "SESSION_CONFLICT");
        assertThat(credentials).contains(".codex/auth.json");
        json(postJson(V1 + "/" + id + "/cancel", ""), 200);

        JsonNode out = json(delete("/v1/engines/codex/auth"), 200);

        assertThat(out.toString()).isEqualTo("{\"engine\":\"codex\",\"auth_ready\":false}");
        assertThat(credentials).isEmpty();
        assertThat(json(delete("/v1/engines/codex/auth"), 200)).isEqualTo(out);
        refused(delete("/v1/engines/nobody/auth"), 404, "ENGINE_NOT_FOUND");
        json(postJson(V1, CODEX), 200);
    }

    @Test
    void a_driver_that_can_not_begin_says_why() throws Exception {
        proxy.onBegin(desk -> {
            throw new RefusedException(ErrorCode.LISTENER_PORT_BUSY, "Port 1455 is taken");
        });

        HttpResponse<String> refused = postJson(V1, CODEX);

        refused(refused, 400, "LISTENER_PORT_BUSY");
        assertThat(refused.body()).contains("Port 1455 is taken");
        assertThat(json(get("/ui/engines/auth/session/active"), 200).toString()).isEqualTo("{\"active\":false}");
    }

    private static JsonNode json(HttpResponse<String> answer, int status) {
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(status);
        return WireFormat.mapper().readTree(answer.body());
    }

    private static void refused(HttpResponse<String> answer, int status, String code) {
        JsonNode problem = json(answer, status);
        assertThat(answer.headers().firstValue("Content-Type"))
                .hasValueSatisfying(type -> assertThat(type).startsWith("application/problem+json"));
        assertThat(text(problem, "code")).isEqualTo(code);
        assertThat(problem.get("detail").isString()).isTrue();
    }

    private static String text(JsonNode node, String field) {
        return node.get(field).stringValue();
    }
}
