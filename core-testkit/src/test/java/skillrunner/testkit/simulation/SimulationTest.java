package skillrunner.testkit.simulation;

import java.util.Map;
import java.util.Optional;
import java.util.logging.Level;
import java.util.logging.Logger;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.testkit.random.Draws;
import skillrunner.testkit.random.Seeds;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Whatever happens in whatever order, the promises made to clients are kept. Told on one JDK only: the stories are the same on
 * each, and they take time.
 */
@Tag("one-jdk")
class SimulationTest {
    /** Kept, for the log keeps no logger that nobody holds. */
    private static final Logger LOG = Logger.getLogger("skillrunner");

    private static final int STORIES = Integer.getInteger("skillrunner.simulation.stories", 200);
    private static final int TALKS = Integer.getInteger("skillrunner.simulation.talks", 50);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("skillrunner.simulation.seed"));
    private static final int SEARCH = 1_000;

    /** Where a search begins that takes long from the first seed on. Where a change has moved the finding, it only takes longer again. */
    private static final Map<Sabotage, Long> FOUND_BEFORE = Map.of(
            Sabotage.FORGOTTEN_HOLD,
            541L,
            Sabotage.SECOND_DECISION,
            280L,
            Sabotage.FORGOTTEN_DEADLINE,
            640L,
            Sabotage.UNREPAIRED_SKILL,
            104L,
            Sabotage.UNSECURED_ARTIFACTS,
            75L,
            Sabotage.STALE_READ,
            52L,
            Sabotage.TORN_PREPARATION,
            48L,
            Sabotage.LINE_NEVER_SAID,
            22L,
            Sabotage.RESULT_BEFORE_SYNC,
            12L,
            Sabotage.DEAF_SWEEP,
            9L);

    /** A story tells by itself what failed in it; the traces of all faults of all stories cost more than the stories. */
    @BeforeAll
    static void quiet() {
        LOG.setLevel(Level.OFF);
    }

    @AfterAll
    static void loud() {
        LOG.setLevel(null);
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_story_keeps_all_promises() {
        SEED.ifPresentOrElse(seed -> Seeds.again(seed, Simulation::of), () -> Seeds.tryOn(STORIES, Simulation::of));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_story_of_questions_keeps_all_promises() {
        SEED.ifPresentOrElse(
                seed -> Seeds.again(seed, Simulation::talking), () -> Seeds.tryOn(TALKS, Simulation::talking));
    }

    @Test
    @Execution(ExecutionMode.CONCURRENT)
    void every_story_of_engines_that_keep_running_keeps_all_promises() {
        SEED.ifPresentOrElse(
                seed -> Seeds.again(seed, Simulation::keeping), () -> Seeds.tryOn(TALKS, Simulation::keeping));
    }

    /** Seeds that found something once; docs/simulation.md tells what became of it. */
    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @ValueSource(
            longs = {
                // Nobody took the reserve again, so that a stream waited for events for good.
                8177589992709531445L,
                // What a killed shim left behind was ended once at most, even if that failed.
                3809,
                // A preparation that failed after its run had ended held a version.
                55,
                // An agent went on after its run had been ended by its row alone.
                11423,
                // An error in the clean-up ended an installation as failed whose package was in its place.
                135,
                // An error left an upgrade running for good.
                108,
                // A start that could not store an installation's end forgot that its package was published.
                1389,
                // A start on a full disk left installations open for good.
                2670,
                // A start on a full disk left upgrades open for good.
                1097,
                // A run was prepared between the two renames of a skill's update.
                14628
            })
    void what_was_found_once_does_not_come_again(long seed) {
        Seeds.again(seed, Simulation::of);
    }

    @ParameterizedTest
    @Execution(ExecutionMode.CONCURRENT)
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_planted_fault_is_found(Sabotage sabotage) {
        long first = FOUND_BEFORE.getOrDefault(sabotage, 1L);

        assertThat(LongStream.concat(LongStream.rangeClosed(first, SEARCH), LongStream.range(1, first))
                        .filter(seed -> isFoundBy(seed, sabotage))
                        .findFirst())
                .as("the seed that finds it")
                .isPresent();
    }

    private static boolean isFoundBy(long seed, Sabotage sabotage) {
        try {
            Simulation.of(new Draws(seed), sabotage);
            return false;
        } catch (AssertionError e) {
            return true;
        }
    }
}
