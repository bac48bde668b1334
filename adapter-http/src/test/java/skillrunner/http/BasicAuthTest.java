package skillrunner.http;

import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;
import skillrunner.http.access.Credentials;

import static org.assertj.core.api.Assertions.assertThat;

/** A password for the pages and the administration; the API for jobs is open. */
class BasicAuthTest extends HttpTestBed {
    private static final String CHALLENGE = "Basic realm=\"Skill Runner\", charset=\"UTF-8\"";
    private static final String RIGHT = basic("admin:pass:word");
    private static final String WRONG = basic("admin:password");

    BasicAuthTest(@TempDir Path temporary) {
        super(
                temporary,
                Optional.of(new AccessRule(AccessScope.UI, Credentials.of("admin", "pass:word"))),
                LEGACY_WORKS);
    }

    @Test
    void without_a_password_protected_routes_are_challenged_whether_they_exist_or_not() throws Exception {
        for (String path : List.of(
                "/ui",
                "/ui/runs",
                "/ui/runs/" + REQUEST,
                "/ui/nothing",
                "/v1/skill-packages/install",
                "/v1/engines/upgrades",
                "/v1/engines/upgrades/4711",
                "/v1/engines/codex/models/manifest",
                "/v1/engines/codex/models/snapshots",
                "/v1/engines/auth-status")) {
            for (String method : List.of("GET", "POST", "DELETE", "OPTIONS")) {
                HttpResponse<String> answer = send(method, path, "");

                assertThat(answer.statusCode()).as(method + " " + path).isEqualTo(401);
                assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(CHALLENGE);
                assertThat(answer.body()).contains("UNAUTHENTICATED");
            }
        }
    }

    @Test
    void everything_else_is_open() throws Exception {
        for (String path : List.of("/healthz", "/metrics", "/v1/skills", "/v1/management/runs")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(200);
        }
        assertThat(get("/v1/jobs").statusCode()).isEqualTo(405);
        assertThat(get("/v1/engines/auth/callback/openai").statusCode()).isEqualTo(404);
    }

    @Test
    void the_page_that_asks_for_a_password_has_its_style_sheet() throws Exception {
        HttpResponse<String> page = get("/ui/runs");

        assertThat(page.headers().firstValue("Content-Type")).hasValue("text/html;charset=utf-8");
        assertThat(page.body()).contains("Please sign in");
        String sheet = page.body().replaceAll("(?s).*\"(/ui/assets/[0-9a-f]+/app\\.css)\".*", "$1");
        assertThat(get(sheet).statusCode()).isEqualTo(200);
    }

    @Test
    void the_right_password_opens_the_pages_with_the_scheme_in_any_case() throws Exception {
        for (String header : List.of(RIGHT, RIGHT.replace("Basic", "basic"), RIGHT.replace("Basic", "BASIC"))) {
            assertThat(with(header, "/ui/runs").statusCode()).isEqualTo(200);
        }
        assertThat(with(RIGHT, "/ui/nothing").statusCode()).isEqualTo(404);
        assertThat(with(RIGHT, "/v1/engines/upgrades").statusCode()).isEqualTo(404);
    }

    @Test
    void what_is_wrong_is_said_to_be_wrong_and_what_is_missing_to_be_missing() throws Exception {
        assertThat(detail(get("/v1/engines/upgrades"))).contains("needs a user name");
        for (String header : List.of(WRONG, "Bearer x", "Basic %%%", basic("admin"), "Basic /w==", basic(":"))) {
            HttpResponse<String> answer = with(header, "/v1/engines/upgrades");

            assertThat(answer.statusCode()).as(header).isEqualTo(401);
            assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue(CHALLENGE);
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("application/problem+json");
            assertThat(detail(answer)).contains("is wrong").doesNotContain("admin");
        }
    }

    @Test
    void no_spelling_of_a_path_opens_a_page() throws Exception {
        for (String path : List.of(
                "//ui/engines",
                "//ui/runs",
                "/ui/",
                "/ui/runs/",
                "/UI/runs",
                "/v1/engines/%75pgrades",
                "/v1/engines/codex/models/manifest/",
                "/%75i/runs",
                "/%2575i/runs",
                "/ui/assets/../runs",
                "/ui/assets/..",
                "/ui/assets/%2e%2e/runs",
                "/ui/assets/..;/runs",
                "/ui/assets/..%2fruns",
                "/ui;x/runs",
                "/ui%2fruns",
                "/./ui/runs",
                "/x/../ui/runs",
                "\\ui\\runs",
                "/v1/engines/x/..;/upgrades",
                "http://localhost/ui/runs")) {
            RawHttp answer = RawHttp.get(api.port(), path);

            // The container refuses some of them before anybody else sees them.
            assertThat(answer.status()).as(path).isIn(400, 401);
            assertThat(answer.body()).as(path).doesNotContain("<table", "data-status");
        }
    }

    @Test
    void the_password_is_asked_for_before_origin_and_body_but_after_the_host() throws Exception {
        int port = api.port();
        RawHttp foreign = RawHttp.send(
                port,
                RawHttp.request(
                        "POST",
                        "/ui/preferences",
                        "Host: localhost",
                        "Origin: http://evil.example",
                        "Content-Length: 0"));
        RawHttp large =
                RawHttp.send(port, RawHttp.request("POST", "/ui/preferences", "Content-Length: " + 100 * MAX_BODY));
        RawHttp elsewhere = RawHttp.get(port, "/ui/runs", "Host: evil.example");

        assertThat(foreign.status()).isEqualTo(401);
        assertThat(large.status()).isEqualTo(401);
        assertThat(elsewhere.status()).isEqualTo(421);
    }

