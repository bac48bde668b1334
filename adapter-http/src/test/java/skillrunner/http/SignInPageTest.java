package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.testkit.background.SequentialIds;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** What the page of the engines is given to sign them in. */
@Tag("one-jdk")
class SignInPageTest extends EngineTestBed {
    private static final String PAGE = "/ui/engines";
    private static final String SESSIONS = "/ui/engines/auth/oauth-proxy/sessions";
    private static final String CODEX =
            "{\"engine\":\"codex\",\"transport\":\"oauth_proxy\",\"auth_method\":\"callback\"}";
    private static final List<String> OF_OLD = List.of(
            "browser-oauth",
            "device-auth",
            "screen-reader-google-oauth",
            "iflow-cli-oauth",
            "opencode-provider-auth",
            "/engines/auth/sessions",
            "/submit");

    SignInPageTest(@TempDir Path temporary) {
        super(temporary, Set.of(), false);
    }

    @Test
    void the_page_is_given_exactly_the_ways_that_the_drivers_can_go() throws Exception {
        JsonNode data = data(get(PAGE));

        assertThat(data.get("auth_ui_capabilities"))
                .isEqualTo(
                        tree(
                                """
                        {"oauth_proxy": {"codex": ["callback", "auth_code_or_url"], "opencode": {"deepseek": ["api_key"]}},
                         "cli_delegate": {"gemini": ["auth_code_or_url"]}}
                        """));
        assertThat(data.get("opencode_auth_providers"))
                .isEqualTo(tree("[{\"provider_id\": \"deepseek\", \"display_name\": \"DeepSeek\","
                        + " \"auth_mode\": \"api_key\"}]"));
        assertThat(data.get("auth_session")).isEqualTo(tree("{\"active\": false}"));
    }

    @Test
    void the_session_that_is_alive_comes_with_the_page() throws Exception {
        assertThat(postJson(SESSIONS, CODEX).statusCode()).isEqualTo(200);

        JsonNode session = data(get(PAGE)).get("auth_session");

        assertThat(session)
                .isEqualTo(tree(get("/ui/engines/auth/session/active").body()));
        assertThat(session.get("session_id").stringValue()).isEqualTo(SequentialIds.id(1));
    }

    @Test
    void what_a_provider_says_stays_inside_the_data() throws Exception {
        String hostile = "javascript:alert('</script><img src=x onerror=alert(1)>&quot;')";
        proxy.onBegin(desk -> desk.asked(SignInPrompt.page(hostile, SignInInputKind.TEXT), Optional.empty()));
        postJson(SESSIONS, CODEX);

        HttpResponse<String> page = get(PAGE);

        assertThat(data(page).get("auth_session").get("auth_url").stringValue()).isEqualTo(hostile);
        assertThat(page.body()).doesNotContain("<img src=x", "href=\"javascript");
    }

    @Test
    void a_refusal_to_the_script_of_the_page_is_no_page() throws Exception {
        postJson(SESSIONS, CODEX);

        HttpResponse<String> refused = postJson(SESSIONS, CODEX);

        assertThat(refused.statusCode()).isEqualTo(409);
        JsonNode problem = tree(refused.body());
        assertThat(problem.get("code").stringValue()).isEqualTo("SESSION_CONFLICT");
        assertThat(problem.get("detail").stringValue()).contains("A sign-in of codex is under way");
        assertThat(tree(get(SESSIONS + "/" + SequentialIds.id(9)).body())
                        .get("code")
                        .stringValue())
                .isEqualTo("SESSION_NOT_FOUND");
    }

    @Test
    void every_engine_has_one_entry_and_it_stands_in_the_table_only() throws Exception {
        String english = get(PAGE + "?table=now").body();
        String chinese = get(PAGE + "?table=now", "Accept-Language", "zh").body();

        for (EngineId engine : EngineId.BUILT_IN) {
            assertThat(english.split("data-engine-auth-entry=\"" + engine.wire() + "\"", -1))
                    .hasSize(2);
        }
        assertThat(english).contains("Connect Codex", "Connect Gemini", "Connect iFlow", "Connect OpenCode");
        assertThat(chinese).contains("连接 Codex", "连接 Gemini", "连接 iFlow", "连接 OpenCode");
        assertThat(get(PAGE).body()).doesNotContain("data-engine-auth-entry=\"");
        String window = english.substring(
                english.indexOf("<section id=\"auth-window\""), english.indexOf("<p class=\"muted\" id=\"auth-busy\""));
        assertThat(window).contains("id=\"auth-cancel\"").doesNotContain("data-engine-auth-entry");
    }

    @Test
    void the_transport_is_chosen_once_and_that_of_the_server_comes_first() throws Exception {
        assertThat(get(PAGE).body())
                .containsPattern("(?s)<select id=\"auth-transport\".*value=\"oauth_proxy\" data-slug=\"oauth-proxy\".*"
                        + "value=\"cli_delegate\" data-slug=\"cli-delegate\".*</select>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"engines.js", "sign-in.js", "sign-in-menu.js", "sign-in-rules.js", "sign-in-window.js"})
    void neither_page_nor_scripts_know_what_was_before(String script) throws Exception {
        String page = get(PAGE + "?table=now").body();
        Matcher assets = Pattern.compile("/ui/assets/[^/\"]+/").matcher(page);
        assertThat(assets.find()).isTrue();

        HttpResponse<String> source = get(assets.group() + script);

        assertThat(source.statusCode()).isEqualTo(200);
        for (String word : OF_OLD) {
            assertThat(page).doesNotContain(word);
            assertThat(source.body()).doesNotContain(word);
        }
    }

    private static JsonNode data(HttpResponse<String> page) {
        Matcher found = Pattern.compile("<script type=\"application/json\" id=\"auth-data\">([^<]*)</script>")
                .matcher(page.body());
        assertThat(found.find()).isTrue();
        return tree(found.group(1));
    }

    private static JsonNode tree(String json) {
        return WireFormat.mapper().readTree(json);
    }
}
