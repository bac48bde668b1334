package skillrunner.browser;

import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Plain skills become skills that run, by a press of a button. */
class AdoptPagesIT extends ScriptedPages {
    private static final Pattern RUN = Pattern.compile("/ui/runs/([0-9a-f-]{36})$");

    @Test
    void a_plain_folder_is_adopted_in_the_list_and_takes_files_of_any_name() throws IOException {
        plain("note-keeper");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui");
            visit.at("tr[data-skill=note-keeper] button:text-is('Adopt')").click();
            assertThat(visit.at("#install-status .status")).hasText("Succeeded");
            assertThat(visit.at("tr[data-skill=note-keeper] .status")).hasText("Healthy");
            visit.assertAccessibleInBothThemes();

            visit.at("tr[data-skill=note-keeper] a[href$='/run']").click();
            visit.at("#engine").selectOption("gemini");
            visit.at("#fields-input textarea")
                    .fill("@cli sh cat uploads/*.csv >artifacts/copy.csv\n@cli answer {\"answer\": \"*kept*\"}");
            visit.at("input[type=file][multiple]")
                    .setInputFiles(new FilePayload[] {payload("what ever.csv", "a,b\n"), payload("说明.csv", "1,2\n")});
            assertThat(visit.at("#curl")).containsText("\"await_upload\": true");
            visit.assertAccessibleInBothThemes();
            visit.at("#start").click();

            visit.page().waitForURL(RUN);
            String request = RUN.matcher(visit.page().url())
                    .results()
                    .findFirst()
                    .orElseThrow()
                    .group(1);
            assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
            assertThat(api.get("/v1/jobs/" + request + "/artifacts/artifacts/copy.csv")
                            .body())
                    .isEqualTo("a,b\n1,2\n");
            assertThat(visit.at("#result")).containsText("kept");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void a_plain_folder_is_adopted_on_its_own_page_by_a_reader_of_chinese() throws IOException {
        plain("prose-writer");
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open("/ui/skills/prose-writer");
            assertThat(visit.at("#run")).hasCount(0);
            visit.assertAccessible();
            visit.at("#problems button").press("Enter");

            assertThat(visit.at("#install-status")).hasAttribute("data-status", "succeeded");
            visit.at("tr[data-skill=prose-writer].row-new .row-link").click();
            assertThat(visit.at("#run")).isVisible();
            assertThat(visit.at("#problems")).hasCount(0);
            visit.assertAccessible();
        }
    }

    @Test
    void a_form_without_files_sends_none() throws IOException {
        plain("thinker");
        api.awaitInstall(api.post("/v1/management/skills/thinker/adopt")
                .json()
                .get("request_id")
                .stringValue());
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/skills/thinker/run");
            visit.at("#start").click();
            assertThat(visit.at("#fields-input .field-error")).hasText("Needed");

            visit.at("#fields-input textarea").fill("@cli answer {\"answer\": \"thought\"}");
            visit.at("#start").click();
            visit.page().waitForURL(RUN);
            assertThat(visit.at("#result")).containsText("thought");
        }
    }

    private void plain(String id) throws IOException {
        Path folder = Files.createDirectories(home.resolve("data/skills").resolve(id));
        Files.writeString(
                folder.resolve("SKILL.md"), "---\nname: " + id + "\ndescription: Does as it is told.\n---\n# Do\n");
    }

    private static FilePayload payload(String name, String text) {
        return new FilePayload(name, "text/csv", text.getBytes(StandardCharsets.UTF_8));
    }
}