    @Test
    void after_ten_wrong_passwords_the_right_one_takes_longer_and_gets_in() throws Exception {
        for (int i = 0; i < 10; i++) {
            assertThat(get("/ui/runs").statusCode()).isEqualTo(401);
            assertThat(with(WRONG, "/ui/runs").statusCode()).isEqualTo(401);
        }
        HttpResponse<String> refused = with(WRONG, "/v1/engines/upgrades");
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().allValues("Retry-After")).containsExactly("1");
        assertThat(json(refused.body()).get("code").stringValue()).isEqualTo("AUTH_ATTEMPTS_EXHAUSTED");
        assertThat(with(WRONG, "/ui/runs").body()).contains("Too many wrong passwords");
        assertThat(get("/ui/runs").statusCode()).isEqualTo(401);
        assertThat(with(WRONG, "/v1/skills").statusCode()).isEqualTo(200);

        assertThat(with(RIGHT, "/ui/runs").statusCode()).isEqualTo(200);
        assertThat(with(RIGHT, "/v1/engines/upgrades").statusCode()).isEqualTo(404);
        assertThat(with(WRONG, "/ui/runs").statusCode()).isEqualTo(429);
    }

    @Test
    void what_waits_for_its_turn_holds_up_nobody_who_proved_the_password() throws Exception {
        assertThat(with(RIGHT, "/ui/runs").statusCode()).isEqualTo(200);
        List<Socket> guesses = new ArrayList<>();
        try {
            for (int i = 0; i < 60; i++) {
                guesses.add(RawHttp.open(api.port(), RawHttp.request("GET", "/ui/runs", "Authorization: " + WRONG)));
            }
            for (int i = 0; i < 20; i++) {
                assertThat(with(RIGHT, "/ui/runs").statusCode()).isEqualTo(200);
            }
        } finally {
            for (Socket guess : guesses) {
                guess.close();
            }
        }
    }

    @Test
    void what_another_sites_page_sends_is_neither_judged_nor_counted() throws Exception {
        for (int i = 0; i < 15; i++) {
            for (String foreign : List.of(
                    "Sec-Fetch-Site: cross-site",
                    "Sec-Fetch-Site: same-site",
                    "Origin: https://evil.example",
                    "Origin: null")) {
                for (String said : List.of(WRONG, RIGHT)) {
                    RawHttp answer = RawHttp.get(api.port(), "/ui/runs", foreign, "Authorization: " + said);
                    assertThat(answer.status()).as(foreign).isEqualTo(403);
                    assertThat(answer.body()).doesNotContain("<table");
                }
                assertThat(RawHttp.get(api.port(), "/ui/runs", foreign).status())
                        .isEqualTo(401);
            }
        }
        assertThat(with(WRONG, "/ui/runs").statusCode()).isEqualTo(401);
        assertThat(with(RIGHT, "/ui/runs").statusCode()).isEqualTo(200);
    }

    @Test
    void a_link_on_another_site_shows_its_page_or_asks_for_the_password_and_counts_for_links_only() throws Exception {
        assertThat(followed("/ui/runs").status()).isEqualTo(401);
        assertThat(followed("/ui/runs", "Authorization: " + RIGHT).status()).isEqualTo(200);
        assertThat(RawHttp.get(
                                api.port(),
                                "/ui/runs",
                                "Sec-Fetch-Site: cross-site",
                                "Sec-Fetch-Mode: navigate",
                                "Authorization: " + RIGHT)
                        .status())
                .isEqualTo(200);
        for (int i = 0; i < 12; i++) {
            RawHttp answer = followed("/ui/runs", "Authorization: " + WRONG);
            assertThat(answer.status()).isEqualTo(401);
            assertThat(answer.head()).contains("WWW-Authenticate: Basic");
        }

        assertThat(with(WRONG, "/ui/runs").statusCode()).isEqualTo(401);
        assertThat(followed("/ui/runs", "Authorization: " + RIGHT).status()).isEqualTo(200);
        assertThat(followed("/ui/nothing", "Authorization: " + RIGHT).status()).isEqualTo(404);
    }

    @ParameterizedTest
    @CsvSource({
        "POST, navigate, document",
        "GET, navigate, iframe",
        "GET, navigate, object",
        "GET, no-cors, image",
        "GET, no-cors, document",
        "GET, cors, empty",
        "DELETE, cors, empty"
    })
    void what_is_no_link_is_refused_with_either_password(String method, String mode, String destination)
            throws Exception {
        for (String said : List.of(WRONG, RIGHT)) {
            RawHttp answer = RawHttp.send(
                    api.port(),
                    RawHttp.request(
                            method,
                            "/ui/preferences",
                            "Sec-Fetch-Site: cross-site",
                            "Sec-Fetch-Mode: " + mode,
                            "Sec-Fetch-Dest: " + destination,
                            "Content-Length: 0",
                            "Authorization: " + said));
            assertThat(answer.status()).isEqualTo(403);
        }
    }

    private RawHttp followed(String path, String... headers) throws Exception {
        List<String> all = new ArrayList<>(List.of(
                "Sec-Fetch-Site: cross-site",
                "Sec-Fetch-Mode: navigate",
                "Sec-Fetch-Dest: document",
                "Sec-Fetch-User: ?1"));
        all.addAll(List.of(headers));
        return RawHttp.get(api.port(), path, all.toArray(String[]::new));
    }

    private HttpResponse<String> with(String authorization, String path) throws Exception {
        return send("GET", path, "", "Authorization", authorization);
    }

    private static String detail(HttpResponse<String> answer) {
        return json(answer.body()).get("detail").stringValue();
    }

    static String basic(String pair) {
        return "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8));
    }
}
