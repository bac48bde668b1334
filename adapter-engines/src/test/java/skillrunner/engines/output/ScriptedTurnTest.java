package skillrunner.engines.output;

import java.nio.file.Path;
import java.util.ServiceLoader;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.application.engine.EngineDriver;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.run.TurnFacts.Closing;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the scripted CLIs of the other modules' tests to the formats that this module reads. */
class ScriptedTurnTest {
    private final Path directory;

    ScriptedTurnTest(@TempDir Path directory) {
        this.directory = directory;
    }

    static Stream<EngineDriver> drivers() {
        return ServiceLoader.load(EngineDriver.class).stream()
                .map(ServiceLoader.Provider::get)
                .filter(driver -> EngineId.BUILT_IN.contains(driver.engine()));
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void an_answer_is_read(EngineDriver driver) throws Exception {
        TurnOutcome outcome = outcomeOf(
                driver, "@cli stderr noise\n@cli lines 20 400\n@cli say first\n@cli answer {\"a\": \"\\\"\"}\n");

        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        // A CLI that writes plain text does not say where one message ends.
        assertThat(outcome.finalText().orElseThrow()).endsWith("{\"a\": \"\\\"\"}");
        assertThat(outcome.sessionHandle()).isPresent();
        assertThat(outcome.signIn().isThere()).isFalse();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void a_failure_is_read(EngineDriver driver) throws Exception {
        TurnOutcome outcome = outcomeOf(driver, "@cli fail unexpected status 401 Unauthorized\n");

        assertThat(outcome.closing())
                .isEqualTo(
                        driver.engine().equals(EngineId.IFLOW)
                                ? new Closing.Missing()
                                : new Closing.Failed("unexpected status 401 Unauthorized"));
        assertThat(outcome.signIn().isThere()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void a_missing_end_is_noticed(EngineDriver driver) throws Exception {
        assertThat(outcomeOf(driver, "@cli no-closing\n").closing()).isEqualTo(new Closing.Missing());
    }

    @ParameterizedTest
    @MethodSource("drivers")
    void garbage_does_no_harm(EngineDriver driver) throws Exception {
        assertThat(outcomeOf(driver, "@cli garbage\n@cli say fine\n@cli garbage\n")
                        .closing())
                .isEqualTo(new Closing.Completed());
    }

    private TurnOutcome outcomeOf(EngineDriver driver, String prompt) throws Exception {
        return ScriptedTurn.outcomeOf(driver, directory, prompt);
    }
}
