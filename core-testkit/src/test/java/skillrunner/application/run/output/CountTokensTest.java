package skillrunner.application.run.output;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.output.TokenCount;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

class CountTokensTest {
    private final CoreOnFakes core = new CoreOnFakes();
    private final CountTokens tokens = new CountTokens(core.server().engines, core.output);

    @Test
    void what_the_engine_told_is_counted_and_what_it_said_of_it_is_not() {
        Run run = working();
        append(run, "used 11\nsay used 5\nused 2\ndone\n");

        assertThat(tokens.of(run)).contains(new TokenCount(13, 0, 2, 0));
    }

    @Test
    void an_engine_that_tells_nothing_took_nobody_knows_how_many() {
        Run run = working();
        append(run, "say hello\n");

        assertThat(tokens.of(run)).isEmpty();
    }

    @Test
    void a_long_output_is_not_searched() {
        Run run = working();
        append(run, "used 11\n" + "say x\n".repeat(800_000));

        assertThat(tokens.of(run)).isEmpty();
    }

    @Test
    void a_reader_that_breaks_keeps_nobody_from_the_rest() {
        Run run = working();
        append(run, "used 11\n");
        core.driver.breakReaders(new IllegalStateException("broken"));

        assertThat(tokens.of(run)).isEmpty();
    }

    private Run working() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), RunFixtures.NOW)
                .orElseThrow();
        core.output.open(run.id(), 1, "do it");
        return run;
    }

    private void append(Run run, String text) {
        core.output.append(run.id(), OutputStreamKind.STDOUT, text.getBytes(UTF_8));
    }
}
