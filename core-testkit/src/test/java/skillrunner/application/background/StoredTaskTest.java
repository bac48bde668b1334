package skillrunner.application.background;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skillrunner.testkit.background.DeferredBackgroundTasks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** With numbers for states; 9 is the last one. */
class StoredTaskTest {
    private static final int LAST = 9;

    private final List<Integer> told = new ArrayList<>();
    private int store = 1;
    private boolean full;

    private final StoredTask<Integer> task = new StoredTask<>(1, new StoredTask.Keeping<>() {
        @Override
        public boolean save(Integer before, Integer after) {
            if (full) {
                throw new IllegalStateException("full");
            }
            if (store != before) {
                return false;
            }
            store = after;
            return true;
        }

        @Override
        public boolean hasEnded(Integer state) {
            return state == LAST;
        }

        @Override
        public void stored(Integer before, Integer after) {
            told.add(after);
        }
    });

    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();

    @Test
    void each_state_is_stored_before_it_is_told() {
        assertThat(task.advance(state -> state + 1)).isTrue();
        assertThat(task.advance(state -> LAST)).isTrue();

        assertThat(told).containsExactly(2, LAST);
        assertThat(task.state()).isEqualTo(LAST).isEqualTo(store);
    }

    @Test
    void after_its_end_a_task_does_not_change() {
        task.advance(state -> LAST);

        assertThat(task.advance(state -> 3)).isFalse();
        assertThat(store).isEqualTo(LAST);
    }

    @Test
    void a_task_that_somebody_else_has_moved_on_is_left_alone() {
        store = 5;

        assertThat(task.advance(state -> state + 1)).isFalse();
        store = 1;
        assertThat(task.advance(state -> state + 1)).isFalse();
        assertThat(store).isEqualTo(1);
        assertThat(told).isEmpty();
    }

    @Test
    void what_was_made_and_could_not_be_stored_is_what_the_next_step_starts_from() {
        full = true;
        assertThatThrownBy(() -> task.advance(state -> state + 1)).hasMessage("full");
        assertThat(task.state()).isEqualTo(1);
        full = false;

        assertThat(task.advance(state -> state + 1)).isTrue();

        assertThat(store).isEqualTo(3);
    }

    @Test
    void an_end_that_could_not_be_stored_stays_the_end_and_is_stored_when_there_is_room() {
        UntilDone untilDone = new UntilDone(background, Duration.ofSeconds(2));
        full = true;
        assertThatThrownBy(() -> task.advance(state -> LAST)).hasMessage("full");

        untilDone.carryOut("task", () -> task.advance(state -> 7));
        background.runDelayed();
        assertThat(store).isEqualTo(1);
        full = false;
        background.runDelayed();

        assertThat(store).isEqualTo(LAST);
        background.runDelayed();
        assertThat(told).containsExactly(LAST);
    }
}
