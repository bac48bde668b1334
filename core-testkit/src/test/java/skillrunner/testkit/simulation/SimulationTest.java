package skillrunner.testkit.simulation;

import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
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
    private static final int STORIES = Integer.getInteger("skillrunner.simulation.stories", 200);
    private static final Optional<Long> SEED = Optional.ofNullable(Long.getLong("skillrunner.simulation.seed"));
    private static final int SEARCH = 1_000;

    @Test
    void every_story_keeps_all_promises() {
        SEED.ifPresentOrElse(seed -> Seeds.again(seed, Simulation::of), () -> Seeds.tryOn(STORIES, Simulation::of));
    }

    /** Seeds that found something once. */
    @ParameterizedTest
    @ValueSource(
            longs = {
                // A result was written, its row was not; then the end was asked for, and only the row could be written.
                1378540775441601833L
            })
    void what_was_found_once_does_not_come_again(long seed) {
        Seeds.again(seed, Simulation::of);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void a_planted_fault_is_found(Sabotage sabotage) {
        long found = 0;
        for (long seed = 1; seed <= SEARCH && found == 0; seed++) {
            if (isFoundBy(seed, sabotage)) {
                found = seed;
            }
        }
        assertThat(found).as("the seed that finds it").isPositive();
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
