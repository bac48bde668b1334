package skillrunner.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * The bundle of a run that left 1 GiB, read as fast as it comes, against {@code zip -1} of the same file to the same disk, in turns;
 * and what the server holds in memory meanwhile. Without {@code zip} on the machine there is nothing to compare with.
 */
final class BundleSpeed implements Measurement {
    private static final long BYTES = 1L << 30;
    private static final int ROUNDS = 3;
    private static final double TARGET = 0.6;
    private static final int HEAP_MIB = 128;
    private static final double BYTES_PER_MB = 1e6;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("bundle");
        Map<String, String> settings =
                Map.of("SKILL_RUNNER_JAVA_OPTIONS", "-Xmx" + HEAP_MIB + "m -XX:+ExitOnOutOfMemoryError");
        try (RunningServer server = RunningServer.start(installation, data, settings)) {
            String request = server.run("answer");
            server.await(request, "succeeded", 60);
            Path file = workspace(data).resolve("artifacts/large.jsonl");
            CodexLines.write(file, BYTES);
            Samples bundle = new Samples();
            Samples zip = new Samples();
            for (int round = 0; round <= ROUNDS; round++) {
                double bundleSeconds = bundle(server.port(), request, data.resolve("bundle.zip"));
                double zipSeconds = zip(file, data.resolve("plain.zip"));
                // The first round only warms up.
                if (round > 0) {
                    bundle.add(bundleSeconds);
                    zip.add(zipSeconds);
                }
            }
            double heap = server.heapMib();
            double megabytes = Files.size(file) / BYTES_PER_MB;
            double ratio = zip.median() / bundle.median();
            return List.of(
                    Figure.judged(
                            "a bundle of 1 GiB",
                            String.format(
                                    Locale.ROOT,
                                    "%.0f %% (%.0f MB/s against %.0f MB/s)",
                                    100 * ratio,
                                    megabytes / bundle.median(),
                                    megabytes / zip.median()),
                            "at least 60 % of `zip -1`",
                            ratio >= TARGET),
                    Figure.judged(
                            "heap after " + (ROUNDS + 1) + " of them, of " + HEAP_MIB + " MiB",
                            String.format(Locale.ROOT, "%.0f MiB", heap),
                            "the server lives",
                            heap <= HEAP_MIB));
        } finally {
            Folders.delete(data);
        }
    }

    private static Path workspace(Path data) throws IOException {
        try (Stream<Path> files = Files.walk(data.resolve("runs"), 2)) {
            return files.filter(path -> path.endsWith("workspace")).findFirst().orElseThrow();
        }
    }

    private static double bundle(int port, String request, Path target) throws IOException {
        long begin = System.nanoTime();
        try (Socket socket = Http.open(port, "GET", "/v1/jobs/" + request + "/bundle", "");
                InputStream answer = socket.getInputStream();
                OutputStream file = Files.newOutputStream(target)) {
            String status = Http.line(answer).orElse("");
            if (!status.contains(" 200 ")) {
                throw new IllegalStateException(status);
            }
            answer.transferTo(file);
        }
        return (System.nanoTime() - begin) / 1e9;
    }

    private static double zip(Path file, Path target) throws IOException, InterruptedException {
        Files.deleteIfExists(target);
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(
                        "zip",
                        "-q",
                        "-1",
                        target.toString(),
                        Objects.requireNonNull(file.getFileName()).toString())
                .directory(Objects.requireNonNull(file.getParent()).toFile())
                .start();
        if (!process.waitFor(600, TimeUnit.SECONDS) || process.exitValue() != 0) {
            throw new IllegalStateException("zip failed");
        }
        return (System.nanoTime() - begin) / 1e9;
    }
}
