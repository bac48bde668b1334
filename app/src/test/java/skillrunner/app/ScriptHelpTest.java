package skillrunner.app;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.acceptance.Repository;

import static org.assertj.core.api.Assertions.assertThat;

/** The scripts that are not the launcher: whoever asks what one is for begins nothing. */
class ScriptHelpTest {
    private static final Path SCRIPTS = Repository.root().resolve("scripts");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "build-distribution",
                "check-api",
                "check-reproducible",
                "follow",
                "format",
                "source-commit",
                "source-fingerprint",
                "start_ui_auth_server.sh",
                "verify"
            })
    void a_script_says_what_it_is_for(String script) throws Exception {
        Process process = run(script, "--help");

        assertThat(new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8))
                .matches("[A-Zu](?s:.{20,900})");
        assertThat(process.waitFor()).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"check-api", "check-reproducible", "follow", "source-commit", "source-fingerprint", "verify"})
    void an_option_that_is_none_is_refused(String script) throws Exception {
        Process process = run(script, "--dance");

        assertThat(process.waitFor()).isEqualTo(2);
    }

    private static Process run(String script, String option) throws IOException {
        return new ProcessBuilder(SCRIPTS.resolve(script).toString(), option)
                .redirectErrorStream(true)
                .start();
    }
}
