package skillrunner.embedding.background;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

class RunnerThreadsTest {
    @Test
    void what_was_to_come_later_does_not_come_after_the_end() throws Exception {
        RunnerThreads threads = new RunnerThreads();
        CountDownLatch early = new CountDownLatch(1);
        CountDownLatch late = new CountDownLatch(1);
        threads.submitAfter(Duration.ZERO, "early", early::countDown);
        early.await();
        threads.submitAfter(Duration.ofMillis(1), "late", () -> {
            threads.submitAfter(Duration.ofDays(1), "never", late::countDown);
        });

        threads.close();

        assertThatCode(() -> threads.submitAfter(Duration.ZERO, "afterwards", late::countDown))
                .doesNotThrowAnyException();
        CountDownLatch work = new CountDownLatch(1);
        threads.submit("work", work::countDown);
        work.await();
        assertThat(late.getCount()).isEqualTo(1);
    }
}
