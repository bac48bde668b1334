package skillrunner.browser;

import com.microsoft.playwright.Download;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RealCodex;
import skillrunner.acceptance.Repository;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.standin.Answer;
import skillrunner.standin.ModelTurn;
import skillrunner.standin.StandInModelServer;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The demonstration as a newcomer sees it: the real codex CLI, whose model is the stand-in on loopback. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RealRunPageIT {
    private static final Pattern COMMAND = Pattern.compile("```sh\n(.*?)\n```", Pattern.DOTALL);

    private Path home;
    private StandInModelServer model;
    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start() throws Exception {
        home = Files.createTempDirectory(
                Files.createDirectories(Repository.root().resolve("browser-tests/target/real-codex")), "home");
        TestSkill.install(home);
        model = StandInModelServer.start(0);
        model.register("held", this::held);
        RealCodex.configure(home, model.baseUrl("held") + "/v1");
        server = RunningServer.start(
                home,
                Map.of(
                        "SKILL_RUNNER_NPM_PREFIX", RealCodex.npmPrefix().toString(),
                        "STUB_API_KEY", "a-key-for-the-stand-in",
                        "SKILL_RUNNER_MAX_CONCURRENT_HARD_CAP", "1"));
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
        model.close();
    }

    @Test
    void the_demo_is_watched_from_the_queue_to_its_result() throws Exception {
        ApiClient api = server.client();
        api.create(TestSkill.job());
        String request = api.create(Map.of("skill_id", "demo-prime-number", "parameter", Map.of("limit", 30)));
        api.upload(request, Map.of("numbers", "4 7 9 97\n100"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs");
            assertThat(visit.at("tr[data-request='" + request + "'] .status")).hasText("Queued");
            visit.at("#run-" + request).click();
            assertThat(visit.at("h1")).hasText("Prime numbers");
            assertThat(visit.at("#run")).hasAttribute("data-status", "queued");
            assertThat(visit.at("#log-stdout")).hasText("Waiting for output…");
            assertThat(visit.at("#tab-prompt")).isHidden();
            visit.page().evaluate("window.stillTheSamePage = true");

            Files.writeString(home.resolve("slot-is-free"), "");
            assertThat(visit.at("#run")).hasAttribute("data-status", "running");
            assertThat(visit.at("#run .run-sentence")).containsText("The engine is working.");
            assertThat(visit.at("#log-stdout")).containsText("primes.sh");
            assertThat(visit.at("#output-state")).hasText("Live");
            visit.at("#tab-prompt").click();
            assertThat(visit.at("#prompt")).not().isEmpty();
            visit.at("#tab-stdout").click();
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);

            visit.page().reload();
            assertThat(visit.at("#run")).hasAttribute("data-status", "running");
            assertThat(visit.at("#log-stdout")).containsText("Conversation begins");
            assertThat(visit.at("#log-stdout")).containsText("primes.sh");
            visit.page().evaluate("window.stillTheSamePage = true");

            Files.writeString(home.resolve("demo-goes-on"), "");
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.page()).hasTitle("Prime numbers · Succeeded · Skill Runner");
            assertThat(visit.at("#result")).containsText("97");
            assertThat(visit.at("#output-state")).hasText("Complete");
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);
            JsonNode receipt = api.status(request).get("receipt");
            for (String stream : new String[] {"stdout", "stderr"}) {
                assertThat(visit.at("#output"))
                        .hasAttribute(
                                "data-" + stream + "-seen",
                                receipt.get(stream).get("bytes").asString());
            }
            Download download = visit.page()
                    .waitForDownload(() -> visit.at("#artifacts a[download][aria-label*='primes.csv']")
                            .click());
            assertThat(Files.readString(download.path())).endsWith("10,29\n");
            visit.assertAccessibleInBothThemes();
        }
    }

    /** The job before the demo keeps its slot, and the demo's command waits, until the test lets them go on. */
    private Answer held(ModelTurn turn) {
        if (turn.toolOutput().isPresent()) {
            return new Answer.Text(turn.toolOutput()
                    .get()
                    .lines()
                    .filter(line -> line.startsWith("{"))
                    .findFirst()
                    .orElse("{\"status\": \"no output\"}"));
        }
        return turn.userTexts().stream()
                .map(COMMAND::matcher)
                .filter(Matcher::find)
                .map(command -> after("demo-goes-on", command.group(1)))
                .findFirst()
                .orElseGet(() -> after("slot-is-free", "echo '{\"status\": \"over\"}'"));
    }

    private Answer after(String file, String command) {
        return new Answer.ToolCall("until [ -e '" + home.resolve(file) + "' ]; do sleep 0.05; done; " + command);
    }
}
