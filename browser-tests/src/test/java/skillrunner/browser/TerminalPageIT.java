package skillrunner.browser;

import com.microsoft.playwright.FrameLocator;
import com.microsoft.playwright.Locator;
import com.microsoft.playwright.options.BoundingBox;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.RunningServer;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** An engine's own interface on the page of the engines; a shell stands in for it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TerminalPageIT {
    private static final String STOP = "/ui/engines/tui/session/stop";

    private RunningServer server;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        Path programs = Files.createDirectories(home.resolve("programs"));
        for (String engine : new String[] {"codex", "iflow"}) {
            Path program = programs.resolve(engine);
            Files.writeString(
                    program,
                    "#!/bin/sh\ncase \"$*\" in *--version*|*--help*) exit 0;; esac\nPS1='> ' exec /bin/sh -i\n");
            assertThat(program.toFile().setExecutable(true)).isTrue();
        }
        server = RunningServer.start(home, Map.of("PATH", programs + ":" + System.getenv("PATH")));
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    /** A test that failed leaves no session to the next. */
    @AfterEach
    void stopTerminal() {
        server.client().post(STOP, Map.of());
    }

    @Test
    void an_engine_is_started_typed_in_and_stopped_and_everything_else_waits() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines?table=now");
            Locator start = visit.at("#tui-start-iflow");
            assertThat(start).isEnabled();

            start.click();

            assertThat(visit.at("#tui-window")).isVisible();
            assertThat(visit.at("#tui-sandbox")).isVisible();
            assertThat(visit.at("#tui-start-codex")).isDisabled();
            assertThat(visit.at("#auth-transport")).isDisabled();
            assertThat(visit.at("#auth-codex")).isDisabled();
            assertThat(visit.at("#tui-busy")).isVisible();
            type(visit, "echo sum: $((20 + 22))");
            assertThat(rows(visit)).containsText("sum: 42");
            visit.assertAccessibleInBothThemes();

            visit.at("#tui-stop").click();

            assertThat(visit.at("#tui-window")).isHidden();
            assertThat(start).isEnabled();
            assertThat(visit.at("#auth-codex")).isEnabled();
            assertThat(visit.at("#tui-status")).isVisible();
            visit.assertNothingOdd();
        }
    }

    @Test
    void what_a_missing_sandbox_means_is_said_in_the_language_of_the_page() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setLocale("zh-CN"))) {
            visit.open("/ui/engines?table=now");
            visit.at("#tui-start-iflow").click();

            assertThat(visit.at("#tui-sandbox")).containsText("无沙箱：");
            assertThat(visit.at("#tui-sandbox")).containsText("容器镜像");
            assertThat(visit.at("#tui-sandbox")).not().containsText("sandbox");
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_page_that_is_loaded_anew_goes_on_where_it_was() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines?table=now");
            visit.at("#tui-start-codex").click();
            assertThat(visit.at("#tui-sandbox")).isHidden();
            type(visit, "echo first: $((1 + 1))");
            assertThat(rows(visit)).containsText("first: 2");

            visit.page().reload();

            assertThat(rows(visit)).containsText("first: 2");
            type(visit, "echo second: $((2 + 2))");
            assertThat(rows(visit)).containsText("second: 4");
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_second_page_asks_before_it_takes_over() {
        try (Visit first = browser.visit(server.port());
                Visit second = browser.visit(server.port())) {
            first.open("/ui/engines?table=now");
            first.at("#tui-start-codex").click();
            assertThat(rows(first)).containsText(">");

            second.open("/ui/engines?table=now");
            Locator act = frame(second).locator("#terminal-act");
            assertThat(act).isVisible();
            assertThat(frame(first).locator("#terminal-notice")).isHidden();
            act.click();

            assertThat(frame(second).locator("#terminal-notice")).isHidden();
            assertThat(frame(first).locator("#terminal-notice")).isVisible();
            type(second, "exit 5");
            assertThat(second.at("#tui-window")).isHidden();
            assertThat(first.at("#tui-window")).isHidden();
            first.assertNothingOdd();
            second.assertNothingOdd();
        }
    }

    @Test
    void what_a_program_asks_of_the_browser_is_not_done() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines?table=now");
            visit.at("#tui-start-codex").click();
            type(
                    visit,
                    "printf '\\033]0;stolen\\007\\033]52;c;c3RvbGVu\\007\\033]8;;https://elsewhere.example\\033\\\\link\\033]8;;\\033\\\\ sent: %s\\n' $((3 + 4))");
            assertThat(rows(visit)).containsText("link sent: 7");

            assertThat(visit.page()).not().hasTitle("stolen");
            assertThat(frame(visit).locator(".xterm-rows a, .xterm-underline-5"))
                    .hasCount(0);
            visit.assertNothingOdd();
        }
    }

    @Test
    void all_colours_are_shown() {
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/engines?table=now");
            visit.at("#tui-start-codex").click();
            type(visit, "printf '\\033[38;2;10;200;30;48;2;1;2;3mtrue: %s\\033[0m\\n' $((5 + 5))");

            Locator coloured =
                    frame(visit).locator(".xterm-rows span").filter(new Locator.FilterOptions().setHasText("true: 10"));
            assertThat(coloured).hasCSS("color", "rgb(10, 200, 30)");
            assertThat(coloured).hasCSS("background-color", "rgb(1, 2, 3)");
            visit.assertNothingOdd();
        }
    }

    @Test
    void a_narrow_screen_shows_it_whole() {
        try (Visit visit = browser.visit(server.port(), reader -> reader.setViewportSize(360, 740))) {
            visit.open("/ui/engines?table=now");
            visit.at("#tui-start-codex").click();
            type(visit, "stty size | sed 's/.* /columns: /'");
            assertThat(rows(visit)).containsText("columns: ");

            BoundingBox box = visit.at("#tui-frame").boundingBox();
            assertThat(box.x + box.width).isLessThanOrEqualTo(360);
            visit.assertNothingOdd();
        }
    }

    private static FrameLocator frame(Visit visit) {
        return visit.page().frameLocator("#tui-frame");
    }

    private static Locator rows(Visit visit) {
        return frame(visit).locator(".xterm-rows");
    }

    private static void type(Visit visit, String line) {
        assertThat(rows(visit)).containsText(">");
        Locator keys = frame(visit).locator(".xterm-helper-textarea");
        keys.focus();
        visit.page().keyboard().type(line);
        visit.page().keyboard().press("Enter");
    }
}
