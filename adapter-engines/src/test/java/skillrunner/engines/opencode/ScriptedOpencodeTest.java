package skillrunner.engines.opencode;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.engine.TurnOutcome;
import skillrunner.domain.run.TurnFacts.Closing;
import skillrunner.engines.output.ScriptedTurn;

import static org.assertj.core.api.Assertions.assertThat;

/** Holds the scripted opencode of the other modules' tests to the format that this module reads. */
class ScriptedOpencodeTest {
    private final Path directory;

    ScriptedOpencodeTest(@TempDir Path directory) {
        this.directory = directory;
    }

    @Test
    void its_answer_is_read() throws Exception {
        TurnOutcome outcome =
                outcomeOf("@cli garbage\n@cli lines 20 400\n@cli say first\n@cli answer {\"a\": \"\\\"\"}\n");

        assertThat(outcome.closing()).isEqualTo(new Closing.Completed());
        assertThat(outcome.finalText()).hasValue("{\"a\": \"\\\"\"}");
        assertThat(outcome.sessionHandle()).isPresent();
        assertThat(outcome.signInWanted()).isFalse();
    }

    @Test
    void its_failure_is_read() throws Exception {
        TurnOutcome outcome = outcomeOf("@cli fail 401 Unauthorized\n");

        assertThat(outcome.closing()).isEqualTo(new Closing.Failed("401 Unauthorized"));
        assertThat(outcome.signInWanted()).isTrue();
    }

    @Test
    void a_missing_end_is_noticed() throws Exception {
        assertThat(outcomeOf("@cli no-closing\n").closing()).isEqualTo(new Closing.Missing());
    }

    private TurnOutcome outcomeOf(String prompt) throws Exception {
        return ScriptedTurn.outcomeOf(new OpencodeDriver(), directory, prompt);
    }
}
