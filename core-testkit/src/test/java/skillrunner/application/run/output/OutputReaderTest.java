package skillrunner.application.run.output;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.time.Countdown;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.RunFixtures;

import static org.assertj.core.api.Assertions.assertThat;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** What an engine writes is read in parts, however slow its reader is. */
class OutputReaderTest {
    private static final Duration PASS = Duration.ofMillis(200);
    private static final int MUCH = 1 << 20;

    private final CoreOnFakes core = new CoreOnFakes();
    private final SlowReader engine = new SlowReader();

    @Test
    void a_pass_over_a_flood_ends_when_its_time_is_over_and_the_next_goes_on() {
        Run run = working();
        core.output.append(run.id(), OutputStreamKind.STDOUT, new byte[MUCH]);
        OutputReader reader = new OutputReader(core.output, run.id(), 1, engine, 0);
        Written written = new Written(MUCH, 0);

        assertThat(reader.readNew(written, pass())).isTrue();
        assertThat(engine.fed).isPositive().isLessThan(MUCH / 2);
        assertThat(reader.unread(MUCH, 0)).isEqualTo(MUCH - engine.fed);

        while (reader.readNew(written, pass())) {
            assertThat(engine.fed).isLessThanOrEqualTo(MUCH);
        }
        assertThat(engine.fed).isEqualTo(MUCH);
    }

    @Test
    void of_what_is_left_at_the_end_the_shorter_stream_is_read_first() {
        Run run = working();
        core.output.append(run.id(), OutputStreamKind.STDOUT, new byte[MUCH]);
        core.output.append(run.id(), OutputStreamKind.STDERR, new byte[3]);

        new OutputReader(core.output, run.id(), 1, engine, 0).readToEnd(MUCH, 3);

        assertThat(engine.first).contains(OutputStreamKind.STDERR);
        assertThat(engine.fed).isEqualTo(MUCH + 3L);
    }

    private Countdown pass() {
        return Countdown.of(core.clock.monotonic(), PASS);
    }

    private Run working() {
        core.skills.install(aSkill().build());
        core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));
        Run run = core.runs
                .takeNextQueued(RunFixtures.lease("node-1"), core.clock.instant())
                .orElseThrow();
        core.output.open(run.id(), 1, "do it");
        return run;
    }

    /** Takes a tenth of a second for each piece. */
    private final class SlowReader implements EngineOutputReader {
        private long fed;
        private Optional<OutputStreamKind> first = Optional.empty();

        @Override
        public void feed(OutputStreamKind stream, byte[] bytes, int length) {
            fed += length;
            first = first.or(() -> Optional.of(stream));
            core.clock.advance(Duration.ofMillis(100));
        }

        @Override
        public void finish() {
            // nothing is held back
        }

        @Override
        public OutputPosition position() {
            return OutputPosition.START;
        }
    }
}
