package skillrunner.engines;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.engines.codex.CodexDriver;
import skillrunner.engines.gemini.GeminiDriver;
import skillrunner.engines.iflow.IflowDriver;
import skillrunner.engines.opencode.OpencodeDriver;
import skillrunner.engines.output.Captured;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

/** Whether a CLI that failed could not take its conversation up again, by what each of them really says. */
class LostSessionTest {
    static Stream<Arguments> captured() {
        return Stream.of(
                arguments(new CodexDriver(), "resume-bad"),
                arguments(new GeminiDriver(), "resume-bad"),
                arguments(new GeminiDriver(), "resume-othercwd"),
                arguments(new OpencodeDriver(), "resume-bad"));
    }

    @ParameterizedTest
    @MethodSource("captured")
    void a_conversation_that_is_not_there_is_lost(EngineDriver driver, String name) {
        assertThat(driver.lostSession(words(driver, name))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Error resuming session: No previous sessions found for this project.",
                "Error: Session not found: ses_1",
                "the conversation 1234 does not exist",
            })
    void iflow_says_it_as_its_kin_do(String words) {
        assertThat(new IflowDriver().lostSession(words)).isTrue();
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                arguments(new CodexDriver(), "e401"),
                arguments(new CodexDriver(), "e429"),
                arguments(new CodexDriver(), "nogit"),
                arguments(new CodexDriver(), "profile-v2-resume"),
                arguments(new GeminiDriver(), "e401"),
                arguments(new OpencodeDriver(), "down"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void another_failure_is_another_failure(EngineDriver driver, String name) {
        assertThat(driver.lostSession(words(driver, name))).isFalse();
    }

    private static String words(EngineDriver driver, String name) {
        String engine = driver.engine().wire();
        return new String(Captured.stream(engine, name, "stdout"), StandardCharsets.UTF_8)
                + new String(Captured.stream(engine, name, "stderr"), StandardCharsets.UTF_8);
    }
}
