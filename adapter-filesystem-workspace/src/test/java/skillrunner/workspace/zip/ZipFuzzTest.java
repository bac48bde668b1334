package skillrunner.workspace.zip;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import skillrunner.domain.problem.RefusedException;
import skillrunner.files.FileTrees;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Throws broken archives at the intake: some thousand in the build, or as many as fit into {@code
 * -Dskillrunner.fuzz.minutes=N}. A failure names the seed of its archive.
 */
@Tag("one-jdk")
class ZipFuzzTest {
    private static final int ARCHIVES = 3_000;
    private static final ZipLimits SMALL = new ZipLimits(1 << 20, 200, 4 << 20, 2 << 20, 100, 255, 20);

    private final Path temporary;
    private final Path world;
    private final ZipIntake intake = new ZipIntake(SMALL);
    private int accepted;
    private int refused;
    private long slowestNanos;

    ZipFuzzTest(@TempDir Path temporary) throws IOException {
        this.temporary = temporary;
        this.world = Files.createDirectory(temporary.resolve("world"));
    }

    @Test
    void a_broken_archive_is_taken_whole_or_refused_without_a_trace() throws Exception {
        ZipMutations mutations = new ZipMutations();
        int minutes = Integer.getInteger("skillrunner.fuzz.minutes", 0);
        long first = minutes == 0 ? 1 : System.nanoTime();
        long end = System.nanoTime() + Duration.ofMinutes(minutes).toNanos();
        for (long seed = first; minutes == 0 ? seed <= ARCHIVES : System.nanoTime() < end; seed++) {
            byte[] zip = mutations.of(seed);
            try {
                judge(zip, seed % 2 == 0);
            } catch (Exception | AssertionError e) {
                throw new AssertionError("the archive of seed " + seed, e);
            }
        }

        assertThat(accepted).isPositive();
        assertThat(refused).isPositive();
        System.out.printf(
                "zip intake: %d archives taken, %d refused, the slowest in %d ms%n",
                accepted, refused, Duration.ofNanos(slowestNanos).toMillis());
    }

    private void judge(byte[] zip, boolean asPackage) throws IOException {
        Path archive = temporary.resolve("package.zip");
        Path target = world.resolve("target");
        long begin = System.nanoTime();
        try {
            if (asPackage) {
                Files.write(archive, zip);
                String top = intake.unpackPackage(archive, target);
                assertThat(names(target)).containsExactly(top);
            } else {
                List<String> listed = intake.unpack(new ByteArrayInputStream(zip), target);
                assertThat(files(target)).isEqualTo(listed);
            }
            accepted++;
            assertPlainFilesOnly(target);
            assertThat(names(world)).containsExactly("target");
            FileTrees.remove(target);
        } catch (RefusedException e) {
            refused++;
            assertThat(e.refusal().detail()).doesNotContainPattern("\\p{Cntrl}");
        }
        slowestNanos = Math.max(slowestNanos, System.nanoTime() - begin);
        assertThat(names(world)).isEmpty();
        Files.deleteIfExists(archive);
        assertThat(names(temporary)).containsExactly("world");
    }

    private static void assertPlainFilesOnly(Path target) throws IOException {
        long total = 0;
        try (Stream<Path> all = Files.walk(target)) {
            for (Path path : all.toList()) {
                assertThat(Files.isRegularFile(path, LinkOption.NOFOLLOW_LINKS)
                                || Files.isDirectory(path, LinkOption.NOFOLLOW_LINKS))
                        .as(path.toString())
                        .isTrue();
                total += Files.isDirectory(path) ? 0 : Files.size(path);
            }
        }
        assertThat(total).isLessThanOrEqualTo(SMALL.totalBytes());
    }

    private static List<String> files(Path target) throws IOException {
        try (Stream<Path> all = Files.walk(target)) {
            return all.filter(Files::isRegularFile)
                    .map(file -> target.relativize(file).toString())
                    .sorted()
                    .toList();
        }
    }

    private static List<String> names(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            return entries.map(entry -> entry.getFileName().toString()).sorted().toList();
        }
    }
}
