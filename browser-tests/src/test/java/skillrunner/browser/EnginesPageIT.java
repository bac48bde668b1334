package skillrunner.browser;

import com.microsoft.playwright.Locator;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RunningServer;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.cli.ScriptedNpm;
import skillrunner.testkit.engine.KnownEngines;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** The life of a machine's CLIs as its keeper sees it, with a script in place of npm. Each test goes on from the last. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EnginesPageIT {
    private static final String HOSTILE = "<img src=http://hostile.invalid/x onerror=alert(1)>";

    private ScriptedNpm npm;
    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        Path bin = Files.createDirectories(home.resolve("bin"));
        npm = ScriptedNpm.install(bin);
        server = RunningServer.start(home, Map.of("PATH", bin + ":" + System.getenv("PATH")));
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    @Order(1)
    void one_engine_is_upgraded_while_its_output_is_watched() throws IOException {
        codex("0.100.0");
        Path more = npm.control().resolve("more");
        Path end = npm.control().resolve("end");
        npm.first(
                EngineId.CODEX,
                """
                i=0; while [ $i -lt 40 ]; do echo "early $i"; i=$((i + 1)); done
                printf '\\033[32mgreen\\033[0m %s\\n'
                echo 'npm warn old' >&2
                until [ -e '%s' ]; do sleep 0.02; done
                echo later
                until [ -e '%s' ]; do sleep 0.02; done
                """
                        .formatted(HOSTILE, more, end));
        try (Visit visit = browser.visit(server.port());
                Visit other = browser.visit(server.port())) {
            visit.open("/ui/engines");
            assertThat(visit.at("tr[data-engine]"))
                    .hasCount(KnownEngines.names().size());
            assertThat(visit.at("tr[data-engine=codex]")).containsText("not installed");
            visit.assertAccessibleInBothThemes();
            other.open("/ui/engines");
            visit.at("#upgrade-codex").click();
            Locator stdout = visit.at("#log-codex-stdout pre");
            assertThat(stdout).containsText("green " + HOSTILE);
            assertThat(visit.at("#log-codex-stderr pre")).hasText("npm warn old");
            assertThat(visit.at("#upgrade-status")).hasText("Running");
            visit.assertAccessible();

            visit.at("#upgrade-all").click();
            assertThat(visit.at(".toast")).containsText("Another upgrade is queued or running");
            assertThat(visit.at("#upgrade-status")).hasText("Running");
            other.at("#upgrade-all").click();
            assertThat(other.at("#upgrade-error")).containsText("Another upgrade is queued or running");
            other.assertAccessible();
            other.at("#upgrade-error a").click();
            assertThat(other.at("#log-codex-stdout pre")).containsText("early 39");

            // Who reads keeps the place: what is folded, scrolled and selected stays so while more comes.
            visit.at("#log-codex-stderr summary").click();
            stdout.evaluate(
                    "log => { window.sameLog = log; log.dispatchEvent(new WheelEvent('wheel', {bubbles: true}));"
                            + " log.scrollTop = 20; getSelection().selectAllChildren(log); }");
            Files.writeString(more, "");
            assertThat(stdout).containsText("later");
            assertThat(visit.at("#log-codex-stderr pre")).isHidden();
            assertThat(stdout.evaluate("log => log === window.sameLog && log.scrollTop === 20"
                            + " && getSelection().toString().includes('early 0')"))
                    .isEqualTo(true);

            Files.writeString(end, "");
            assertThat(visit.at("#upgrade")).hasAttribute("data-status", "succeeded");
            assertThat(visit.at("#upgrade[hx-trigger]")).hasCount(0);
            assertThat(visit.at("tr[data-engine=codex]")).containsText("0.100.0 · managed");
            assertThat(visit.at("#log-codex-stderr pre")).isHidden();
            assertThat(stdout).containsText("added 1 package");
            assertThat(visit.at("#upgrade img")).hasCount(0);
            assertThat(other.at("#upgrade")).hasAttribute("data-status", "succeeded");
            assertThat(other.at("tr[data-engine=codex]")).containsText("0.100.0");
        }
    }

    @Test
    @Order(2)
    void all_engines_are_upgraded_and_each_tells_how_it_ended() {
        codex("0.200.0");
        npm.first(EngineId.CODEX, ":");
        npm.first(EngineId.GEMINI, "echo 'npm error 404' >&2; exit 7");
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open("/ui/engines");
            assertThat(visit.at("#upgrade-all")).hasText("升级全部");
            assertThat(visit.at("#upgrade-codex")).hasText("升级该引擎");
            assertThat(visit.at("#upgrade-iflow")).hasText("升级该引擎（安装）");
            assertThat(visit.at("#models-codex")).hasText("模型管理");
            visit.at("#upgrade-all").click();
            assertThat(visit.at("#upgrade")).hasAttribute("data-status", "failed");
            assertThat(visit.at("#upgrade-part-gemini")).containsText("Upgrade command exited with code 7");
            assertThat(visit.at("#log-gemini-stderr pre")).containsText("npm error 404");
            for (String engine : List.of("codex", "iflow", "opencode")) {
                assertThat(visit.at("#upgrade-part-" + engine)).hasAttribute("data-status", "succeeded");
            }
            assertThat(visit.at("tr[data-engine=codex]")).containsText("0.200.0");
            assertThat(visit.at("tr[data-engine=iflow]")).containsText("1.0.0");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    @Order(3)
    void a_version_that_does_not_please_is_left_again_after_a_question() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines");
            visit.at("#rollback-codex").click();
            Locator dialog = visit.at("#rollback-dialog-codex");
            assertThat(dialog).containsText("Roll codex back to 0.100.0?");
            assertThat(dialog.locator("button").first()).isFocused();
            visit.assertAccessible();
            visit.page().keyboard().press("Escape");
            assertThat(dialog).isHidden();

            visit.at("#rollback-codex").click();
            visit.at("#rollback-confirm-codex").click();
            assertThat(visit.at("#message")).hasText("codex is back at 0.100.0");
            assertThat(visit.at("tr[data-engine=codex]")).containsText("0.100.0 · managed");
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    @Order(4)
    void a_snapshot_is_made_of_what_the_cli_suggests_and_never_overwritten() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines");
            visit.at("#models-codex").click();
            assertThat(visit.at("#form-title")).hasText("Add a snapshot for version 0.100.0");
            visit.assertAccessibleInBothThemes();

            visit.at("[name=id]").first().fill("mine");
            visit.at("#add-row").click();
            visit.at("[name=id]").last().fill("twice");
            visit.at("#add-row").click();
            visit.at("[name=id]").last().fill("twice");
            visit.at("#create").click();
            assertThat(visit.at("#error")).containsText("Row 3, id: stands there twice");
            assertThat(visit.at("[name=id]")).hasCount(3);
            assertThat(visit.at("[name=id]").last()).hasValue("twice");
            visit.at("[data-remove]").last().click();
            assertThat(visit.at("[name=id]").last()).isFocused();
            visit.at("[data-remove]").last().click();

            visit.at("#suggest").click();
            assertThat(visit.at("#suggest-state")).containsText("2 rows filled in");
            assertThat(visit.at("[name=id]")).hasCount(3);
            assertThat(visit.at("[name=id]").first()).hasValue("mine");
            assertThat(visit.at("#snapshot-curl")).containsText("/v1/engines/codex/models/snapshots'");
            assertThat(visit.at("#snapshot-curl")).containsText("\"id\": \"mine\"");
            assertThat(visit.at("[name=supported_effort]").nth(1)).hasValue("low, high");
            visit.at("[name=deprecated]").last().selectOption("true");
            visit.assertAccessible();
            visit.at("#create").click();

            assertThat(visit.at("#message")).hasText("Snapshot created");
            assertThat(visit.at("#facts")).containsText("models_0.100.0.json");
            assertThat(visit.at("#models tbody tr")).hasCount(3);
            assertThat(visit.at("#models tbody tr").last()).containsText("gpt-new-mini");
            assertThat(visit.at("#models tbody tr").last()).containsText("yes");
            assertThat(visit.at("#models")).containsText("low, high");
            String before = visit.at("#models").innerText();

            visit.at("[name=id]").fill("another");
            visit.at("#create").click();
            assertThat(visit.at("#error")).containsText("There already is a snapshot for this version");
            assertThat(visit.at("#models").innerText()).isEqualTo(before);
            visit.assertAccessibleInBothThemes();
        }
    }

    @Test
    @Order(5)
    void a_cli_that_suggests_nothing_says_why_and_other_engines_offer_what_they_can() {
        npm.installs(EngineId.CODEX, "case $1 in --version) echo 'codex-cli 0.300.0' ;; *) exit 3 ;; esac");
        try (Visit visit = browser.visit(server.port())) {
            visit.expecting("409 (Conflict)").open("/ui/engines");
            visit.at("#upgrade-codex").click();
            assertThat(visit.at("tr[data-engine=codex]")).containsText("0.300.0");
            visit.at("#models-codex").click();
            visit.at("#suggest").click();
            assertThat(visit.at("#suggest-state")).containsText("The CLI gave no list: the codex CLI did not tell");
            visit.assertAccessible();

            visit.open("/ui/engines/opencode/models");
            assertThat(visit.at("#no-form")).containsText("Snapshots are not supported for opencode");
            visit.assertAccessibleInBothThemes();
            visit.open("/ui/engines/gemini/models");
            assertThat(visit.at("#no-form")).containsText("The version of the gemini CLI is not known");
            visit.at("#manifest summary").click();
            assertThat(visit.at("#manifest pre")).containsText("\"snapshots\"");
            visit.assertAccessible();
        }
    }

    @Test
    @Order(6)
    void without_scripts_engines_are_upgraded_and_snapshots_made() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setJavaScriptEnabled(false))) {
            visit.open("/ui/engines");
            visit.at("#engines noscript a").click();
            assertThat(visit.at("tr[data-engine]"))
                    .hasCount(KnownEngines.names().size());
            visit.at("#upgrade-iflow").click();
            assertThat(visit.at("#upgrade h2")).hasText("Upgrade of iflow");
            for (int i = 0; i < 600 && visit.at("#upgrade noscript a").count() > 0; i++) {
                visit.at("#upgrade noscript a").click();
            }
            assertThat(visit.at("#upgrade")).hasAttribute("data-status", "succeeded");

            visit.open("/ui/engines/iflow/models");
            visit.at("[name=id]").fill("by-hand");
            visit.at("#create").click();
            assertThat(visit.at("#message")).hasText("Snapshot created");
            assertThat(visit.at("#models")).containsText("by-hand");
        }
    }

    @Test
    @Order(7)
    void an_engine_nobody_knows_has_a_page_that_says_so() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setViewportSize(390, 800))) {
            visit.expecting("404 (Not Found)").open("/ui/engines/claude/models");
            assertThat(visit.at("h1")).hasText("There is no such engine");
            visit.open("/ui/engines");
            assertThat(visit.at("tr[data-engine]"))
                    .hasCount(KnownEngines.names().size());
            visit.assertAccessibleInBothThemes();
        }
    }

    private void codex(String version) {
        npm.installs(
                EngineId.CODEX,
                """
                case $1 in
                  --version) echo 'codex-cli %s' ;;
                  *) echo '{"models":[{"slug":"gpt-new","visibility":"list","display_name":"GPT new","supported_reasoning_levels":[{"effort":"low"},{"effort":"high"}]},{"slug":"gpt-new-mini","visibility":"list"}]}' ;;
                esac
                """
                        .formatted(version));
    }
}
