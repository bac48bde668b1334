package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** What the server holds in memory when it has answered a few requests, carried out a run, and rests. */
final class IdleMemory implements Measurement {
    private static final int REQUESTS = 20;
    private static final long REST_MILLIS = 5_000;
    private static final double TARGET_MIB = 200;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("memory");
        try (RunningServer server = RunningServer.start(installation, data)) {
            for (int i = 0; i < REQUESTS; i++) {
                Http.get(server.port(), "/healthz");
                Http.get(server.port(), "/v1/skills");
            }
            Thread.sleep(REST_MILLIS);
            double idle = server.residentMib();
            server.await(server.run("answer"), "succeeded", 60);
            Thread.sleep(REST_MILLIS);
            double afterRun = server.residentMib();
            return List.of(
                    Figure.judged("resident memory, idle", shown(idle), "under 200 MB", idle < TARGET_MIB),
                    Figure.information("the same after one run", shown(afterRun)));
        } finally {
            Folders.delete(data);
        }
    }

    private static String shown(double mib) {
        return String.format(Locale.ROOT, "%.0f MiB", mib);
    }
}
