package skillrunner.browser;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.RunningServer;
import skillrunner.acceptance.TestSkill;

import static com.microsoft.playwright.assertions.PlaywrightAssertions.assertThat;
import static org.assertj.core.api.Assertions.assertThat;

/** Whatever a program writes is shown as text. A visit fails if anything of it is loaded, run or opened as a dialog. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HostileOutputIT {
    private static final String MARKUP = "<img src=http://hostile.invalid/x onerror=alert(1)>";

    /** Octal is what every shell's printf knows: 000 is NUL, 033 is escape, 342 200 256 turns the direction of text. */
    private static final String HOSTILE_CLI =
            """
            #!/bin/sh
            [ "$1" = --version ] && echo 'codex-cli 1.0.0' && exit
            cat >/dev/null
            awk 'BEGIN { for (i = 0; i < 100000; i++) printf "x"; print "END-OF-THE-LONG-LINE" }'
            printf '%%s\\n' '%1$s plain'
            printf 'nul \\000 after\\n'
            printf '\\033[31mred\\033[0m \\033]0;taken over\\007\\n'
            printf 'right \\342\\200\\256 left\\n'
            printf 'no text \\377\\376 at all\\n'
            printf '%%s\\n' '{"type":"%1$s","text":"</div><script>alert(2)</script>"}'
            printf '%%s\\n' '{"__proto__":{"type":"polluted"},"type":"turn.started"}'
            printf '%%s\\n' '<script>alert(3)</script> stderr' >&2
            mkdir -p artifacts
            printf x >'artifacts/"><svg onload=alert(4)>.txt'
            printf '%%s\\n' '{"type":"item.completed","item":{"type":"agent_message","text":"{\\"status\\": \\"%1$s result\\"}"}}'
            echo '{"type":"turn.completed"}'
            """
                    .formatted(MARKUP);

    private RunningServer server;
    private ApiClient api;
    private Browser browser;

    @BeforeAll
    void start(@TempDir Path home) throws IOException {
        TestSkill.install(home);
        Path program = Files.createDirectories(home.resolve("cache/npm/bin")).resolve("codex");
        Files.writeString(program, HOSTILE_CLI);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        server = RunningServer.start(home, Map.of());
        api = server.client();
        browser = Browser.shared();
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void output_result_and_names_show_as_text_and_nothing_runs() {
        String request = api.create(TestSkill.job(MARKUP + " prompt"));
        assertThat(api.awaitEnd(request).get("status").stringValue()).isEqualTo("succeeded");
        try (Visit visit = browser.visit(server.port())) {
            visit.open("/ui/runs/" + request);
            assertThat(visit.at("#output-state")).hasText("Complete");
            for (String text : List.of(
                    MARKUP + " plain",
                    "nul ␀ after",
                    "␛[31mred␛[0m ␛]0;taken over␇",
                    "right ⟨U+202E⟩ left",
                    "</div><script>alert(2)</script>")) {
                assertThat(visit.at("#log-stdout")).containsText(text);
            }
            visit.at("#find").fill("END-OF-THE-LONG-LINE");
            assertThat(visit.at("#output-state")).hasText("1 match");
            visit.page().keyboard().press("Enter");
            assertThat(visit.at(".log-row-current")).containsText("END-OF-THE-LONG-LINE");

            visit.at("#tab-stderr").click();
            assertThat(visit.at("#log-stderr")).containsText("<script>alert(3)</script> stderr");
            visit.at("#tab-prompt").click();
            assertThat(visit.at("#panel-prompt")).containsText(MARKUP + " prompt");
            assertThat(visit.at("#result")).containsText(MARKUP + " result");
            assertThat(visit.at("#artifacts")).containsText("\"><svg onload=alert(4)>.txt");
            assertThat(visit.at("#facts")).containsText(MARKUP + " prompt");
            assertThat(visit.at("main img")).hasCount(0);
            // What comes of the output with the page is data, in one element of ours, which nothing in it has ended.
            assertThat(visit.at("main script")).hasCount(1);
            assertThat(visit.at("main script#first-output[type='application/json']"))
                    .hasCount(1);
            assertThat(visit.page()).hasTitle("Scripted · Succeeded · Skill Runner");
            visit.at("#readable").uncheck();
            visit.at("#tab-stdout").click();
            assertThat(visit.at("#log-stdout")).isVisible();
        }
    }
}
