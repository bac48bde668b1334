package skillrunner.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.Response;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.acceptance.Processes;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** The pages of runs, on a scripted CLI. */
class RunPageIT extends ScriptedPages {
    @Override
    void prepare() throws IOException {
        TestSkill.install(home);
    }

    @ParameterizedTest
    @ValueSource(strings = {"codex", "gemini", "iflow", "opencode"})
    void what_an_engine_said_is_shown_without_its_technical_members(String engine) throws IOException {
        String request = api.create(TestSkill.job(
                EngineId.parse(engine).orElseThrow(),
                Map.of("no_cache", true),
                "say hello reader",
                "answer {\"status\": \"fine\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#log-stdout")).containsText("hello reader");
            assertThat(visit.at("#log-stdout")).containsText("{\"status\": \"fine\"}");
            assertThat(visit.at("#log-stdout")).not().containsText("timestamp");
            assertThat(visit.at("#log-stdout")).not().containsText("sessionID");
            assertThat(visit.at(".log-row-event:not(.log-row-detail)")
                            .allInnerTexts()
                            .toString())
                    .doesNotContain("turn.", "item.", "agent_message", "step_", "_result", "init");

            visit.at("#readable").uncheck();
            assertThat(visit.at("#log-stdout")).containsText(engine.equals("iflow") ? "session-id" : "\"type\":");
        }
    }

    /** The time of the page stands still, so that it goes on when the test says so. */
    @Test
    void while_the_server_is_away_the_parts_of_a_page_are_asked_for_again_once_at_a_time() throws IOException {
        String request = api.create(TestSkill.job("answer {\"status\": \"fine\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#output-state")).hasText("Complete");

            Object rounds = visit.page()
                    .evaluate(
                            """
                            async () => {
                                const due = [];
                                const turn = () => new Promise(done => {
                                    const channel = new MessageChannel();
                                    channel.port1.onmessage = done;
                                    channel.port2.postMessage('');
                                });
                                const asked = window.fetch;
                                const later = window.setTimeout;
                                window.fetch = () => Promise.reject(new TypeError('away'));
                                window.setTimeout = (action, after) => (after === 3000 ? due.push(action) : 0);
                                document.body.dispatchEvent(new CustomEvent('run-changed'));
                                const rounds = [];
                                for (let round = 0; round < 5; round++) {
                                    // What the page asked for by itself may still be on its way.
                                    do {
                                        for (let i = 0; i < 200; i++) await turn();
                                    } while (due.length === 0);
                                    rounds.push(due.length);
                                    for (const action of due.splice(0)) action();
                                }
                                window.fetch = asked;
                                window.setTimeout = later;
                                return rounds;
                            }
                            """);

            assertThat(rounds).isEqualTo(List.of(1, 1, 1, 1, 1));
            assertThat(visit.at("#connection")).isHidden();
        }
    }

    @Test
    void a_run_is_canceled_after_a_question_and_all_its_processes_end() throws IOException {
        String request = api.create(TestSkill.job("spawn stray", "say ready", "hang"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#log-stdout")).containsText("ready");
            visit.at("#find").fill("ready");
            assertThat(visit.at("#output-state")).not().hasText("Live");
            visit.at("#find").fill("");
            assertThat(visit.at("#output-state")).hasText("Live");
            Locator dialog = visit.at("#cancel-dialog");
            assertThat(dialog).isHidden();

            visit.at("#cancel").click();
            assertThat(dialog).isVisible();
            assertThat(dialog).containsText("This can’t be undone.");
            assertThat(dialog.locator("button").first()).isFocused();
            visit.assertAccessible();
            visit.page().keyboard().press("Escape");
            assertThat(dialog).isHidden();

            visit.at("#cancel").click();
            dialog.locator("button").first().click();
            assertThat(dialog).isHidden();
            assertThat(api.status(request).get("status").stringValue()).isEqualTo("running");

            visit.at("#cancel").click();
            visit.at("#cancel-confirm").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "canceled");
            assertThat(visit.at("#cancel")).hasCount(0);
            JsonNode status = api.awaitEnd(request);
            assertThat(status.get("status").stringValue()).isEqualTo("canceled");
            assertThat(Processes.of(status.get("run_id").stringValue())).isEmpty();
            visit.assertAccessibleInBothThemes();
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, 2 min \\d+ s, 3 h 4 min", "zh-CN, 2 分 \\d+ 秒, 3 小时 4 分"})
    void a_clock_that_runs_is_written_like_one_that_stands(String locale, String minutes, String hours) {
        String request = api.create(TestSkill.job("say ready", "hang"));
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale(locale))) {
            visit.open("/ui/runs/" + request);
            Locator clock = visit.at(".elapsed");

            clock.evaluate("(one, ago) => { one.dataset.since = new Date(Date.now() - ago).toISOString(); }", 125_000);
            assertThat(clock).hasText(Pattern.compile("^" + minutes + "$"));
            clock.evaluate(
                    "(one, ago) => { one.dataset.since = new Date(Date.now() - ago).toISOString(); }", 11_042_000);
            assertThat(clock).hasText(hours);
        } finally {
            api.post("/v1/jobs/" + request + "/cancel");
        }
    }

    @Test
    void a_plan_shows_what_is_done_and_what_is_not() {
        String request = api.create(TestSkill.job(
                "raw {\"type\":\"item.completed\",\"item\":{\"id\":\"i1\",\"type\":\"todo_list\",\"items\":["
                        + "{\"text\":\"read\",\"completed\":true},{\"text\":\"write\",\"completed\":false}]}}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);

            assertThat(visit.at("#log-stdout")).containsText(Pattern.compile("Plan · ended\\s+☑ read\\s+☐ write"));
        }
    }

    @Test
    void each_changed_file_stands_with_what_became_of_it() {
        String request = api.create(TestSkill.job(
                "raw {\"type\":\"item.completed\",\"item\":{\"id\":\"i1\",\"type\":\"file_change\",\"changes\":["
                        + "{\"path\":\"a.txt\",\"kind\":\"add\"},{\"path\":\"" + "b/".repeat(40)
                        + "c.txt\",\"kind\":\"update\"}],\"status\":\"completed\"}}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);

            assertThat(visit.at("#log-stdout"))
                    .containsText(Pattern.compile(
                            "Files changed · ended\\s+Status: completed\\s+add a\\.txt\\s+update (b/){40}c\\.txt"));
        }
    }

    @Test
    void a_failure_says_what_happened_and_what_to_do() {
        String request = api.create(TestSkill.job("stderr the last words", "fail the model is tired"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#run")).hasAttribute("data-status", "failed");
            assertThat(visit.at("#problem h2")).hasText("The engine reported an error");
            assertThat(visit.at("#problem")).containsText("What to do:");
            assertThat(visit.at("#problem")).containsText("ENGINE_EXIT_NONZERO");
            assertThat(visit.at("#log-stdout")).containsText("the model is tired");
            visit.at("#tab-stdout").focus();
            visit.page().keyboard().press("ArrowRight");
            assertThat(visit.at("#tab-stderr")).isFocused();
            assertThat(visit.at("#log-stderr")).containsText("the last words");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void language_and_theme_are_chosen_once_and_kept() {
        String request = api.create(TestSkill.job("answer {\"status\": \"fine\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("html")).hasAttribute("lang", "en");
            assertThat(visit.at("html")).hasAttribute("data-theme", "system");
            visit.page().evaluate("window.stillTheSamePage = true");
            visit.choose("dark");
            assertThat(visit.at("html")).hasAttribute("data-theme", "dark");
            assertThat(visit.at("button[value=dark]")).hasAttribute("aria-pressed", "true");
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);

            visit.at("button[name=language]").click();
            assertThat(visit.at("html")).hasAttribute("lang", "zh-CN");
            assertThat(visit.at("html")).hasAttribute("data-theme", "dark");
            assertThat(visit.page()).hasURL("http://127.0.0.1:" + server.port() + "/ui/runs/" + request);
            assertThat(visit.at("#run .status").first()).hasText("成功");
            visit.assertAccessibleInBothThemes();

            visit.at(".site-nav a[href='/ui/runs']").click();
            assertThat(visit.at("html")).hasAttribute("lang", "zh-CN");
            assertThat(visit.at("tr[data-request='" + request + "']")).isVisible();
            visit.assertAccessibleInBothThemes();
            visit.at("button[name=language]").click();
            assertThat(visit.at("html")).hasAttribute("lang", "en");
        }
        try (Visit chinese =
                browser.visit(server.port(), reader -> reader.setLocale("zh-CN").setColorScheme(ColorScheme.DARK))) {
            chinese.open("/ui/runs");
            assertThat(chinese.at("html")).hasAttribute("lang", "zh-CN");
            chinese.assertAccessible();
        }
    }

    @Test
    void a_run_nobody_knows_has_a_page_that_says_so() {
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("404 (Not Found)");
            Response response = Objects.requireNonNull(visit.open("/ui/runs/00000000-0000-4000-8000-000000000000"));
            assertThat(response.status()).isEqualTo(404);
            assertThat(visit.at("h1")).hasText("There is no such run");
            visit.assertAccessibleInBothThemes();
            visit.at("main a").click();
            assertThat(visit.at("h1")).hasText("Runs");
        }
    }

    @Test
    void a_request_that_waits_for_its_files_says_so_and_takes_them() {
        String request = api.create(Map.of("skill_id", "demo-prime-number", "parameter", Map.of("limit", 10)));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs");
            visit.at("tr[data-request='" + request + "'] a:text-is('Send files')")
                    .click();
            assertThat(visit.at("h1")).hasText("The files of this request have not come yet");
            assertThat(visit.at("form[action='/ui/runs/" + request + "/upload'] input[name=file]"))
                    .isVisible();
            assertThat(visit.at("#curl"))
                    .containsText("127.0.0.1:" + server.port() + "/v1/jobs/" + request + "/upload");
            visit.at("#start").click();
            assertThat(visit.at("#fields-files .field-error")).hasText("Needed");
            visit.assertAccessibleInBothThemes();

            visit.at("#file-numbers")
                    .setInputFiles(
                            new FilePayload("any name.txt", "text/plain", "2 4 7".getBytes(StandardCharsets.UTF_8)));
            visit.at("#start").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", Pattern.compile("queued|running|succeeded"));
        }
    }

    @Test
    void the_list_moves_by_itself() throws IOException {
        Path go = home.resolve("list-goes-on");
        String request = api.create(TestSkill.job("wait " + go));
        api.awaitStatus(request, Set.of("running"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs");
            Locator status = visit.at("tr[data-request='" + request + "'] .status");
            assertThat(status).hasText("Running");
            Files.writeString(go, "");
            assertThat(status).hasText("Succeeded");
            String later = api.create(TestSkill.job("answer {\"status\": \"later\"}"));
            assertThat(visit.at("tr[data-request='" + later + "'] .status")).hasText("Succeeded");
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, 3 min. ago, yesterday", "zh-CN, 3分钟前, 昨天"})
    void the_list_says_how_long_ago_and_keeps_saying_it(String locale, String soon, String later) {
        String request = api.create(TestSkill.job("answer {\"status\": \"fine\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale(locale))) {
            visit.page().clock().install();
            visit.open("/ui/runs");
            Locator created =
                    visit.at("tr[data-request='" + request + "'] time").first();
            visit.page().clock().fastForward("03:00");
            assertThat(created).hasText(soon);
            assertThat(created).hasAttribute("title", Pattern.compile("20[0-9]{2}.*:[0-9]{2}"));
            visit.page().clock().fastForward("24:00:00");
            assertThat(created).hasText(later);
        }
    }

    @Test
    void what_a_run_left_is_looked_at_without_leaving_its_page() throws Exception {
        String request = api.create(TestSkill.job(
                "artifact report.md # All is <b>well</b>",
                "artifact table.csv name,age\\nAda,36",
                "answer {\"status\": \"artifacts/report.md\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.page().evaluate("window.stillTheSamePage = true");

            visit.at(".tree a:text-is('report.md')").click();
            assertThat(visit.at("#preview .markdown h4")).hasText("All is <b>well</b>");
            assertThat(visit.at(".tree a[aria-current]")).hasText("report.md");
            visit.at("#artifacts .file-name:text-is('table.csv')").click();
            assertThat(visit.at("#preview .preview-path")).hasText("artifacts/table.csv");
            assertThat(visit.at(".tree a[aria-current]")).hasText("table.csv");
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);
            visit.assertAccessibleInBothThemes();

            visit.at("#result a").click();
            assertThat(visit.at("#preview .markdown h4")).isVisible();
            visit.assertAccessibleInBothThemes();
            Download bundle = visit.page()
                    .waitForDownload(() -> visit.at("a[href$='/bundle']").click());
            assertThat(bundle.suggestedFilename()).isEqualTo("run_bundle.zip");
        }
    }

    @Test
    void without_scripts_a_run_has_its_facts_its_result_its_artifacts_and_its_end() throws Exception {
        String done = api.create(TestSkill.job("artifact report.txt all is well", "answer {\"status\": \"fine\"}"));
        api.awaitEnd(done);
        String hanging = api.create(TestSkill.job("say ready", "hang"));
        await().until(() -> api.stdout(hanging).contains("ready"));
        try (Visit visit = browser.visit(server.port(), reader -> reader.setJavaScriptEnabled(false))) {
            visit.open("/ui/runs");
            visit.at("#run-" + done).click();
            assertThat(visit.at("#result")).containsText("fine");
            assertThat(visit.at("#artifacts")).containsText("report.txt");
            assertThat(visit.at("#facts")).containsText(done);
            assertThat(visit.at("#output .needs-script")).isHidden();
            assertThat(visit.at("#output noscript p")).containsText("Live output needs JavaScript.");

            visit.open("/ui/runs/" + hanging);
            visit.at("#cancel").click();
            visit.at("#cancel-confirm").click();
            assertThat(visit.at("h1")).isVisible();
            assertThat(api.awaitEnd(hanging).get("status").stringValue()).isEqualTo("canceled");
            visit.page().reload();
            assertThat(visit.at("#run")).hasAttribute("data-status", "canceled");

            visit.at("button[value=dark]").click();
            assertThat(visit.at("html")).hasAttribute("data-theme", "dark");
        }
    }

    @Test
    void of_a_long_output_the_end_is_shown_at_once_and_all_of_it_on_demand() {
        String request = api.create(TestSkill.job("lines 30000 100"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#output-state")).hasText("End of the output");
            assertThat(visit.at("#earlier")).isVisible();
            assertThat(visit.at("#log-stdout")).containsText("Turn ended");

            visit.at("#load-all").click();
            assertThat(visit.at("#output-state")).hasText("Complete");
            assertThat(visit.at("#earlier")).isHidden();
            assertThat(visit.at("#log-stdout .log-row").count()).isLessThan(200);

            visit.at("#find").fill("Printed: 12345 ");
            assertThat(visit.at("#output-state")).hasText("1 match");
            visit.page().keyboard().press("Enter");
            assertThat(visit.at(".log-row-current")).containsText("12345");
            visit.at("#find").fill("");
            assertThat(visit.at("#output-state")).hasText("Complete");
            visit.at("#follow").check();
            assertThat(visit.at("#log-stdout")).containsText("Turn ended");
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
