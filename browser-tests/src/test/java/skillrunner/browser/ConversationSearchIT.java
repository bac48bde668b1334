package skillrunner.browser;

import com.microsoft.playwright.Download;
import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.TestSkill;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.browser.CodexLines.item;
import static skillrunner.browser.CodexLines.tool;

/** What can be done with a conversation beside reading it: search, copy, take it along. */
class ConversationSearchIT extends ScriptedPages {
    @Override
    void prepare() throws IOException {
        TestSkill.installAsking(home);
    }

    @ParameterizedTest
    @CsvSource({"en-US, 3 matches, 1 of 3, 3 of 3, no match", "zh-CN, 3 处匹配, '第 1 处，共 3 处', '第 3 处，共 3 处', 无匹配"})
    void a_conversation_is_searched_by_the_keyboard(
            String locale, String count, String first, String last, String none) {
        String request = ended(
                "say the **need**le is here",
                item("item.started", tool("c1", "find needle", "")),
                item("item.completed", tool("c1", "find needle", ",\"exit_code\":0")),
                "say nothing",
                "say NEEDLE again");
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale(locale))) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-state").last()).isVisible();
            visit.at("h1").click();
            visit.page().keyboard().press("/");
            assertThat(visit.at("#talk-find")).isFocused();
            assertThat(visit.at("#talk-next")).isDisabled();

            visit.page().keyboard().type("needle");
            assertThat(visit.at("#talk-found")).hasText(count);
            visit.page().keyboard().press("Enter");
            assertThat(visit.at("#talk-found")).hasText(first);
            assertThat(visit.at(".talk-current")).containsText("needle is here");
            assertThat(visit.at(".talk-tool pre")).isHidden();

            visit.page().keyboard().press("Enter");
            assertThat(visit.at(".talk-current pre")).hasText("find needle");
            assertThat(visit.at(".talk-tool pre")).isVisible();
            visit.at("#talk-next").click();
            assertThat(visit.at("#talk-found")).hasText(last);
            visit.at("#talk-previous").click();
            assertThat(visit.at(".talk-current pre")).isVisible();
            visit.assertAccessibleInBothThemes();

            visit.at("[data-shows=tool]").uncheck();
            assertThat(visit.at("#talk-found")).hasText(Pattern.compile("2"));
            visit.at("#talk-find").fill("raw output");
            assertThat(visit.at("#talk-found")).hasText(none);
            visit.at("#talk-find").press("Escape");
            assertThat(visit.at("#talk-find")).hasValue("");
            assertThat(visit.at("#talk-found")).isEmpty();
        }
    }

    @Test
    void what_is_not_loaded_yet_is_searched_as_well() {
        List<String> said = new ArrayList<>();
        said.add(item("item.started", tool("long", "sleep", "")));
        for (int i = 0; i < 500; i++) {
            said.add("say word " + i + " of many");
        }
        said.add(item("item.completed", tool("long", "sleep", ",\"exit_code\":0")));
        String request = ended(said.toArray(String[]::new));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at(".talk-earlier")).isVisible();
            visit.at("#talk-find").fill("word 3 of");
            assertThat(visit.at("#talk-found")).hasText("1 match");
            visit.at("#talk-find").press("Enter");
            assertThat(visit.at(".talk-current")).containsText("word 3 of many");
            assertThat(visit.at(".talk-current")).isInViewport();
            assertThat(visit.at(".talk-earlier")).isHidden();
            // Its end was there before its beginning.
            assertThat(visit.at(".talk-tool")).hasCount(1);
            assertThat(visit.at(".talk-tool .talk-outcome")).hasText("exit code 0");
        }
    }

    @Test
    void a_message_and_a_command_are_copied_as_they_were_written() {
        String message = "**bold** " + "and long ".repeat(2_500);
        String request = ended(
                item("item.started", tool("c1", "make \\u202Eall", "")),
                item("item.completed", tool("c1", "make \\u202Eall", ",\"exit_code\":0")),
                "say " + message);
        try (Visit visit = browser.visit(server.port())) {
            visit.page().context().grantPermissions(List.of("clipboard-read", "clipboard-write"));
            visit.open("/ui/runs/" + request);
            visit.at(".talk-message [data-copy-member]").first().click();
            assertThat(visit.at(".toast").last()).hasText("Copied");
            assertThat(clipboard(visit).strip()).isEqualTo(message.strip());

            visit.at(".talk-tool summary").click();
            visit.at(".talk-tool [data-copy-member]").click();
            visit.page().waitForFunction("() => navigator.clipboard.readText().then(text => text.startsWith('make'))");
            assertThat(clipboard(visit)).isEqualTo("make ⟨U+202E⟩all");
        }
    }

    @Test
    void where_a_browser_does_not_trust_the_address_is_copied_all_the_same() {
        String request = ended("say plain words");
        try (Visit visit = browser.visit(server.port())) {
            visit.page()
                    .addInitScript("Object.defineProperty(navigator, 'clipboard', { value: undefined });"
                            + "document.execCommand = () => {"
                            + "  window.copied = String(document.activeElement.value); return true; };");
            visit.open("/ui/runs/" + request);
            visit.at(".talk-message [data-copy-member]").first().click();
            assertThat(visit.at(".toast")).hasText("Copied");
            assertThat(visit.page().evaluate("window.copied")).isEqualTo("plain words");
        }
    }

    @Test
    void what_could_not_be_copied_is_said() {
        String request = ended("say plain words");
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.expecting("ERR_FAILED").open("/ui/runs/" + request);
            visit.page().route("**/events/history?*", route -> route.abort());
            visit.at(".talk-message [data-copy-member]").first().click();
            assertThat(visit.at(".toast")).hasText("无法复制。");
        }
    }

    @Test
    void a_conversation_is_taken_along_whole() throws IOException {
        List<String> said = new ArrayList<>(List.of(
                "say # Your answer\\nis **this**",
                item("item.started", tool("c1", "make all", "")),
                item("item.completed", tool("c1", "make all", ",\"exit_code\":7"))));
        for (int i = 0; i < 300; i++) {
            said.add("say word " + i);
        }
        String request = ended(said.toArray(String[]::new));
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            String lines = downloaded(visit, "a[href$='/conversation.jsonl']", ".jsonl");
            JsonNode history = JsonMapper.builder()
                    .build()
                    .readTree(api.get("/v1/jobs/" + request + "/events/history").body())
                    .get("events");
            List<String> events = new ArrayList<>();
            history.forEach(event -> events.add(event.toString()));
            assertThat(lines.lines().toList()).isEqualTo(events);

            String text = downloaded(visit, "a[href$='/conversation.md']", ".md");
            assertThat(text)
                    .contains(
                            request,
                            "\n> # Your answer",
                            "**Command** · exit code 7",
                            "\n> make all\n",
                            "\n> word 299\n")
                    .doesNotContain("\n# Your answer");
        }
    }

    private static String clipboard(Visit visit) {
        return visit.page().evaluate("navigator.clipboard.readText()").toString();
    }

    private static String downloaded(Visit visit, String link, String ending) throws IOException {
        Locator at = visit.at(link);
        Download download = visit.page().waitForDownload(at::click);
        assertThat(download.suggestedFilename()).startsWith("conversation-").endsWith(ending);
        return Files.readString(download.path());
    }
}
