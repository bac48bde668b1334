package skillrunner.http;

import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

class SkillInstallPagesTest extends HttpTestBed {
    private static final String INSTALL = "/ui/skill-packages/install";
    private static final Pattern AGAIN = Pattern.compile("hx-get=\"(/ui/skill-packages/[0-9a-f-]{36}/status)\"");

    SkillInstallPagesTest(@TempDir Path temporary) {
        super(temporary);
    }

    @Test
    void a_package_is_taken_and_its_panel_asks_again_until_it_is_installed() throws Exception {
        HttpResponse<String> taken = upload(INSTALL, "file", "demo 1.2.0");

        assertThat(taken.statusCode()).isEqualTo(200);
        assertThat(taken.body())
                .contains("data-status=\"queued\"", "hx-trigger=\"every 1s\"")
                .doesNotContain("<html");
        String again = again(taken.body());
        assertThat(get(again).body()).contains("data-status=\"queued\"", again);

        installing.runAll();

        assertThat(get(again).body())
                .contains("data-status=\"succeeded\"", "demo 1.2.0 is installed.")
                .contains("hx-get=\"/ui/management/skills/table?highlight_skill_id=demo\"", "hx-target=\"#skills\"")
                .doesNotContain("every 1s");
    }

    @Test
    void a_bad_package_says_why_and_asks_no_more() throws Exception {
        String again = again(upload(INSTALL, "file", "<b>rubbish</b>").body());

        installing.runAll();

        assertThat(get(again).body())
                .contains("data-status=\"failed\"", "&lt;b&gt;rubbish", "Nothing was changed.")
                .doesNotContain("hx-get", "<b>");
    }

    @ParameterizedTest
    @ValueSource(strings = {"00000000-0000-4000-8000-000000000000", "no-id"})
    void an_installation_nobody_knows_shows_as_failed(String id) throws Exception {
        HttpResponse<String> panel = get("/ui/skill-packages/" + id + "/status");

        assertThat(panel.statusCode()).isEqualTo(200);
        assertThat(panel.body())
                .contains("data-status=\"failed\"", "No installation has this id")
                .doesNotContain("hx-get");
    }

    @Test
    void nothing_to_install_is_refused() throws Exception {
        assertThat(upload(INSTALL, "file", "").statusCode()).isEqualTo(400);
        assertThat(upload(INSTALL, "other", "x").statusCode()).isEqualTo(400);
        assertThat(send("POST", INSTALL, "x", "Content-Type", "text/plain").statusCode())
                .isEqualTo(415);
    }

    @Test
    void a_browser_without_scripts_gets_a_whole_page() throws Exception {
        String again = again(upload(INSTALL, "file", "demo 1.2.0").body());

        assertThat(send("GET", again, "", "Accept", "text/html,*/*").body())
                .contains("<html", "<noscript>", "Install a skill");
        assertThat(send("GET", again, "", "Accept", "text/html,*/*", "HX-Request", "true")
                        .body())
                .doesNotContain("<html");
    }

    @Test
    void home_has_the_form() throws Exception {
        assertThat(get("/ui").body())
                .contains("action=\"" + INSTALL + "\"", "enctype=\"multipart/form-data\"", "type=\"file\"");
    }

    private static String again(String panel) {
        Matcher matcher = AGAIN.matcher(panel);
        assertThat(matcher.find()).as(panel).isTrue();
        return matcher.group(1);
    }
}
