package skillrunner.browser;

import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;
import skillrunner.domain.engine.EngineId;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The home page and the pages of skills. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SkillPagesIT {
    private static final String DEMO = "demo-prime-number";

    private Path skills;
    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        TestSkill.install(home);
        skills = home.resolve("data/skills");
        Path plain = Files.createDirectories(skills.resolve("plain"));
        Files.writeString(plain.resolve("SKILL.md"), "---\nname: plain\ndescription: <b>Plain</b>\n---\n");
        Files.write(plain.resolve("picture.png"), new byte[] {1, 0, 2});
        TestSkill.install(home, "wide", List.of(EngineId.CODEX));
        Path runner = skills.resolve("wide/assets/runner.json");
        Files.writeString(
                runner,
                Files.readString(runner)
                        .replace(
                                "\"Scripted\"",
                                "\"" + "Name".repeat(400) + "\", \"description\": \"" + "said".repeat(2000) + "\""));
        server = RunningServer.start(home, Map.of());
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void home_names_every_skill_and_leads_to_its_page() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/");
            assertThat(visit.at("h1")).hasText("Skills");
            assertThat(visit.at(".site-nav a[aria-current=page]")).hasText("Skills");
            assertThat(visit.at("tr[data-skill=" + DEMO + "] .status")).hasText("Healthy");
            assertThat(visit.at("tr[data-skill=plain] .status")).hasText("Degraded");
            assertThat(visit.at("tr[data-skill=plain]")).containsText("missing required files: assets/runner.json");
            assertThat(visit.at("tr[data-skill=plain] .purpose")).hasText("<b>Plain</b>");
            visit.assertAccessibleInBothThemes();

            visit.at("tr[data-skill=" + DEMO + "] .row-link").click();
            assertThat(visit.at("h1")).hasText("Prime numbers");
        }
    }

    @Test
    void no_page_scrolls_sideways_on_a_narrow_screen() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setViewportSize(360, 740))) {
            for (String path :
                    List.of("/ui", "/ui/skills/" + DEMO, "/ui/runs", "/ui/engines", "/ui/engines/codex/models")) {
                visit.open(path);
                assertThat(visit.at("h1")).isVisible();
                assertThat(visit.page().evaluate("document.documentElement.scrollWidth - window.innerWidth"))
                        .as(path)
                        .isEqualTo(0);
            }
        }
    }

    /** One skill with an odd name spoils neither its own pages nor the list of all. */
    @Test
    void a_name_without_a_gap_is_broken_into_lines() {
        try (Visit visit = browser.visit(server.port())) {
            for (String path : List.of("/ui/skills/wide", "/ui/skills/wide/run", "/ui")) {
                visit.open(path);
                assertThat(visit.at("h1")).isVisible();
                assertThat(visit.page()
                                .evaluate("[document.documentElement, ...document.querySelectorAll('.table-box')]"
                                        + ".map(box => box.scrollWidth - box.clientWidth)"
                                        + ".filter(hidden => hidden > 0)"))
                        .as(path)
                        .isEqualTo(List.of());
            }
        }
    }

    @Test
    void a_skill_is_read_file_by_file_without_leaving_its_page() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/skills/" + DEMO);
            assertThat(visit.at("#preview .preview-path")).hasText("SKILL.md");
            assertThat(visit.at("#schema-parameter")).containsText("limit");
            visit.page().evaluate("window.stillTheSamePage = true");

            visit.at(".tree a:text-is('runner.json')").click();
            assertThat(visit.at("#preview .preview-path")).hasText("assets/runner.json");
            assertThat(visit.at("#preview .preview-text")).containsText("\"" + DEMO + "\"");
            assertThat(visit.at(".tree a[aria-current]")).hasText("runner.json");
            assertThat(visit.page().evaluate("window.stillTheSamePage")).isEqualTo(true);
            visit.assertAccessibleInBothThemes();

            visit.page().reload();
            assertThat(visit.at("#preview .preview-path")).hasText("assets/runner.json");
        }
    }

    @ParameterizedTest
    @CsvSource({"en-US, at least 2 · at most 100000", "zh-CN, 不小于 2 · 不大于 100000"})
    void what_a_value_may_be_is_said_in_the_words_of_the_form(String locale, String words) {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale(locale))) {
            visit.open("/ui/skills/" + DEMO);

            assertThat(visit.at("#schema-parameter")).containsText(words);
        }
    }

    @Test
    void what_cannot_be_shown_says_why_in_the_readers_language() throws IOException {
        try (Visit visit =
                browser.visit(server.port(), reader -> reader.setLocale("zh-CN").setColorScheme(ColorScheme.DARK))) {
            visit.expecting("404 (Not Found)")
                    .expecting("Status Error Code 404")
                    .open("/ui/skills/plain");
            assertThat(visit.at("#problems")).containsText("missing required files: assets/runner.json");
            visit.at(".tree a:text-is('picture.png')").click();
            assertThat(visit.at("#preview .preview-note")).hasText("不可预览（无信息）");
            Path gone = Files.writeString(skills.resolve("plain/gone.txt"), "x");
            visit.page().reload();
            Files.delete(gone);
            visit.at(".tree a:text-is('gone.txt')").click();
            assertThat(visit.at("#preview .refusal")).containsText("没有这个文件");
            visit.assertAccessible();
        }
    }

    @Test
    void without_scripts_every_file_can_still_be_read() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setJavaScriptEnabled(false))) {
            visit.open("/ui");
            visit.at("tr[data-skill=" + DEMO + "] .row-link").click();
            visit.at(".tree a:text-is('runner.json')").click();
            assertThat(visit.at("#preview .preview-path")).hasText("assets/runner.json");
        }
    }

    @Test
    void a_skill_nobody_knows_has_a_page_that_says_so() {
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("404 (Not Found)").open("/ui/skills/nobody");
            assertThat(visit.at("h1")).hasText("There is no such skill");
            visit.assertAccessible();
        }
    }
}
