package skillrunner.application.run;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import skillrunner.domain.run.RunId;

import static org.assertj.core.api.Assertions.assertThat;

class SingleNodeSignalsTest {
    private static final RunId RUN = new RunId("00000000-0000-4000-8000-000000000001");
    private static final RunId OTHER = new RunId("00000000-0000-4000-8000-000000000002");

    private final RunSignals signals = new SingleNodeSignals();
    private final List<String> heard = new ArrayList<>();

    @Test
    void who_wants_to_know_is_told_apart_that_something_was_written() {
        try (Subscription one = signals.watch(RUN, () -> heard.add("changed"), () -> heard.add("written"))) {
            signals.written(RUN);
            signals.wake(RUN);
            signals.written(OTHER);
            signals.told(RUN);
        }
        signals.written(RUN);

        assertThat(heard).containsExactly("written", "changed");
    }

    @Test
    void for_others_it_is_a_change_like_any_other() {
        try (Subscription one = signals.watch(RUN, () -> heard.add("changed"))) {
            signals.written(RUN);
            signals.wake(RUN);
        }

        assertThat(heard).containsExactly("changed", "changed");
    }

    @Test
    void events_wake_only_who_watches_for_them() {
        try (Subscription one = signals.watchEvents(RUN, () -> heard.add("events"))) {
            signals.told(RUN);
            signals.written(RUN);
            signals.wake(RUN);
        }

        assertThat(heard).containsExactly("events");
    }
}
