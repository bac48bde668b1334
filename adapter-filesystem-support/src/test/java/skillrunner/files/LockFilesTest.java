package skillrunner.files;

import java.io.Closeable;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LockFilesTest {
    private static final Duration LONG = Duration.ofSeconds(100);

    private final Path folder;

    LockFilesTest(@TempDir Path folder) {
        this.folder = folder;
    }

    @Test
    void whoever_waits_in_vain_does_not_give_back_what_another_thread_has() throws Exception {
        Path file = folder.resolve("auth.json");
        Path lock = folder.resolve(".auth.json.skill-runner.lock");
        Path linked = Files.createSymbolicLink(folder.resolve("linked"), folder);
        try (Closeable held = LockFiles.hold(file, LONG)) {
            assertThat(held).isNotNull();
            for (Path same : List.of(file, folder.resolve("./auth.json"), linked.resolve("auth.json"))) {
                assertThatThrownBy(() -> LockFiles.hold(same, Duration.ZERO))
                        .isInstanceOf(IOException.class)
                        .hasMessage("somebody else has auth.json under the lock");
            }
            assertThat(isFreeForOthers(lock)).isFalse();
        }
        assertThat(isFreeForOthers(lock)).isTrue();
    }

    @Test
    void so_it_is_where_nobody_waits() throws Exception {
        Path lock = folder.resolve("lock");
        Closeable held = LockFiles.takeInPlaceOfAnything(lock).orElseThrow();
        assertThat(LockFiles.takeInPlaceOfAnything(lock)).isEmpty();
        assertThat(isFreeForOthers(lock)).isFalse();
        held.close();
        assertThat(isFreeForOthers(lock)).isTrue();

        Closeable again = LockFiles.takeInPlaceOfAnything(lock).orElseThrow();
        held.close();
        assertThat(isFreeForOthers(lock)).isFalse();
        again.close();
    }

    @Test
    void one_thread_at_a_time_has_it_and_each_gets_it() {
        Path file = folder.resolve("auth.json");
        AtomicInteger inside = new AtomicInteger();
        List<CompletableFuture<Integer>> all = IntStream.range(0, 8)
                .mapToObj(number -> CompletableFuture.supplyAsync(() -> {
                    try (Closeable held = LockFiles.hold(file, LONG)) {
                        assertThat(held).isNotNull();
                        int among = inside.incrementAndGet();
                        Thread.onSpinWait();
                        inside.decrementAndGet();
                        return among;
                    } catch (IOException e) {
                        throw new AssertionError(e);
                    }
                }))
                .toList();

        assertThat(all).allSatisfy(one -> assertThat(one.join()).isEqualTo(1));
    }

    @Test
    void what_can_not_be_opened_is_free_again() throws Exception {
        Path lock = Files.createDirectory(folder.resolve(".auth.json.skill-runner.lock"));
        assertThatThrownBy(() -> LockFiles.hold(folder.resolve("auth.json"), LONG))
                .isInstanceOf(UnfitFileException.class);
        Files.delete(lock);
        LockFiles.hold(folder.resolve("auth.json"), LONG).close();
    }

    private static boolean isFreeForOthers(Path lock) throws Exception {
        Process other = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin/java").toString(),
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        OtherProgram.class.getName(),
                        lock.toString())
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        String said = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
        assertThat(other.waitFor()).isZero();
        return Boolean.parseBoolean(said);
    }

    /** Another server, say. */
    static final class OtherProgram {
        private OtherProgram() {}

        public static void main(String[] arguments) throws IOException {
            try (FileChannel channel = FileChannel.open(Path.of(arguments[0]), StandardOpenOption.WRITE)) {
                System.out.println(channel.tryLock() != null);
            }
        }
    }
}
