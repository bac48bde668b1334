package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** The status of a run against the constant answer of the same server, in turns. */
final class StatusThroughput implements Measurement {
    private static final int CONNECTIONS = 64;
    private static final long WARM_UP_MILLIS = 8_000;
    private static final int ROUNDS = 7;
    private static final long ROUND_MILLIS = 2_000;
    private static final double TARGET = 0.6;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("status");
        Path gate = data.resolve("gate");
        try (RunningServer server = RunningServer.start(installation, data)) {
            String ended = server.run("answer");
            server.await(ended, "succeeded", 60);
            String working = server.run("hold " + gate);
            server.await(working, "running", 60);
            List<String> paths = List.of("/healthz", "/v1/jobs/" + ended, "/v1/jobs/" + working);
            List<Samples> rates = List.of(new Samples(), new Samples(), new Samples());
            for (String path : paths) {
                KeepAliveLoad.run(server.port(), path, CONNECTIONS, WARM_UP_MILLIS);
            }
            for (int round = 0; round < ROUNDS; round++) {
                for (int i = 0; i < paths.size(); i++) {
                    rates.get(i).add(KeepAliveLoad.run(server.port(), paths.get(i), CONNECTIONS, ROUND_MILLIS));
                }
            }
            Files.createFile(gate);
            server.await(working, "succeeded", 60);
            double constant = rates.get(0).median();
            return List.of(
                    judged("status of a finished run", rates.get(1).median(), constant),
                    judged("status of a working run", rates.get(2).median(), constant));
        } finally {
            Folders.delete(data);
        }
    }

    private static Figure judged(String what, double rate, double constant) {
        return Figure.judged(
                what + ", " + CONNECTIONS + " connections",
                String.format(Locale.ROOT, "%.0f %% (%.0f/s against %.0f/s)", 100 * rate / constant, rate, constant),
                "at least 60 % of `/healthz`",
                rate >= TARGET * constant);
    }
}
