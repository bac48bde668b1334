package skillrunner.browser;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;

/** The page of a run follows it, and whatever its reader is doing there goes on. */
class RunFollowIT extends ScriptedPages {
    @Override
    void prepare() throws IOException {
        TestSkill.install(home);
        TestSkill.installAsking(home);
    }

    @Test
    void an_open_dialog_stays_open_while_the_facts_are_fetched_again() throws IOException {
        Path go = home.resolve("go-dialog");
        String request = api.create(TestSkill.asking("wait " + go, "answer {\"ask_user\": {\"prompt\": \"Now?\"}}"));
        api.awaitStatus(request, Set.of("running"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.at("#cancel").click();
            Locator dialog = visit.at("#cancel-dialog");
            dialog.locator("summary").click();
            assertThat(dialog.locator("pre"))
                    .hasText(
                            "curl -sS -X POST 'http://127.0.0.1:" + server.port() + "/v1/jobs/" + request + "/cancel'");
            visit.assertAccessible();
            dialog.locator("summary").focus();

            Files.createFile(go);
            assertThat(visit.at("#question")).isAttached();

            assertThat(visit.at("#run")).hasAttribute("data-status", "waiting_user");
            assertThat(dialog).isVisible();
            assertThat(dialog.locator("summary")).isFocused();
            assertThat(dialog.locator("pre")).isVisible();
            assertThat(dialog.locator("pre")).containsText("http://127.0.0.1:");
            visit.at("#cancel-confirm").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "canceled");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "open_text   | \"ui_hints\": {}                                            | \"response\": \"it's \\\"mine\\\"\"",
                "confirm     | \"ui_hints\": {}                                            | \"response\": \"it's \\\"mine\\\"\"",
                "fill_fields | \"required_fields\": [\"name\"]                             | \"name\": \"it's \\\"mine\\\"\""
            })
    void a_half_written_answer_keeps_its_words_its_cursor_and_its_call(String kind, String members, String call) {
        String request = asks(kind, members);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            if (kind.equals("confirm")) {
                visit.at(".curl-box:has(#reply-curl) summary").click();
                assertThat(visit.at("#reply-curl")).containsText("\"response\": true");
                visit.at(".question-form summary").click();
            }
            Locator field = visit.at(".question-form textarea, .question-form [name=field]");
            field.fill("it's \"mine\"");
            visit.page().evaluate("document.getElementById('run').dataset.old = 'true'");
            visit.page().evaluate("document.getElementById('question').before(document.createElement('p'))");

            visit.page().evaluate("document.body.dispatchEvent(new CustomEvent('run-changed'))");

            assertThat(visit.at("#run[data-old]")).hasCount(0);
            assertThat(field).hasValue("it's \"mine\"");
            assertThat(field).isFocused();
            assertThat(field).isVisible();
            assertThat(visit.at("#reply-curl")).containsText("/v1/jobs/" + request + "/interaction/reply'");
            assertThat(visit.at("#reply-curl")).containsText(call.replace("'", "'\\''"));
        }
    }

    @Test
    void what_is_looked_for_in_the_output_is_found_in_what_comes_later_as_well() throws IOException {
        Path go = home.resolve("go-find");
        String request = api.create(
                TestSkill.job("say needle one", "wait " + go, "say needle two", "answer {\"status\": \"fine\"}"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#log-stdout")).containsText("needle one");
            visit.at("#find").fill("needle");
            assertThat(visit.at("#output-state")).hasText("1 match");
            Files.createFile(go);
            assertThat(visit.at("#output-state")).hasText("2 matches");
        }
    }

    @Test
    void a_question_that_follows_another_unseen_takes_its_place() {
        String request = asks("open_text", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            // From here on the page looks now and then only, and the turn that is begun elsewhere may be over by then.
            assertThat(visit.at("#output-state")).hasText("End of the output");

            api.post(
                    "/v1/jobs/" + request + "/interaction/reply",
                    "{\"interaction_id\": 1, \"response\": \"@cli answer {\\\"ask_user\\\": {\\\"prompt\\\": \\\"And this?\\\"}}\"}");

            assertThat(visit.at("#question")).containsText("And this?");
            assertThat(visit.at(".question-form [name=interaction_id]")).hasValue("2");
        }
    }

    @Test
    void whoever_scrolls_up_by_finger_or_bar_reads_on_there() {
        String request = ended("lines 200 100");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            Locator log = visit.at("#log-stdout");
            assertThat(log).containsText("Turn ended");

            log.evaluate("log => { log.scrollTop = 0; }");

            assertThat(visit.at("#follow")).not().isChecked();
            assertThat(log).containsText("Conversation begins");
            visit.at("#follow").check();
            assertThat(log).containsText("Turn ended");
            visit.at("#tab-stderr").click();
            visit.at("#tab-stdout").click();
            visit.page().setViewportSize(500, 1000);
            assertThat(log).containsText("Turn ended");
            assertThat(visit.at("#follow")).isChecked();
        }
    }

    @Test
    void a_server_that_is_away_is_asked_again() {
        String request = asks("open_text", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("ERR_FAILED").open("/ui/runs/" + request);
            visit.page().route("**/summary", route -> route.abort());
            visit.page().evaluate("document.getElementById('run').dataset.old = 'true'");
            visit.page().evaluate("document.body.dispatchEvent(new CustomEvent('run-changed'))");
            assertThat(visit.at("#connection")).isVisible();
            visit.page().unroute("**/summary");
            assertThat(visit.at("#connection")).isHidden();
            assertThat(visit.at("#run[data-old]")).hasCount(0);
        }
    }

    @Test
    void each_turn_says_how_long_it_took_and_what_its_engine_told_of_it() {
        String request = ended("say hello");
        String gemini = api.create(TestSkill.job(
                EngineId.GEMINI,
                Map.of("no_cache", true),
                "raw {\"type\":\"result\",\"status\":\"success\",\"stats\":{\"input_tokens\":12345,\"output_tokens\":7,"
                        + "\"models\":{\"gemini-3-pro\":{\"total_tokens\":12352}}}}",
                "answer {\"status\": \"fine\"}"));
        api.awaitEnd(gemini);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#turns [data-turn='1'] dt")).hasText(Pattern.compile("^Turn 1 · \\d+\\.\\d s$"));
            assertThat(visit.at("#turns [data-turn='1']"))
                    .containsText("11 tokens read (0 of them known already), 7 written");

            visit.open("/ui/runs/" + gemini);
            assertThat(visit.at("#turns [data-turn='1']")).containsText("gemini-3-pro");
            assertThat(visit.at("#turns [data-turn='1']"))
                    .containsText("12,345 tokens read (0 of them known already), 7 written");
        }
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open("/ui/runs/" + gemini);
            assertThat(visit.at("#turns [data-turn='1'] dt")).containsText("第 1 轮");
            assertThat(visit.at("#turns [data-turn='1']")).containsText("读取 12,345 个 token（其中缓存 0 个），写出 7 个");
        }
    }
}
