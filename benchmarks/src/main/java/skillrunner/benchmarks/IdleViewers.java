package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Very many clients that follow runs which say nothing: what the server holds for them, and whether each has its heartbeats. */
final class IdleViewers implements Measurement {
    private static final int VIEWERS = 10_000;
    private static final int RUNS = 10;
    private static final int SECONDS = 30;

    /** A client may count on one in so many seconds. */
    private static final int HEARTBEAT_SECONDS = 5;

    private static final double TARGET_MIB = 512;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("idle");
        Path go = data.resolve("go");
        Map<String, String> settings = new HashMap<>(Slots.settings());
        settings.put("SKILL_RUNNER_MAX_CONNECTIONS", "12000");
        settings.put("SKILL_RUNNER_MAX_STREAMS", "12000");
        settings.put("SKILL_RUNNER_MAX_STREAMS_PER_RUN", "2000");
        try (RunningServer server = RunningServer.start(installation, data, settings);
                Viewers viewers = new Viewers()) {
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < RUNS; i++) {
                String request = server.run("hold " + go);
                requests.add(request);
                server.await(request, "running", 60);
                viewers.follow(server.port(), request, VIEWERS / RUNS);
            }
            viewers.heartbeats(2 * HEARTBEAT_SECONDS);
            Viewers.Heartbeats beats = viewers.heartbeats(SECONDS);
            double resident = server.residentMib();
            Files.writeString(go, "");
            for (String request : requests) {
                server.await(request, "succeeded", 60);
            }
            return List.of(
                    Figure.judged(
                            String.format(Locale.ROOT, "resident memory with %,d idle viewers", VIEWERS),
                            String.format(Locale.ROOT, "%.0f MiB", resident),
                            "under 512 MB",
                            resident < TARGET_MIB),
                    Figure.judged(
                            "heartbeats of each viewer in " + SECONDS + " s",
                            String.format(Locale.ROOT, "%,d in all, %d at least", beats.all(), beats.least()),
                            (SECONDS / HEARTBEAT_SECONDS) + " at least",
                            beats.least() >= SECONDS / HEARTBEAT_SECONDS));
        } finally {
            Folders.delete(data);
        }
    }
}
