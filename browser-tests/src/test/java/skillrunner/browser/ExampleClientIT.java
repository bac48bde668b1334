package skillrunner.browser;

import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FilePayload;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import skillrunner.acceptance.RunningExampleClient;
import skillrunner.acceptance.TestSkill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The pages of the example client, in front of a server whose engines are scripted CLIs. */
class ExampleClientIT extends ScriptedPages {
    private static final String FORM = "/skills/" + TestSkill.ASKING + "/run";
    private static final Pattern RUN = Pattern.compile("/runs/([0-9a-f-]+)$");
    private static final String DONE = "@cli answer {\"__SKILL_DONE__\": true, \"status\": \"fine\"}";

    private RunningExampleClient client;

    @Override
    void prepare() throws IOException {
        TestSkill.installAsking(home);
        Files.writeString(
                Files.createDirectories(home.resolve("data/skills/broken")).resolve("SKILL.md"),
                "# nothing of what is needed");
        Path assets = home.resolve("data/skills/" + TestSkill.ASKING + "/assets");
        Files.writeString(
                assets.resolve("input.schema.json"),
                """
                {"type": "object", "required": ["topic"], "properties": {
                   "topic": {"type": "string", "x-input-source": "inline", "title": "Topic", "description": "What it is about", "maxLength": 100},
                   "level": {"type": "integer", "x-input-source": "inline", "minimum": 1, "maximum": 5, "default": 2},
                   "tone": {"enum": ["calm", "angry"], "x-input-source": "inline"},
                   "tags": {"type": "array", "x-input-source": "inline"},
                   "extra": {"type": "string", "x-input-source": "file"}}}
                """);
    }

    @BeforeAll
    void startClient() throws IOException {
        client = RunningExampleClient.start(home, server.port());
    }

    @AfterAll
    void stopClient() {
        client.close();
    }

    @Test
    void from_the_form_over_a_question_to_the_result_and_its_replay() throws Exception {
        try (Visit visit = browser.visit(client.port())) {
            visit.open("/");
            assertThat(visit.at("h1")).hasText("Skills");
            assertAccessible(visit);
            visit.at("tr[data-skill=asking] a.button").click();

            visit.page().getByLabel("Topic").fill("skills");
            visit.page().getByLabel("tone").selectOption("calm");
            visit.page().getByLabel("tags").fill("[\"a\"]");
            visit.page()
                    .getByLabel("extra")
                    .setInputFiles(
                            new FilePayload("any.txt", "text/plain", "the file".getBytes(StandardCharsets.UTF_8)));
            visit.page()
                    .getByLabel("script")
                    .fill("@cli sh cp uploads/extra artifacts/copy; echo '<img src=x onerror=alert(1)>' >&2\n"
                            + "@cli say <script>alert(1)</script> Which colour?");
            visit.at("#execution_mode").selectOption("interactive");
            assertAccessible(visit);
            visit.at("#start").click();

            visit.page().waitForURL(RUN);
            assertThat(visit.at("#question")).isVisible();
            assertThat(visit.at("#question-prompt")).containsText("Which colour?");
            assertThat(visit.at("#stdout")).containsText("Which colour?");
            assertThat(visit.at("#stderr")).containsText("<img src=x onerror=alert(1)>");
            assertThat(visit.at("#status")).hasText("Waits for you");
            assertThat(visit.at("#stdout img, #stderr img, #question img")).hasCount(0);
            assertAccessible(visit);
            String run = visit.page().url().replaceFirst(".*(/runs/.*)", "$1");

            visit.at("#question textarea").fill(DONE);
            visit.at("#question button[type=submit]").click();
            assertThat(visit.at("#status")).hasText("Succeeded");
            assertThat(visit.at("#question")).isHidden();
            assertThat(visit.at("#run")).hasAttribute("data-ended", "true");

            visit.at("#result-link").click();
            assertThat(visit.at("#result")).containsText("\"fine\"");
            assertThat(visit.at("#artifacts")).containsText("artifacts/copy");
            visit.at("#tree a:text-is('copy')").first().click();
            assertThat(visit.at("#preview-text")).hasText("the file");
            assertAccessible(visit);

            String request = run.substring("/runs/".length());
            // What was done can be looked at without the server.
            visit.open("/recordings");
            visit.at("tr[data-recording='" + request + "'] a").first().click();
            assertThat(visit.at("#step-title")).hasText("1 / 4: Run created");
            assertAccessible(visit);
            visit.at("#next").click();
            assertThat(visit.at("#step-title")).hasText("2 / 4: Files sent");
            visit.page().keyboard().press("ArrowRight");
            assertThat(visit.at("#step-title")).hasText("3 / 4: Question answered");
            visit.page().keyboard().press("ArrowLeft");
            assertThat(visit.at("#step-title")).hasText("2 / 4: Files sent");
        }
    }

