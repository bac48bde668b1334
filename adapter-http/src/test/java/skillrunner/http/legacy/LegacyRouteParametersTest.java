package skillrunner.http.legacy;

import io.javalin.Javalin;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LegacyRouteParametersTest {
    @Test
    void the_successor_takes_the_parameters_of_the_old_address() throws Exception {
        LegacyRoutes legacy = new LegacyRoutes(false, "2026-06-30", "/doc");
        Javalin server = Javalin.create(config -> {
            config.startup.showJavalinBanner = false;
            legacy.get(config.routes, "/old/{id}/logs", "/new/{id}/events", ctx -> ctx.result("ok"));
        });
        try {
            server.start("127.0.0.1", 0);
            HttpResponse<String> answer = HttpClient.newHttpClient()
                    .send(
                            HttpRequest.newBuilder(
                                            URI.create("http://127.0.0.1:" + server.port() + "/old/a%20%3E%22b/logs"))
                                    .build(),
                            HttpResponse.BodyHandlers.ofString());

            assertThat(answer.body()).isEqualTo("ok");
            assertThat(answer.headers().firstValue("Link").orElseThrow())
                    .startsWith("</new/a%20%3E%22b/events>; rel=\"successor-version\"");
        } finally {
            server.stop();
        }
    }
}
