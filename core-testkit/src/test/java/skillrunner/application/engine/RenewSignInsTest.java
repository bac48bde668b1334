package skillrunner.application.engine;

import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import skillrunner.domain.engine.EngineId;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.OwnThreads;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

@Timeout(60)
class RenewSignInsTest {
    private final DeferredBackgroundTasks deferred = new DeferredBackgroundTasks();

    /** Renews when it is let. */
    private static final class Renewal implements SignInRenewal {
        final CountDownLatch asked = new CountDownLatch(1);
        final CountDownLatch let = new CountDownLatch(1);
        final CountDownLatch done = new CountDownLatch(1);
        final AtomicInteger times = new AtomicInteger();
        volatile boolean due = true;
        volatile List<EngineId> unanswered = List.of(EngineId.CODEX);

        @Override
        public boolean isDue(EngineId engine) {
            return due;
        }

        @Override
        public void renew(EngineId engine) {
            times.incrementAndGet();
            asked.countDown();
            try {
                let.await();
                done.countDown();
            } catch (InterruptedException e) {
                throw new IllegalStateException("what an answer gives would be lost", e);
            }
        }

        @Override
        public boolean isRefused(EngineId engine) {
            return false;
        }

        @Override
        public List<EngineId> unanswered() {
            return unanswered;
        }
    }

    @Test
    void a_run_with_nothing_due_waits_for_nothing() {
        Renewal renewal = new Renewal();
        renewal.due = false;

        new RenewSignIns(renewal, deferred).before(EngineId.CODEX);

        assertThat(deferred.names()).isEmpty();
        assertThat(renewal.times).hasValue(0);
    }

    @Test
    void runs_that_begin_together_share_one_renewal() throws Exception {
        Renewal renewal = new Renewal();
        RenewSignIns signIns = new RenewSignIns(renewal, new OwnThreads());
        List<Thread> runs = List.of(run(signIns), run(signIns), run(signIns));
        renewal.asked.await();
        for (Thread run : runs) {
            while (run.getState() != Thread.State.TIMED_WAITING) {
                Thread.onSpinWait();
            }
        }

        renewal.let.countDown();
        for (Thread run : runs) {
            run.join();
        }

        assertThat(renewal.times).hasValue(1);
    }

    @Test
    void a_run_that_is_given_up_does_not_end_the_renewal() throws Exception {
        Renewal renewal = new Renewal();
        Thread run = run(new RenewSignIns(renewal, new OwnThreads()));
        renewal.asked.await();

        run.interrupt();
        run.join();

        renewal.let.countDown();
        renewal.done.await();
    }

    @Test
    void what_an_earlier_server_had_begun_is_gone_on_with() throws Exception {
        Renewal renewal = new Renewal();
        renewal.let.countDown();

        new RenewSignIns(renewal, deferred).recover();

        assertThat(renewal.times).as("a start waits for no provider").hasValue(0);
        deferred.runAll();
        renewal.done.await();
    }

    @Test
    void what_stays_without_an_answer_is_asked_for_again_without_a_run_at_growing_distances() {
        Renewal renewal = new Renewal();
        renewal.let.countDown();
        RenewSignIns signIns = new RenewSignIns(renewal, deferred);
        signIns.recover();
        signIns.recover();
        deferred.runAll();

        int times = renewal.times.get();
        for (int seconds : new int[] {20, 40, 80, 160, 320, 640, 900, 900}) {
            assertThat(deferred.delayed()).singleElement().satisfies(task -> assertThat(task.delay())
                    .hasSeconds(seconds));
            deferred.runDelayed();
            times++;
            assertThat(renewal.times).hasValue(times);
        }
        renewal.unanswered = List.of();
        deferred.runDelayed();
        assertThat(renewal.times).hasValue(times);
        assertThat(deferred.names()).isEmpty();

        renewal.unanswered = List.of(EngineId.CODEX);
        signIns.recover();
        deferred.runAll();
        assertThat(deferred.delayed()).singleElement().satisfies(task -> assertThat(task.delay())
                .hasSeconds(20));
    }

    @Test
    void whatever_goes_wrong_a_run_begins() {
        SignInRenewal broken = new SignInRenewal() {
            @Override
            public boolean isDue(EngineId engine) {
                throw new IllegalStateException("the disk is gone");
            }

            @Override
            public void renew(EngineId engine) {}

            @Override
            public boolean isRefused(EngineId engine) {
                return false;
            }
        };

        assertThatCode(() -> new RenewSignIns(broken, deferred).before(EngineId.CODEX))
                .doesNotThrowAnyException();
    }

    private static Thread run(RenewSignIns signIns) {
        Thread run = new Thread(() -> signIns.before(EngineId.CODEX), "run");
        run.start();
        return run;
    }
}
