package skillrunner.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.TestSkill;
import tools.jackson.databind.JsonNode;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static skillrunner.browser.CodexLines.item;
import static skillrunner.browser.CodexLines.tool;

/** The conversation on the page of a run, and the questions that are answered there, on a scripted CLI. */
class ConversationPageIT extends ScriptedPages {
    private static final String HOSTILE = "# Plan <script>alert(1)</script>\\n\\n**bold** [here](javascript:alert(1))"
            + " ![x](http://elsewhere.example/x.png) <img src=x onerror=alert(1)>\\n\\n- one\\n- two\\u202E\\n";

    @Override
    void prepare() throws IOException {
        TestSkill.installAsking(home);
    }

    @Test
    void what_an_agent_says_is_read_as_text_and_does_nothing() {
        String request = ended(item("item.completed", "\"type\":\"agent_message\",\"text\":\"" + HOSTILE + "\""));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            Locator message = visit.at(".talk-message .markdown").first();

            assertThat(message.locator("h3")).hasText("Plan <script>alert(1)</script>");
            assertThat(message.locator("strong")).hasText("bold");
            assertThat(message.locator("li")).hasCount(2);
            assertThat(message).containsText("two⟨U+202E⟩");
            assertThat(message.locator("a, img, script")).hasCount(0);
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    void what_was_said_before_much_noise_is_shown_at_once() {
        List<String> directives = new ArrayList<>(List.of("say first of all"));
        for (int line = 0; line < 500; line++) {
            directives.add("raw noise " + line);
        }
        directives.add("hang");
        String request = api.create(TestSkill.asking(directives.toArray(String[]::new)));
        await().until(() -> api.get("/v1/jobs/" + request + "/events/history?from_seq=450")
                .body()
                .contains("noise 499"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);

            assertThat(visit.at(".talk-message")).containsText("first of all");
        } finally {
            api.post("/v1/jobs/" + request + "/cancel");
        }
    }

    @Test
    void the_use_of_a_tool_is_one_line_until_somebody_wants_more() throws IOException {
        Path go = home.resolve("go-tool");
        String request = api.create(TestSkill.asking(
                item("item.started", tool("c1", "make all", "")),
                "wait " + go,
                item("item.completed", tool("c1", "make all", ",\"aggregated_output\":\"ok\",\"exit_code\":0")),
                item("item.started", tool("c2", "false && " + "x".repeat(500), "")),
                item(
                        "item.completed",
                        tool(
                                "c2",
                                "false && " + "x".repeat(500),
                                ",\"aggregated_output\":\"\",\"exit_code\":7,\"status\":\"completed\"")),
                "answer {\"status\": \"fine\"}"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            Locator tools = visit.at(".talk-tool");
            assertThat(tools).hasCount(1);
            assertThat(tools.locator(".talk-outcome")).hasText("");
            // It is shown some moments after it was told, so the tool has taken at least these.
            Files.createFile(go);

            assertThat(tools).hasCount(2);
            assertThat(tools.first().locator("summary")).containsText("Command make all exit code 0");
            assertThat(tools.first().locator(".talk-took")).hasText(Pattern.compile("\\d+\\.\\d s"));
            assertThat(tools.first().locator("pre")).isHidden();
            assertThat(tools.last().locator(".talk-outcome")).hasAttribute("data-good", "false");
            assertThat(right(tools.last().locator(".talk-outcome"))).isLessThanOrEqualTo(right(visit.at(".talk-list")));
            assertThat(tools.last().locator("summary").boundingBox().height).isLessThan(40);

            tools.last().locator("summary").click();
            assertThat(tools.last().locator("pre")).containsText("x".repeat(500));

            visit.at("[data-shows=tool]").uncheck();
            assertThat(tools.first()).isHidden();
            visit.at("[data-shows=tool]").check();
            assertThat(tools.first()).isVisible();
        }
    }

    /** Each message takes more room than a message is thought to take before it is drawn. */
    @Test
    void the_end_of_a_long_conversation_is_in_sight_and_stays_so() throws IOException {
        Path go = home.resolve("go-long");
        List<String> directives = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            directives.add("say " + i + " word".repeat(200));
        }
        directives.addAll(List.of("wait " + go, "say last" + " word".repeat(200), "answer {\"status\": \"fine\"}"));
        String request = api.create(TestSkill.asking(directives.toArray(String[]::new)));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-message").last()).containsText("59 word");
            visit.page().reload();
            awaitEndInSight(visit);

            Files.createFile(go);

            assertThat(visit.at(".talk-state").last()).containsText("succeeded");
            awaitEndInSight(visit);
        }
    }

    private static void awaitEndInSight(Visit visit) {
        visit.page()
                .waitForFunction(
                        "() => { const list = document.querySelector('.talk-list');"
                                + " return list.scrollTop > 0 && list.scrollHeight - list.scrollTop - list.clientHeight < 2; }");
    }

