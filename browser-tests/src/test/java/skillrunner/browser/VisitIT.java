package skillrunner.browser;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Plants what a visit must see. A watch that can't bark guards nothing. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class VisitIT {
    private static final String POLICY = "default-src 'none'; script-src 'self'; style-src 'self'; img-src *";
    private static final String PAGE =
            """
            <!DOCTYPE html><html lang="en"><head><title>A page</title></head>
            <body><main><h1>Hello</h1>%s</main></body></html>
            """;

    private Browser browser;
    private HttpServer server;
    private volatile String body = "";

    @BeforeAll
    void start() throws IOException {
        browser = Browser.shared();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            byte[] page = (exchange.getRequestURI().getPath().equals("/script.js")
                            ? "console.error('planted')"
                            : PAGE.formatted(body))
                    .getBytes(StandardCharsets.UTF_8);
            boolean script = exchange.getRequestURI().getPath().endsWith(".js");
            exchange.getResponseHeaders().set("Content-Type", script ? "text/javascript" : "text/html; charset=utf-8");
            exchange.getResponseHeaders().set("Content-Security-Policy", POLICY);
            boolean icon = exchange.getRequestURI().getPath().endsWith(".ico");
            exchange.sendResponseHeaders(icon ? 204 : 200, icon ? -1 : page.length);
            if (!icon) {
                exchange.getResponseBody().write(page);
            }
            exchange.close();
        });
        server.start();
    }

    @AfterAll
    void stop() {
        server.stop(0);
    }

    @Test
    void a_plain_page_is_fine() {
        assertThatCode(() -> visit("<p>nothing</p>").close()).doesNotThrowAnyException();
    }

    @Test
    void a_request_to_another_host_is_seen() {
        Visit visit = visit("<img src='http://elsewhere.invalid/a.png' alt='a picture'>");
        assertThatThrownBy(visit::close).hasMessageContaining("elsewhere.invalid");
    }

    @Test
    void a_breach_of_the_content_policy_is_seen() {
        Visit visit = visit("<script>document.title = 'taken over'</script>");
        assertThat(visit.page()).hasTitle("A page");
        assertThatThrownBy(visit::close).hasMessageContaining("content policy: script-src");
    }

    @Test
    void an_error_in_the_console_is_seen_unless_it_is_expected() {
        assertThatThrownBy(visit("<script src='/script.js'></script>")::close).hasMessageContaining("planted");
        body = "<script src='/script.js'></script>";
        assertThatCode(() -> {
                    try (Visit visit = browser.visit(server.getAddress().getPort())) {
                        visit.expecting("planted").open("/");
                    }
                })
                .doesNotThrowAnyException();
    }

    @Test
    void a_barrier_is_seen() {
        try (Visit visit = visit("<img src='/a.ico'>")) {
            assertThatThrownBy(visit::assertAccessible).hasMessageContaining("image-alt");
        }
    }

    private Visit visit(String planted) {
        body = planted;
        Visit visit = browser.visit(server.getAddress().getPort());
        visit.open("/");
        return visit;
    }
}
