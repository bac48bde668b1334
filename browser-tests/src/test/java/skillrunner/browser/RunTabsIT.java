package skillrunner.browser;

import com.microsoft.playwright.Page;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import skillrunner.acceptance.TestSkill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Many pages of runs at once in one browser, which has six connections to a server. */
class RunTabsIT extends ScriptedPages {
    private static final int TABS = 10;

    /** Notes when each stream of a page was open. */
    private static final String NOTE_STREAMS =
            """
            window.streams = [];
            window.EventSource = class extends EventSource {
              constructor(address) {
                super(address);
                this.open = { from: Date.now(), to: null };
                window.streams.push(this.open);
              }
              close() {
                this.open.to ??= Date.now();
                super.close();
              }
            };
            """;

    @Override
    void prepare() throws IOException {
        TestSkill.installAsking(home);
    }

    @Override
    Map<String, String> settings() {
        return Map.of("SKILL_RUNNER_CPU_FACTOR", "16");
    }

    @Test
    void ten_pages_live_on_two_streams_and_each_is_answered() throws IOException {
        List<String> requests = new ArrayList<>();
        for (int i = 0; i < TABS; i++) {
            requests.add(api.create(TestSkill.asking(
                    "say run " + i + " begins",
                    "wait " + home.resolve("go-" + i),
                    "say run " + i + " goes on",
                    "answer {\"ask_user\": {\"kind\": \"confirm\", \"prompt\": \"Is it " + i + "?\"}}")));
        }
        for (String request : requests) {
            api.awaitStatus(request, Set.of("running"));
        }
        try (Visit visit = browser.visit(server.port())) {
            List<Page> pages = new ArrayList<>();
            for (String request : requests) {
                Page page = visit.another();
                page.addInitScript(NOTE_STREAMS);
                page.navigate("http://127.0.0.1:" + server.port() + "/ui/runs/" + request);
                pages.add(page);
            }
            for (int i = 0; i < TABS; i++) {
                assertThat(pages.get(i).locator(".talk-message").first()).containsText("run " + i + " begins");
            }
            for (int i = 0; i < TABS; i++) {
                Files.createFile(home.resolve("go-" + i));
            }
            for (int i = 0; i < TABS; i++) {
                assertThat(pages.get(i).locator(".talk-message").nth(1)).containsText("run " + i + " goes on");
                assertThat(pages.get(i).locator("#question")).containsText("Is it " + i + "?");
            }
            assertThat(mostAtOnce(pages)).isBetween(1, 2);
            for (Page page : pages) {
                page.locator("#question button:text-is('Yes')").click();
            }
            for (Page page : pages) {
                assertThat(page.locator("#run")).hasAttribute("data-status", "succeeded");
            }
            assertThat(mostAtOnce(pages)).isBetween(1, 2);
        }
    }

    private static int mostAtOnce(List<Page> pages) {
        List<double[]> open = new ArrayList<>();
        for (Page page : pages) {
            for (Object stream : (List<?>) page.evaluate("window.streams.map(one => [one.from, one.to ?? Infinity])")) {
                List<?> times = (List<?>) stream;
                open.add(new double[] {((Number) times.get(0)).doubleValue(), ((Number) times.get(1)).doubleValue()});
            }
        }
        return open.stream()
                .mapToInt(one -> (int) open.stream()
                        .filter(other -> other[0] <= one[0] && other[1] > one[0])
                        .count())
                .max()
                .orElse(0);
    }
}
