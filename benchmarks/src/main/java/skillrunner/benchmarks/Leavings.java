package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** What may be left of something that was done very often. */
final class Leavings {
    /** What pools may hold more at one moment than at another. */
    private static final double PLAY = 5;

    private Leavings() {}

    /** Counts the processes of the machine that have a text in their command. */
    static long processes(String mark) throws IOException {
        try (Stream<Path> processes = Files.list(Path.of("/proc"))) {
            return processes.filter(process -> has(process, mark)).count();
        }
    }

    /** Judges that the last of some counts are no greater than the first, by their means. */
    static Figure flat(String what, List<Integer> counts, int compared) {
        double first = mean(counts.subList(0, compared));
        double last = mean(counts.subList(counts.size() - compared, counts.size()));
        return Figure.judged(what, String.format(Locale.ROOT, "%.1f, %.1f", first, last), "flat", last <= first + PLAY);
    }

    private static double mean(List<Integer> counts) {
        return counts.stream().mapToInt(Integer::intValue).average().orElseThrow();
    }

    private static boolean has(Path process, String mark) {
        try {
            return new String(Files.readAllBytes(process.resolve("cmdline")), StandardCharsets.UTF_8).contains(mark);
        } catch (IOException e) {
            // No process, or one that has just ended.
            return false;
        }
    }
}