    @ParameterizedTest
    @CsvSource({"en-US, The output speaks of a missing sign-in.", "zh-CN, 输出中提到尚未登录。"})
    void a_note_says_nothing_in_the_words_of_programs(String locale, String words) {
        String request = api.create(TestSkill.asking("fail unexpected status 401 Unauthorized: Incorrect API key"));
        api.awaitEnd(request);
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale(locale))) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-note:has-text('" + words + "')").first()).isVisible();
            assertThat(visit.at(".talk-list")).not().containsText("demand");

            visit.at("#events summary").click();

            assertThat(visit.at(".event:has-text('" + words + "')").first()).isVisible();
            assertThat(visit.at("#events")).not().containsText("demand");
        }
    }

    @Test
    void from_what_is_shown_a_way_leads_to_the_bytes_it_came_from() {
        String request = ended("say good morning", "say good evening");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            Locator evening = visit.at(".talk-message:has-text('good evening')");

            evening.locator("button[data-raw]").click();

            assertThat(evening.locator("pre"))
                    .hasText(Pattern.compile("^\\{\"type\":\"item.completed\".*\"text\":\"good evening\"}}\\s*$"));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "choose_one  | \"options\": [{\"label\": \"Red <b>\", \"value\": {\"c\": 1}}, {\"label\": \"Blue\", \"value\": 2}] | button:text-is('Red <b>') | {\"c\":1}",
                "confirm     | \"ui_hints\": {}                                                     | button:text-is('No')              | false",
                "risk_ack    | \"context\": {\"command\": \"rm -rf build\", \"directory\": \"/srv\"} | button:text-is('I take the risk') | true",
                "fill_fields | \"required_fields\": [\"name\"], \"options\": [{\"label\": \"Leave it\", \"value\": \"skip\"}] | button:text-is('Leave it') | \"skip\""
            })
    void a_question_with_choices_is_answered_by_a_button(String kind, String members, String button, String answer) {
        String request = asks(kind, members);
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#question")).hasAttribute("data-kind", kind);
            assertThat(visit.at("#question")).containsText("Is this right?");
            if (kind.equals("risk_ack")) {
                assertThat(visit.at("#question .question-subject"))
                        .containsText("The engine told of no command that waits.");
                assertThat(visit.at("#question .question-choices button").first())
                        .hasText("Refuse");
            }
            visit.assertAccessibleInBothThemes();

            visit.at("#question " + button).click();

            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at("#question")).hasCount(0);
            assertThat(visit.at(".talk-reply")).isVisible();
        }
        assertThat(decision(request).toString()).isEqualTo(answer);
    }

    @Test
    void named_values_are_asked_for_one_by_one() {
        String request = asks("fill_fields", "\"required_fields\": [\"name\", \"<i>age</i>\"]");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.assertAccessibleInBothThemes();
            visit.page().getByLabel("name").fill("Ada \"L\"");
            visit.page().getByLabel("<i>age</i>").fill("36");
            visit.at("#question button[type=submit]").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
        }
        assertThat(decision(request).toString()).isEqualTo("{\"name\":\"Ada \\\"L\\\"\",\"<i>age</i>\":\"36\"}");
    }

    @Test
    void an_answer_in_own_words_leads_to_the_next_turn_and_each_turn_can_be_seen_alone() {
        String request = asks("open_text", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.page()).hasTitle(Pattern.compile("^● "));
            assertThat(visit.at(".talk-attempt")).isHidden();

            visit.at("#question textarea").fill("@cli say second turn\n@cli answer {\"status\": \"fine\"}");
            visit.at("#question button[type=submit]").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.page()).hasTitle(Pattern.compile("^[^●]"));
            assertThat(visit.at(".talk-message:has-text('second turn')")).isVisible();
            assertThat(visit.at(".talk-attempt")).isVisible();

            visit.at("#attempt").selectOption("1");
            assertThat(visit.at(".talk[data-attempt='2']")).hasCount(0);
            assertThat(visit.at(".talk-question")).hasCount(1);
            visit.at("#attempt").selectOption("2");
            assertThat(visit.at(".talk[data-attempt='1']")).hasCount(0);
            assertThat(visit.at(".talk-reply")).hasCount(1);
            visit.at("#attempt").selectOption("0");
            assertThat(visit.at(".talk-question")).hasCount(1);
            assertThat(visit.at(".talk-reply")).hasCount(1);
            visit.assertAccessibleInBothThemes();
        }
    }

    /** Whatever happens meanwhile: somebody may think about an answer for long. */
    @Test
    void what_is_being_written_is_kept_when_the_facts_are_fetched_again() {
        String request = asks("open_text", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            visit.at("#question textarea").fill("half an answ");
            visit.page().evaluate("document.getElementById('run').dataset.old = 'true'");

            visit.page().evaluate("document.body.dispatchEvent(new CustomEvent('run-changed'))");

            assertThat(visit.at("#run[data-old]")).hasCount(0);
            assertThat(visit.at("#question textarea")).hasValue("half an answ");
            visit.at("#question textarea").fill("@cli answer {\"status\": \"fine\"}");
            visit.at("#question button[type=submit]").click();
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
        }
    }

    @Test
    void without_scripts_a_question_can_be_answered_as_well() {
        String request = asks("confirm", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(server.port(), reader -> reader.setJavaScriptEnabled(false))) {
            visit.open("/ui/runs/" + request);
            visit.at("#question button:text-is('Yes')").click();
            api.awaitEnd(request);
            visit.page().reload();
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at(".talk-question")).containsText("Is this right?");
        }
        assertThat(decision(request).toString()).isEqualTo("true");
    }

    @ParameterizedTest
    @CsvSource({"en-US, Somebody or something else answered first, No", "zh-CN, 问题已有答复, 否"})
    void who_answers_too_late_is_told_so_and_led_back_to_the_run(String locale, String words, String no) {
        String request = asks("confirm", "\"ui_hints\": {}");
        try (Visit visit = browser.visit(
                        server.port(), reader -> reader.setLocale(locale).setJavaScriptEnabled(false))
                .expecting("409")) {
            visit.open("/ui/runs/" + request);
            api.post("/v1/jobs/" + request + "/interaction/reply", "{\"interaction_id\": 1, \"response\": true}");
            visit.at("#question button:text-is('" + no + "')").click();
            assertThat(visit.at("h1")).hasText(words);

            visit.at("main a[href$='" + request + "']").click();

            assertThat(visit.at("#run")).isVisible();
        }
        assertThat(decision(request).toString()).isEqualTo("true");
    }

    @Test
    void what_was_seen_live_is_there_again_after_a_reload() throws IOException {
        Path go = home.resolve("go-reload");
        String request = api.create(TestSkill.asking(
                "say before",
                item("item.started", tool("c1", "make", "")),
                "wait " + go,
                item("item.completed", tool("c1", "make", ",\"exit_code\":0")),
                item("item.completed", "\"type\":\"reasoning\",\"text\":\"hm\""),
                "say {\"a\": [1, 2]}",
                "answer {\"status\": \"fine\"}"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-tool")).isVisible();
            Files.createFile(go);
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at(".talk-state").last()).containsText("succeeded");
            assertThat(visit.at(".talk-tool .talk-outcome")).hasText("exit code 0");
            List<String> live = visit.at(".talk").allInnerTexts();

            visit.page().reload();

            assertThat(visit.at(".talk")).hasCount(live.size());
            assertThat(visit.at(".talk").allInnerTexts()).isEqualTo(live);
        }
    }

    @Test
    void what_comes_while_a_part_is_fetched_is_fetched_as_well() throws IOException {
        Path goOn = home.resolve("go-on");
        Path end = home.resolve("go-end");
        String request = api.create(TestSkill.asking(
                "say before", "wait " + goOn, "say between", "wait " + end, "answer {\"status\": \"fine\"}"));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-message").last()).containsText("before");
            HeldAnswer part = new HeldAnswer(visit.page(), "**/conversation?after=*");
            Files.createFile(goOn);
            part.await();
            Files.createFile(end);
            assertThat(visit.at("#run")).hasAttribute("data-status", "succeeded");

            part.letGo();

            assertThat(visit.at(".talk-state").last()).containsText("succeeded");
        }
    }

    @Test
    void a_person_is_called_to_a_question_only_if_they_asked_for_it() throws IOException {
        Path go = home.resolve("go-call");
        String request = api.create(TestSkill.asking("wait " + go, "answer {\"ask_user\": {\"prompt\": \"Now?\"}}"));
        try (Visit visit = browser.visit(server.port())) {
            visit.page()
                    .addInitScript("window.asked = 0; window.calls = [];"
                            + "document.hasFocus = () => false;"
                            + "window.Notification = class extends EventTarget {"
                            + "  static permission = 'default';"
                            + "  static requestPermission() { window.asked++; this.permission = 'granted';"
                            + "    return Promise.resolve('granted'); }"
                            + "  constructor(title, options) { super(); window.calls.push(title + '|' + options.body); }"
                            + "  close() {} };");
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#notify")).hasAttribute("aria-pressed", "false");
            assertThat(visit.page().evaluate("window.asked")).isEqualTo(0);

            visit.at("#notify").click();
            assertThat(visit.at("#notify")).hasAttribute("aria-pressed", "true");
            assertThat(visit.at("#notify")).hasText("Notifications are on");
            Files.createFile(go);
            assertThat(visit.at("#question")).isVisible();

            visit.page().waitForFunction("() => window.calls.length === 1");
            assertThat(visit.page().evaluate("window.calls[0]").toString())
                    .isEqualTo("Scripted · Waiting for you|The engine asks you something.");
            assertThat(visit.at("link[rel=icon]")).hasAttribute("href", Pattern.compile("icon-waiting\\.svg$"));
            visit.at("#notify").click();
            assertThat(visit.at("#notify")).hasAttribute("aria-pressed", "false");
        }
    }

    private static double right(Locator element) {
        BoundingBox box = element.boundingBox();
        return box.x + box.width;
    }

    /** What was decided, as a late answer is told. */
    private JsonNode decision(String request) {
        return api.post("/v1/jobs/" + request + "/interaction/reply", "{\"interaction_id\": 1, \"response\": \"late\"}")
                .json()
                .get("decision")
                .get("response");
    }
}
