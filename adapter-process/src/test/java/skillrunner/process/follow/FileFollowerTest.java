package skillrunner.process.follow;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.run.Subscription;
import skillrunner.process.TestBackground;

import static org.assertj.core.api.Assertions.assertThat;

class FileFollowerTest {
    private static final int ROUNDS = 500;

    private final FileFollower follower = FileFollower.start(new TestBackground());
    private final Path folder;

    FileFollowerTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @AfterEach
    void close() {
        follower.close();
    }

    @Test
    void new_bytes_wake_it() throws Exception {
        Path log = Files.writeString(folder.resolve("stdout.1.log"), "old");
        AtomicInteger calls = new AtomicInteger();
        follower.follow(folder, FileFollowerTest::any, calls::incrementAndGet);

        Files.writeString(log, "new", StandardOpenOption.APPEND);

        eventually(calls);
    }

    @Test
    void a_record_that_is_renamed_into_place_wakes_it() throws Exception {
        Path temporary = Files.writeString(folder.resolve("exit.1.json.tmp"), "{}");
        AtomicInteger calls = new AtomicInteger();
        follower.follow(folder, FileFollowerTest::any, calls::incrementAndGet);

        Files.move(temporary, folder.resolve("exit.1.json"), StandardCopyOption.ATOMIC_MOVE);

        eventually(calls);
    }

    @Test
    void two_followers_of_one_folder_are_both_woken() throws Exception {
        AtomicInteger first = new AtomicInteger();
        AtomicInteger second = new AtomicInteger();
        follower.follow(folder, FileFollowerTest::any, first::incrementAndGet);
        follower.follow(folder, FileFollowerTest::any, second::incrementAndGet);

        Files.createFile(folder.resolve("file"));

        eventually(first);
        eventually(second);
    }

    @Test
    void a_file_that_does_not_count_wakes_nobody() throws Exception {
        AtomicInteger wanted = new AtomicInteger();
        AtomicInteger any = new AtomicInteger();
        follower.follow(folder, name -> name.equals("stdout.1.log"), wanted::incrementAndGet);
        follower.follow(folder, FileFollowerTest::any, any::incrementAndGet);

        Files.createFile(folder.resolve("events.1.jsonl"));
        eventually(any);
        // Both are told of one event in one go, so the first has been passed over by the time of the second event.
        Files.createFile(folder.resolve("another"));
        Awaitility.await().atMost(Duration.ofMinutes(1)).until(() -> any.get() > 1);

        assertThat(wanted).hasValue(0);
        Files.createFile(folder.resolve("stdout.1.log"));
        eventually(wanted);
    }

    @Test
    void closing_one_follower_keeps_the_other() throws Exception {
        AtomicInteger closed = new AtomicInteger();
        AtomicInteger open = new AtomicInteger();
        Subscription ends = follower.follow(folder, FileFollowerTest::any, closed::incrementAndGet);
        follower.follow(folder, FileFollowerTest::any, open::incrementAndGet);
        ends.close();
        ends.close();

        Files.createFile(folder.resolve("file"));

        eventually(open);
        assertThat(closed).hasValue(0);
    }

    @Test
    void a_folder_can_be_followed_again_after_the_last_one_closed() throws Exception {
        AtomicInteger calls = new AtomicInteger();
        follower.follow(folder, FileFollowerTest::any, () -> {}).close();
        follower.follow(folder, FileFollowerTest::any, calls::incrementAndGet);

        Files.createFile(folder.resolve("file"));

        eventually(calls);
    }

    @Test
    void whoever_comes_while_the_last_one_goes_is_woken_all_the_same() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            for (int round = 0; round < ROUNDS; round++) {
                AtomicInteger calls = new AtomicInteger();
                CyclicBarrier start = new CyclicBarrier(2);
                Subscription leaving = follower.follow(folder, FileFollowerTest::any, () -> {});
                Future<?> gone = threads.submit(() -> {
                    start.await();
                    leaving.close();
                    return null;
                });
                Future<Subscription> came = threads.submit(() -> {
                    start.await();
                    return follower.follow(folder, FileFollowerTest::any, calls::incrementAndGet);
                });
                gone.get();
                try (Subscription coming = came.get()) {
                    assertThat(coming).isNotNull();
                    Files.createFile(folder.resolve("file-" + round));
                    eventually(calls);
                }
            }
        } finally {
            threads.shutdownNow();
        }
    }

    @Test
    void a_follower_that_fails_does_not_silence_the_others() throws Exception {
        AtomicInteger failures = new AtomicInteger();
        AtomicInteger calls = new AtomicInteger();
        follower.follow(Files.createDirectory(folder.resolve("bad")), FileFollowerTest::any, () -> {
            failures.incrementAndGet();
            throw new IllegalStateException("on purpose");
        });
        follower.follow(Files.createDirectory(folder.resolve("good")), FileFollowerTest::any, calls::incrementAndGet);

        Files.createFile(folder.resolve("bad/file"));
        eventually(failures);
        Files.createFile(folder.resolve("good/file"));

        eventually(calls);
    }

    @Test
    void a_folder_that_does_not_exist_is_left_to_be_polled() {
        AtomicInteger calls = new AtomicInteger();

        follower.follow(folder.resolve("missing"), FileFollowerTest::any, calls::incrementAndGet)
                .close();

        assertThat(calls).hasValue(0);
    }

    private static boolean any(String name) {
        return !name.isEmpty();
    }

    private static void eventually(AtomicInteger calls) {
        Awaitility.await()
                .atMost(Duration.ofMinutes(1))
                .pollInterval(Duration.ofMillis(1))
                .until(() -> calls.get() > 0);
    }
}
