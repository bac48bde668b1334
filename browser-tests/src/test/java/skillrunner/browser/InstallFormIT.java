package skillrunner.browser;

import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestPackage;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Installing a skill from the home page. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class InstallFormIT {
    private static final String NOTE_PROGRESS =
            """
            window.stillTheSamePage = true;
            window.progressWasShown = false;
            const bar = document.getElementById('install-progress');
            new MutationObserver(() => { if (!bar.hidden) window.progressWasShown = true; })
                .observe(bar, { attributes: true });
            """;

    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        server = RunningServer.start(home, Map.of());
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void a_package_is_sent_followed_and_shown_without_leaving_the_page() throws IOException {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui");
            visit.page().evaluate(NOTE_PROGRESS);

            send(
                    visit,
                    TestPackage.of("fresh", "1.0.0")
                            .file("notes.txt", "notes ".repeat(100_000))
                            .zip());

            assertThat(visit.at("#install-status .status")).hasText("Succeeded");
            assertThat(visit.at("tr[data-skill=fresh].row-new .tag-new")).isVisible();
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);
            assertThat(visit.page().evaluate("window.progressWasShown")).isEqualTo(true);
            assertThat(visit.at("#install-progress")).isHidden();
            assertThat(visit.at("#package")).hasValue("");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void a_package_that_is_refused_says_why_beside_the_form_and_the_table_stays() throws IOException {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui");
            String table = visit.at("#skills table").innerText();

            send(visit, TestPackage.of("broken", "latest").zip());

            assertThat(visit.at("#install-status .status")).hasText("Failed");
            assertThat(visit.at("#install-status .problem-message")).containsText("version");
            assertThat(visit.at("#skills table").innerText()).isEqualTo(table);
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void what_is_no_upload_at_all_is_refused_in_the_same_place() {
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("400 (Bad Request)")
                    .expecting("Status Error Code 400")
                    .open("/ui");

            send(visit, new byte[0]);

            assertThat(visit.at("#install")).containsText("empty");
            assertThat(visit.at("h1")).hasText("Skills");
            visit.assertAccessible();
        }
    }

    @Test
    void the_same_call_as_a_command_names_this_server_and_takes_the_same_switch() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui");
            assertThat(visit.at("#install-curl"))
                    .hasText("curl -sS -F 'file=@package.zip' 'http://127.0.0.1:" + server.port()
                            + "/v1/skill-packages/install'");
            visit.at("#install-form [name=adopt]").check();
            assertThat(visit.at("#install-curl")).containsText("-F 'adopt=true' 'http");
            visit.at("#install-form [name=adopt]").uncheck();
            assertThat(visit.at("#install-curl")).containsText("@package.zip' 'http");
        }
    }

    @Test
    void without_scripts_the_form_leads_to_the_state_of_the_installation() throws IOException {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setJavaScriptEnabled(false))) {
            visit.open("/ui");

            send(visit, TestPackage.of("plain-form", "1.0.0").zip());

            assertThat(visit.at("h1")).hasText("Install a skill");
            assertThat(visit.at("#install-status")).isVisible();
            visit.open("/ui");
            assertThat(visit.at("#install-form")).isVisible();
        }
    }

    private static void send(Visit visit, byte[] archive) {
        visit.at("#package").setInputFiles(new FilePayload("package.zip", "application/zip", archive));
        visit.at("#install-form button[type=submit]").click();
    }
}
