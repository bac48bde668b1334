package skillrunner.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * From the moment a client sends a job to the moment it has the first byte its CLI wrote, against the start of the same command by hand,
 * with the same prompt, to its first byte; in turns.
 */
final class FirstByte implements Measurement {
    private static final int WARM_UP = 20;
    private static final int ROUNDS = 100;
    private static final double TARGET_MILLIS = 60;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("firstbyte");
        Path prompt = data.resolve("prompt");
        Files.writeString(prompt, "@bench answer\n");
        Samples served = new Samples();
        Samples byHand = new Samples();
        try (RunningServer server = RunningServer.start(installation, data)) {
            for (int round = -WARM_UP; round < ROUNDS; round++) {
                double servedMillis = served(server);
                double byHandMillis = byHand(installation, prompt);
                if (round >= 0) {
                    served.add(servedMillis);
                    byHand.add(byHandMillis);
                }
            }
        } finally {
            Folders.delete(data);
        }
        double more = served.median() - byHand.median();
        return List.of(
                Figure.judged(
                        "job sent to first byte of its CLI at the client, over starting it by hand",
                        String.format(
                                Locale.ROOT,
                                "%.0f ms (medians of %d: %.0f ms, by hand %.0f ms)",
                                more,
                                served.count(),
                                served.median(),
                                byHand.median()),
                        "median under 60 ms over",
                        more < TARGET_MILLIS),
                Figure.information(
                        "the same, least tenth and greatest tenth",
                        String.format(
                                Locale.ROOT,
                                "%.0f ms, %.0f ms",
                                served.at(0.1) - byHand.at(0.1),
                                served.at(0.9) - byHand.at(0.9))));
    }

    private static double served(RunningServer server) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        String request = server.run("answer");
        double millis;
        try (Socket socket = Http.open(server.port(), "GET", "/v1/jobs/" + request + "/events", "")) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            Optional<String> line = Http.line(in);
            while (!line.orElseThrow(() -> new IllegalStateException("the CLI wrote nothing"))
                    .startsWith("event: stdout")) {
                line = Http.line(in);
            }
            millis = (System.nanoTime() - begin) / 1e6;
        }
        server.await(request, "succeeded", 60);
        return millis;
    }

    private static double byHand(Installation installation, Path prompt) throws IOException, InterruptedException {
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(installation.cli().toString(), "exec")
                .redirectInput(prompt.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (InputStream out = process.getInputStream()) {
            if (out.read() < 0) {
                throw new IllegalStateException("the CLI wrote nothing");
            }
            double millis = (System.nanoTime() - begin) / 1e6;
            out.readAllBytes();
            return millis;
        } finally {
            process.waitFor();
        }
    }
}
