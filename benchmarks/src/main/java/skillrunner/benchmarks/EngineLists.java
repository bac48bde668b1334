package skillrunner.benchmarks;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** The lists of engines while slow CLIs are asked for their versions once more, against the constant answer, in turns. */
final class EngineLists implements Measurement {
    private static final List<String> ENGINES = List.of("codex", "gemini", "iflow", "opencode");
    private static final List<String> PATHS = List.of("/healthz", "/v1/engines", "/v1/management/engines");
    private static final int SAMPLES = 300;
    private static final double TARGET_MILLIS = 5;
    private static final long WARM_UP_MILLIS = 5_000;

    /** After this time an answer of a CLI is asked for again, beside the one that is there. */
    private static final long FRESH_MILLIS = 61_000;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("engines");
        Path calls = data.resolve("calls");
        Path bin = Files.createDirectories(data.resolve("agent-cache/npm/bin"));
        for (String engine : ENGINES) {
            Path program = bin.resolve(engine);
            Files.writeString(
                    program, "#!/bin/sh\necho x >>'" + calls + "'\nsleep 1\n[ \"$1\" = models ] || echo 1.0.0\n");
            Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        try (RunningServer server = RunningServer.start(
                installation,
                data,
                Map.of(
                        "SKILL_RUNNER_AGENT_CACHE_DIR",
                        data.resolve("agent-cache").toString(),
                        "OPENCODE_MODELS_STARTUP_PROBE",
                        "false"))) {
            HttpClient client =
                    HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
            long begin = System.nanoTime();
            while (millisSince(begin) < WARM_UP_MILLIS) {
                turn(client, server.port(), List.of(new Samples(), new Samples(), new Samples()));
            }
            Thread.sleep(Math.max(0, FRESH_MILLIS - (long) millisSince(begin)));

            long before = Files.size(calls);
            List<Samples> times = List.of(new Samples(), new Samples(), new Samples());
            begin = System.nanoTime();
            for (int i = 0; i < SAMPLES; i++) {
                turn(client, server.port(), times);
            }
            double lasted = millisSince(begin);
            if (Files.size(calls) == before) {
                throw new IllegalStateException("no CLI was asked while the lists were read");
            }
            double constant = times.get(0).median();
            return List.of(
                    judged(PATHS.get(1), times.get(1), constant, lasted),
                    judged(PATHS.get(2), times.get(2), constant, lasted));
        } finally {
            Folders.delete(data);
        }
    }

    private static void turn(HttpClient client, int port, List<Samples> times)
            throws IOException, InterruptedException {
        for (int i = 0; i < PATHS.size(); i++) {
            HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + PATHS.get(i)))
                    .build();
            long begin = System.nanoTime();
            HttpResponse<byte[]> answer = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
            times.get(i).add(millisSince(begin));
            if (answer.statusCode() != 200) {
                throw new IllegalStateException(PATHS.get(i) + ": " + answer.statusCode());
            }
        }
    }

    private static double millisSince(long begin) {
        return (System.nanoTime() - begin) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    private static Figure judged(String path, Samples times, double constant, double lasted) {
        double median = times.median();
        return Figure.judged(
                "`" + path + "` while four CLIs of 1 s are asked for their versions",
                String.format(
                        Locale.ROOT,
                        "%.2f ms, %.1f times `/healthz` (median of %d within %.0f ms, worst %.1f ms)",
                        median,
                        median / constant,
                        times.count(),
                        lasted,
                        times.at(1)),
                "median under 5 ms",
                median < TARGET_MILLIS);
    }
}
