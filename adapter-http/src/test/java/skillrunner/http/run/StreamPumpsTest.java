package skillrunner.http.run;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.RejectedExecutionException;
import org.junit.jupiter.api.Test;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.testkit.background.DeferredBackgroundTasks;

import static org.assertj.core.api.Assertions.assertThat;

class StreamPumpsTest {
    private final DeferredBackgroundTasks threads = new DeferredBackgroundTasks();
    private final List<String> done = new ArrayList<>();

    @Test
    void news_goes_before_what_can_wait() {
        StreamPumps pumps = new StreamPumps(threads);
        pumps.later(() -> done.add("heartbeat"));
        pumps.news(() -> done.add("news"));

        threads.runAll();

        assertThat(done).containsExactly("news", "heartbeat");
    }

    @Test
    void what_can_wait_has_its_turn_however_much_news_there_is() {
        StreamPumps pumps = new StreamPumps(threads);
        more(pumps);
        pumps.later(() -> done.add("heartbeat"));

        threads.runAll();

        assertThat(done.indexOf("heartbeat")).isBetween(1, 10);
    }

    private void more(StreamPumps pumps) {
        done.add("news");
        if (done.size() < 1_000) {
            pumps.news(() -> more(pumps));
        }
    }

    @Test
    void a_client_with_a_long_backlog_keeps_nobody_else_silent() {
        StreamPumps pumps = new StreamPumps(threads);
        goOn(pumps);
        pumps.later(() -> done.add("heartbeat"));

        threads.runAll();

        assertThat(done.indexOf("heartbeat")).isLessThan(3);
    }

    private void goOn(StreamPumps pumps) {
        done.add("backlog");
        if (done.size() < 1_000) {
            pumps.later(() -> goOn(pumps));
        }
    }

    @Test
    void what_got_no_thread_is_sent_with_the_next_that_gets_one() {
        List<Boolean> refusals = new ArrayList<>();
        StreamPumps pumps = new StreamPumps(new BackgroundTasks() {
            @Override
            public void submit(String name, Runnable task) {
                if (refusals.size() < 1_000) {
                    refusals.add(true);
                    throw new RejectedExecutionException("no thread");
                }
                threads.submit(name, task);
            }

            @Override
            public void submitAfter(Duration delay, String name, Runnable task) {
                submit(name, task);
            }
        });
        for (int i = 0; i < 1_000; i++) {
            pumps.news(() -> done.add("news"));
        }
        assertThat(threads.runNext()).isFalse();

        pumps.later(() -> done.add("heartbeat"));
        threads.runAll();

        assertThat(done).hasSize(1_001);
    }
}
