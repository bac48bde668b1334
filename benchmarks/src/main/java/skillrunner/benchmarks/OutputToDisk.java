package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * A CLI that copies a large file to its stdout, under the server, against the same script with its stdout in a file. The
 * script itself takes the time around its {@code cat}; what has to reach the disk does so between the rounds.
 */
final class OutputToDisk implements Measurement {
    private static final long BYTES = 400L * 1024 * 1024;
    private static final int ROUNDS = 7;
    private static final double TARGET = 0.9;
    private static final double BYTES_PER_MB = 1e6;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("disk");
        Path source = data.resolve("source.jsonl");
        CodexLines.write(source, BYTES);
        persist(source);
        Samples plain = new Samples();
        Samples served = new Samples();
        Samples endings = new Samples();
        try (RunningServer server = RunningServer.start(installation, data)) {
            for (int round = 0; round <= ROUNDS; round++) {
                double plainSeconds = plain(installation, data, source);
                Path times = data.resolve("times");
                String request = server.run("cat " + source + " " + times);
                server.await(request, "succeeded", 300);
                double endingMillis = System.currentTimeMillis() - end(times) / 1e6;
                // The first round only warms up.
                if (round > 0) {
                    plain.add(plainSeconds);
                    served.add(seconds(times));
                    endings.add(endingMillis);
                }
                dropOutput(data);
            }
        } finally {
            Folders.delete(data);
        }
        double size = BYTES / BYTES_PER_MB;
        double ratio = plain.median() / served.median();
        return List.of(
                Figure.judged(
                        "a CLI's bytes to disk",
                        String.format(
                                Locale.ROOT,
                                "%.0f %% (%.0f MB/s against %.0f MB/s)",
                                100 * ratio,
                                size / served.median(),
                                size / plain.median()),
                        "at least 90 % of `cat`",
                        ratio >= TARGET),
                Figure.information(
                        "last of " + Math.round(size) + " MB written to run ended (rest of the parsing, receipt)",
                        String.format(Locale.ROOT, "%.0f ms", endings.median())));
    }

    private static double plain(Installation installation, Path data, Path source)
            throws IOException, InterruptedException {
        Path target = data.resolve("plain.out");
        Path times = data.resolve("plain.times");
        Process process = new ProcessBuilder(installation.cli().toString(), "cat", source.toString(), times.toString())
                .redirectOutput(target.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        if (!process.waitFor(300, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("the plain copy failed");
        }
        persist(target);
        Files.delete(target);
        return seconds(times);
    }

    private static void dropOutput(Path data) throws IOException {
        List<Path> outputs;
        try (Stream<Path> files = Files.walk(data.resolve("runs"))) {
            outputs = files.filter(file -> file.endsWith("stdout.1.log")).toList();
        }
        for (Path output : outputs) {
            persist(output);
            Files.delete(output);
        }
    }

    private static void persist(Path file) throws IOException {
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.force(true);
        }
    }

    private static double seconds(Path times) throws IOException {
        List<Long> moments = moments(times);
        return (moments.get(1) - moments.get(0)) / 1e9;
    }

    /** Returns nanoseconds since 1970. */
    private static double end(Path times) throws IOException {
        return moments(times).get(1);
    }

    private static List<Long> moments(Path times) throws IOException {
        return Stream.of(Files.readString(times).strip().split(" "))
                .map(Long::valueOf)
                .toList();
    }
}
