package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class DocsPageTest extends HttpTestBed {
    private static final Pattern ASSET = Pattern.compile("/docs/assets/[0-9.]+/[a-z.-]+");

    DocsPageTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void the_page_loads_everything_from_this_server() throws Exception {
        HttpResponse<String> page = get("/docs");

        assertThat(page.statusCode()).isEqualTo(200);
        assertThat(page.body()).doesNotContain("https://").doesNotContain("http://");
        assertThat(page.headers().firstValue("Content-Security-Policy")).hasValueSatisfying(policy -> assertThat(policy)
                .contains("default-src 'none'", "script-src 'self';", "style-src 'self';", "connect-src 'self'")
                .doesNotContain("unsafe"));
        assertThat(ASSET.matcher(page.body()).results().map(MatchResult::group).distinct())
                .hasSize(2)
                .allSatisfy(asset -> {
                    HttpResponse<String> answer = get(asset);
                    assertThat(answer.statusCode()).isEqualTo(200);
                    assertThat(answer.headers().firstValue("Cache-Control"))
                            .hasValue("public, max-age=31536000, immutable");
                    assertThat(answer.body()).hasSizeGreaterThan(100_000);
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/docs/assets/5/swagger-ui.css",
                "/docs/assets/VERSION/index.html",
                "/docs/assets/VERSION/..%2f..%2fapp.css",
                "/docs/assets/VERSION/swagger-ui.css/x"
            })
    void nothing_else_comes_out_of_the_jar(String address) throws Exception {
        String version = ASSET.matcher(get("/docs").body())
                .results()
                .findFirst()
                .orElseThrow()
                .group()
                .split("/")[3];
        assertThat(get(address.replace("VERSION", version)).statusCode()).isIn(400, 404);
    }

    @Test
    void what_was_chosen_on_any_page_counts_here_and_what_is_chosen_here_leads_back() throws Exception {
        HttpResponse<String> chosen = send(
                "POST",
                "/ui/preferences",
                "theme=dark&back=/docs",
                "Content-Type",
                "application/x-www-form-urlencoded");

        assertThat(chosen.headers().firstValue("Location")).hasValue("/docs");
        assertThat(chosen.headers().allValues("Set-Cookie"))
                .anySatisfy(cookie -> assertThat(cookie).contains("Path=/docs;"))
                .anySatisfy(cookie -> assertThat(cookie).contains("Path=/ui;"));
        assertThat(send("GET", "/docs", "", "Cookie", "skill_runner_theme=dark; skill_runner_language=zh")
                        .body())
                .contains("data-theme=\"dark\"", "lang=\"zh-CN\"");
    }
}
