package skillrunner.browser;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import skillrunner.acceptance.Contract;
import skillrunner.acceptance.Repository;
import skillrunner.contract.BuildNotes;
import skillrunner.contract.UnreachedAnswers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

/**
 * Every status and problem code of every operation was answered to some test of this build, or a list says why not. Stands here because
 * this module comes last. A build of which somebody asked a part only can't know, and says so; {@code scripts/verify} asks for all.
 */
class UnreachedAnswersIT {
    private static final boolean WHOLE = Boolean.getBoolean("skillrunner.build.whole");

    @Test
    void every_answer_that_is_promised_was_given_or_there_is_a_reason() throws Exception {
        BuildNotes notes = BuildNotes.read(
                Path.of(System.getProperty("skillrunner.contract.reached")),
                List.of(tests("adapter-http"), tests("app")));
        List<String> notRun = notes.notRun();
        assumeTrue(WHOLE || notRun.isEmpty(), () -> "this build is a part of the whole, without " + notRun);

        assertThat(notRun).as("tests of a whole build that did not run").isEmpty();
        assertThat(UnreachedAnswers.of(Contract.DOCUMENT, notes, reasons())).isEmpty();
    }

    private static Path tests(String module) {
        return Repository.root().resolve(module).resolve("target/test-classes");
    }

    private static Path reasons() throws Exception {
        return Path.of(Objects.requireNonNull(UnreachedAnswersIT.class.getResource("/never-answered.txt"))
                .toURI());
    }
}
