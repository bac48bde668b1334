package skillrunner.embedding.storage;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.application.storage.StoreUnusableException;
import skillrunner.testkit.hostile.ChildJvm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class DataDirectoryLockTest {
    private final Path data;

    DataDirectoryLockTest(@TempDir Path data) {
        this.data = data;
    }

    @Test
    void a_directory_is_taken_once() throws Exception {
        Optional<DataDirectoryLock> first = DataDirectoryLock.take(data);

        assertThat(first).isPresent();
        assertThat(DataDirectoryLock.take(data)).isEmpty();

        first.orElseThrow().close();
        Optional<DataDirectoryLock> again = DataDirectoryLock.take(data);
        assertThat(again).isPresent();
        again.orElseThrow().close();
    }

    /** The system gives a lock back when its process closes any descriptor of the file. */
    @Test
    void a_second_taking_in_this_process_leaves_the_lock_with_the_first() throws Exception {
        try (DataDirectoryLock first = DataDirectoryLock.take(data).orElseThrow()) {
            assertThat(first.fault()).isEmpty();
            assertThat(DataDirectoryLock.take(data)).isEmpty();

            assertThat(taker().run(Taker.class, data.toString())).endsWith("refused\n");
        }
        assertThat(taker().run(Taker.class, data.toString())).endsWith("taken\n");
    }

    private static ChildJvm taker() {
        return ChildJvm.withDescriptors(1_000);
    }

    /** Another process. */
    static final class Taker {
        private Taker() {}

        public static void main(String[] arguments) {
            System.out.println(DataDirectoryLock.take(Path.of(arguments[0])).isPresent() ? "taken" : "refused");
        }
    }

    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void a_pipe_in_the_place_of_the_lock_is_refused_and_not_waited_for() throws Exception {
        Path lock = data.resolve(".lock");
        assertThat(new ProcessBuilder("mkfifo", lock.toString()).start().waitFor())
                .isZero();

        assertThatExceptionOfType(StoreUnusableException.class)
                .isThrownBy(() -> DataDirectoryLock.take(data))
                .withMessageContaining(lock + ": it is no regular file");
        assertThat(Files.isRegularFile(lock)).isFalse();
    }
}
