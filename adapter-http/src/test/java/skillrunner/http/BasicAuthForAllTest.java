package skillrunner.http;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.http.access.AccessRule;
import skillrunner.http.access.AccessScope;
import skillrunner.http.access.Credentials;

import static org.assertj.core.api.Assertions.assertThat;

/** A password for everything. */
class BasicAuthForAllTest extends HttpTestBed {
    BasicAuthForAllTest(@TempDir Path temporary) {
        super(temporary, Optional.of(new AccessRule(AccessScope.ALL, Credentials.of("admin", "x"))), LEGACY_WORKS);
    }

    @Test
    void only_signs_of_life_assets_and_callbacks_are_open() throws Exception {
        for (String path : List.of(
                "/", "/metrics", "/v1/skills", "/v1/jobs", JOB, JOB + "/events", "/v1/management/runs", "/ui/runs")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(401);
        }
        assertThat(post("/v1/jobs", "{").statusCode()).isEqualTo(401);
        // The answer is there although the body never comes.
        RawHttp answer = RawHttp.send(
                api.port(),
                RawHttp.request(
                        "POST",
                        JOB + "/upload",
                        "Content-Type: multipart/form-data; boundary=b",
                        "Content-Length: " + 2 * MAX_UPLOAD));
        assertThat(answer.status()).isEqualTo(401);
        assertThat(get("/healthz").statusCode()).isEqualTo(200);
        assertThat(get("/readyz").statusCode()).isEqualTo(503);
        for (String path : List.of(
                "/auth/callback",
                "/v1/engines/auth/callback/openai",
                "/v1/engines/auth/oauth-proxy/callback/openai",
                "/ui/assets/0/nothing",
                "/ui-static/nothing")) {
            assertThat(get(path).statusCode()).as(path).isEqualTo(404);
        }
    }

    @Test
    void with_the_password_the_api_is_there() throws Exception {
        String right = BasicAuthTest.basic("admin:x");

        assertThat(send("GET", "/v1/skills", "", "Authorization", right).statusCode())
                .isEqualTo(200);
        assertThat(send("GET", "/ui/runs", "", "Authorization", right).statusCode())
                .isEqualTo(200);
    }
}
