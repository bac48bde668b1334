package skillrunner.browser;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Every event of a run in the order of time, and the turns of a run one by one. */
class TimeLineIT extends ScriptedPages {
    @Override
    void prepare() throws IOException {
        TestSkill.install(home);
        TestSkill.installAsking(home);
    }

    @ParameterizedTest
    @CsvSource({
        "en-US, Server, The turn got its slot, The agent spoke, The run moved on, Raw output",
        "zh-CN, 服务器, 本轮得到运行名额, 智能体发言, 运行状态改变, 原始输出"
    })
    void the_time_line_is_told_in_plain_words_and_filtered_by_stream(
            String locale, String server, String slot, String spoke, String moved, String raw) {
        String request = ended("say good morning", "raw no json at all", "stderr a word aside");
        try (Visit visit = browser.visit(this.server.port(), reader -> reader.setLocale(locale))) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".event")).hasCount(0);
            visit.at("#events summary").click();
            Locator decided = visit.at(".event[data-stream=orchestrator]");
            assertThat(decided.first()).containsText(server);
            assertThat(decided.first().locator("strong")).hasText(slot);
            assertThat(visit.at(".event[data-stream=fcmp] strong").first()).hasText(moved);
            for (String words : visit.at(".event strong").allInnerTexts()) {
                assertThat(words).isNotBlank().doesNotContainPattern("[a-z][._][a-z]");
            }
            visit.assertAccessibleInBothThemes();

            for (String stream : List.of("orchestrator", "fcmp")) {
                visit.at("#events [data-stream=" + stream + "]").first().uncheck();
                assertThat(visit.at(".event[data-stream=" + stream + "]")).hasCount(0);
            }
            assertThat(visit.at(".event").first()).isVisible();
            Locator message = visit.at(".event:has-text('good morning')");
            assertThat(message.locator("strong")).hasText(spoke);
            message.locator("button").click();
            assertThat(message.locator("pre"))
                    .hasText(Pattern.compile("^\\{\"type\":\"item.completed\".*\"text\":\"good morning\"}}\\s*$"));
            Locator aside = visit.at(".event:has-text('a word aside')");
            assertThat(aside.locator("button")).hasText(raw);
            aside.locator("button").click();
            assertThat(aside.locator("pre")).hasText("a word aside");

            visit.at("#events [data-stream=rasp]").first().uncheck();
            assertThat(visit.at("#events-none")).isVisible();
        }
    }

    @Test
    void what_came_from_bytes_leads_to_them_whatever_its_engine_calls_it() {
        String request = ended(
                CodexLines.item("item.started", CodexLines.tool("c1", "make", "")),
                CodexLines.item("item.completed", CodexLines.tool("c1", "make", ",\"exit_code\":0")),
                CodexLines.item("item.completed", "\"type\":\"reasoning\",\"text\":\"hm\""),
                CodexLines.item("item.completed", "\"type\":\"error\",\"message\":\"a small fault\""),
                CodexLines.item("item.completed", "\"type\":\"of_tomorrow\",\"text\":\"new\""),
                "garbage");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.at("#events summary").click();
            visit.at("#events [data-stream=orchestrator]").first().uncheck();
            visit.at("#events [data-stream=fcmp]").first().uncheck();
            assertThat(visit.at(".event:has-text('hm') button")).isVisible();
            int made = visit.at(".event button[data-raw]").count();
            assertThat(made).isGreaterThan(8);
            for (int i = 0; i < made; i++) {
                visit.at(".event button[data-raw]").first().click();
                assertThat(visit.at(".event pre")).hasCount(i + 1);
            }
            assertThat(visit.at(".event pre").allInnerTexts()).noneMatch(String::isBlank);
            visit.at(".talk-thought summary").click();
            visit.at(".talk-thought button").click();
            assertThat(visit.at(".talk-thought pre")).containsText("\"hm\"");
            visit.at(".talk-note:has-text('a small fault') button").click();
            assertThat(visit.at(".talk-note:has-text('a small fault') pre")).containsText("a small fault");
        }
    }

    @Test
    void a_message_that_came_in_pieces_leads_to_all_of_them() {
        String piece = "{\"type\":\"message\",\"role\":\"assistant\",\"delta\":true,\"content\":\"%s\"}";
        String request = api.create(TestSkill.job(
                EngineId.GEMINI,
                Map.of("no_cache", true),
                "say before",
                "raw {\"type\":\"tool_result\",\"tool_id\":\"t\",\"status\":\"success\"}",
                "raw " + piece.formatted("one "),
                "raw " + piece.formatted("and two"),
                "answer {\"status\": \"fine\"}"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            Locator message = visit.at(".talk-message:has-text('one and two')");
            message.locator("button[data-raw]").click();
            assertThat(message.locator("pre"))
                    .hasText(piece.formatted("one ") + "\n" + piece.formatted("and two") + "\n");
        }
    }

    @Test
    void many_events_come_page_by_page_and_what_happens_meanwhile_comes_by_itself() throws IOException {
        Path go = home.resolve("go-line");
        List<String> said = new ArrayList<>();
        for (int i = 0; i < 150; i++) {
            said.add("say word " + i);
        }
        said.add("wait " + go);
        said.add("answer {\"status\": \"fine\"}");
        String request = api.create(TestSkill.asking(said.toArray(String[]::new)));
        api.awaitStatus(request, Set.of("running"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-message:has-text('word 149')")).isVisible();
            visit.at("#events summary").click();
            assertThat(visit.at(".event")).hasCount(100);
            while (visit.at("#events-more").isVisible()) {
                int before = visit.at(".event").count();
                visit.at("#events-more").scrollIntoViewIfNeeded();
                assertThat(visit.at(".event").nth(before)).isAttached();
            }
            assertThat(visit.at(".event[data-stream=rasp]:has-text('word 149')"))
                    .hasCount(1);
            List<String> numbers = new ArrayList<>();
            visit.at(".event[data-stream=rasp]").all().forEach(row -> numbers.add(row.getAttribute("data-seq")));
            assertThat(numbers).doesNotHaveDuplicates().hasSizeGreaterThan(150);

            Files.createFile(go);
            assertThat(visit.at(".event[data-stream=orchestrator]").last()).containsText("The run ended");
        }
    }

    @Test
    void a_turn_that_is_chosen_is_shown_alone_in_its_output_and_its_events_as_well() {
        String request = asks("open_text", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.at("#question textarea")
                    .fill("@cli stderr aside of two\n@cli say second turn\n@cli answer {\"status\": \"fine\"}\n"
                            + "@cli raw {\"type\":\"turn.completed\",\"usage\":{\"input_tokens\":30,"
                            + "\"cached_input_tokens\":5,\"output_tokens\":9}}\n@cli no-closing");
            visit.at("#question button[type=submit]").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at("#output-state")).hasText("Complete");
            assertThat(visit.at("#log-stdout")).containsText("Is this right?");
            assertThat(visit.at("#log-stdout")).containsText("second turn");
            // codex counts since the beginning of the conversation.
            assertThat(visit.at("#turns [data-turn='1']")).containsText("11 tokens read (0 of them");
            assertThat(visit.at("#turns [data-turn='2']"))
                    .containsText("19 tokens read (5 of them known already), 2 written");
            visit.at("#events summary").click();
            assertThat(visit.at(".event[data-attempt='2']").first()).isAttached();

            visit.at("#attempt").selectOption("1");
            assertThat(visit.at("#earlier")).containsText("Only turn 1 is shown.");
            assertThat(visit.at("#log-stdout")).containsText("Is this right?");
            assertThat(visit.at("#log-stdout")).containsText("Turn ended");
            assertThat(visit.at("#log-stdout")).not().containsText("second turn");
            assertThat(visit.at(".event[data-attempt='1']").first()).isAttached();
            assertThat(visit.at(".event[data-attempt='2']")).hasCount(0);
            visit.assertAccessible();

            visit.at("#attempt").selectOption("2");
            assertThat(visit.at("#log-stdout")).containsText("second turn");
            assertThat(visit.at("#log-stdout")).not().containsText("Is this right?");
            assertThat(visit.at(".event[data-attempt='1']")).hasCount(0);
            visit.at("#tab-stderr").click();
            assertThat(visit.at("#log-stderr")).containsText("aside of two");
            visit.at("#tab-stdout").click();

            visit.at("#load-all").click();
            assertThat(visit.at("#attempt")).hasValue("0");
            assertThat(visit.at("#output-state")).hasText("Complete");
            assertThat(visit.at("#log-stdout")).containsText("Is this right?");
        }
    }
}