    @Test
    void all_that_is_wrong_is_said_on_one_page_and_what_was_typed_is_still_there() {
        try (Visit visit = browser.visit(client.port()).expecting("400 (Bad Request)")) {
            visit.open(FORM);
            visit.page().getByLabel("level").fill("nine");
            visit.page().getByLabel("tags").fill("[");
            visit.page().evaluate("document.getElementById('job').noValidate = true");
            visit.at("#start").click();

            assertThat(visit.at("#faults li")).hasCount(4);
            assertThat(visit.at("#faults")).isFocused();
            assertThat(visit.page().getByLabel("level")).hasValue("nine");
            assertThat(visit.page().getByLabel("tags")).hasValue("[");
            assertThat(visit.at("#input__level-fault")).hasText("must be a whole number");
            assertAccessible(visit);
            visit.at("#faults a").first().click();
            assertThat(visit.page()).hasURL(Pattern.compile("#input__topic$"));
        }
    }

    @Test
    void a_question_that_is_decided_elsewhere_goes_away_and_the_run_is_seen_to_go_on() {
        Map<String, Object> job = new HashMap<>(TestSkill.asking("say Which colour?"));
        job.put("input", Map.of("topic", "skills"));
        String request = api.create(job);
        try (Visit visit = browser.visit(client.port())) {
            visit.open("/runs/" + request);
            assertThat(visit.at("#question")).isVisible();
            assertThat(visit.at("#status")).hasText("Waits for you");

            assertThat(api.post(
                                    "/v1/jobs/" + request + "/interaction/reply",
                                    Map.of("interaction_id", 1, "response", DONE))
                            .status())
                    .isEqualTo(200);

            assertThat(visit.at("#status")).hasText("Succeeded");
            assertThat(visit.at("#question")).isHidden();
            assertThat(visit.at("#connection")).containsText("answered elsewhere");
            assertAccessible(visit);
        }
    }

    @Test
    void a_button_in_a_table_stays_in_one_piece_however_much_stands_beside_it() {
        try (Visit visit = browser.visit(client.port())) {
            visit.open("/");
            assertThat(visit.at("tr[data-skill=broken]")).containsText("missing required files");
            assertThat(visit.at("tr[data-skill=asking] a.button").boundingBox().height)
                    .isLessThan(50);
        }
    }

    @Test
    void the_provider_chooses_which_models_there_are() {
        try (Visit visit = browser.visit(client.port())) {
            visit.open(FORM);
            Locator provider = visit.page().getByLabel("Provider");
            assertThat(provider).hasValue("openai");
            assertThat(provider.locator("option")).hasCount(1);
            visit.at("#engine").selectOption("gemini");
            assertThat(provider).hasValue("google");
            assertThat(visit.at("#model optgroup")).hasCount(1);
            assertThat(visit.at("#model")).hasValue("");
        }
    }

    @Test
    void nothing_is_wider_than_a_phone_in_either_language_and_colour() throws IOException {
        Map<String, Object> job = new HashMap<>(TestSkill.asking("say good morning", "answer {\"status\": \"fine\"}"));
        job.put("input", Map.of("topic", "skills"));
        String request = api.create(job);
        api.awaitEnd(request);
        Files.createDirectories(client.recordings());
        Files.writeString(
                client.recordings().resolve("half.json"),
                "{\"request_id\": \"half\", \"created_at\": \"2026-11-30T10:00:00.000000Z\", \"steps\": ["
                        + "{\"ts\": \"2026-11-30T10:00:00.000000Z\", \"action\": \"create_run\", \"status\": \"ok\","
                        + " \"request\": {\"skill_id\": \"" + "x".repeat(200) + "\"}, \"response\": {}}]}");
        List<String> pages = List.of(
                "/",
                FORM,
                "/runs",
                "/runs/" + request,
                "/runs/" + request + "/result",
                "/recordings",
                "/recordings/half");
        for (String locale : List.of("en-US", "zh-CN")) {
            try (Visit visit = browser.visit(client.port(), reader -> reader.setLocale(locale)
                    .setColorScheme(ColorScheme.DARK)
                    .setViewportSize(380, 740))) {
                for (String page : pages) {
                    visit.open(page);
                    assertThat(visit.at("h1")).isVisible();
                    assertThat(visit.page().evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                            .as(locale + " " + page)
                            .isEqualTo(0);
                }
            }
        }
    }

    /** Looks for barriers in both themes. */
    private static void assertAccessible(Visit visit) {
        for (String theme : List.of("dark", "light")) {
            visit.page().waitForResponse("**/preferences", () -> visit.at("button[value=" + theme + "]")
                    .click());
            visit.assertAccessible();
        }
    }
}
