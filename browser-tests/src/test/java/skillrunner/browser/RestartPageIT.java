package skillrunner.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedCli;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** kill -9 of the server while somebody watches. */
class RestartPageIT {
    @TempDir
    private Path home;

    @Test
    void the_page_says_that_the_server_is_away_and_catches_up_without_a_gap_once_it_is_back() throws Exception {
        TestSkill.install(home);
        ScriptedCli.install(home.resolve("cache/npm/bin"), EngineId.CODEX);
        Path more = home.resolve("more");
        Path end = home.resolve("end");
        Browser browser = Browser.shared();
        RunningServer first = RunningServer.start(home, Map.of());
        Visit visit = browser.visit(first.port());
        Visit list = browser.visit(first.port());
        try (first) {
            visit.open("/ui/runs");
            assertThat(visit.at("h2")).hasText("No runs yet");
            visit.assertAccessibleInBothThemes();

            String request = first.client()
                    .create(TestSkill.job(
                            "say before the crash",
                            "wait " + more,
                            "lines 500 200",
                            "say meanwhile",
                            "wait " + end,
                            "answer {\"status\": \"fine\"}"));
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#log-stdout")).containsText("before the crash");
            visit.page().evaluate("window.stillTheSamePage = true");
            assertThat(visit.at("#connection")).isHidden();
            visit.assertNothingOdd();
            list.open("/ui/runs");
            visit.expecting("net::ERR_");
            list.expecting("net::ERR_").expecting("htmx:");
            first.kill();
        }
        assertThat(list.at("#connection")).isVisible();
        list.at("button[value=dark]").click();
        assertThat(visit.at("#connection")).isVisible();
        assertThat(visit.at("#connection")).containsText("Connection to the server lost");
        visit.assertAccessible();
        Files.writeString(more, "");
        try (visit;
                list;
                RunningServer second = RunningServer.start(home, Map.of("PORT", Integer.toString(first.port())))) {
            list.choose("light");
            assertThat(list.at("#connection")).isHidden();
            assertThat(list.at("tr .status")).hasText("Running");
            assertThat(visit.at("#connection")).isHidden();
            assertThat(visit.at("#log-stdout")).containsText("meanwhile");
            Files.writeString(end, "");
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at("#output-state")).hasText("Complete");
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);
            assertThat(visit.at("#facts")).containsText("Went on over a restart of the server");
            ApiClient api = second.client();
            String request = visit.page().url().substring(visit.page().url().lastIndexOf('/') + 1);
            assertThat(visit.at("#output"))
                    .hasAttribute(
                            "data-stdout-seen",
                            api.status(request)
                                    .get("receipt")
                                    .get("stdout")
                                    .get("bytes")
                                    .asString());
        }
    }
}
