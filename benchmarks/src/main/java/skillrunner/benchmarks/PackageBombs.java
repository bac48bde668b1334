package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What the server holds in memory while archives arrive that want to be unpacked into much more than they are. */
final class PackageBombs implements Measurement {
    private static final int ROUNDS = 20;
    private static final int LIMIT_MIB = 256;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("bombs");
        Map<String, byte[]> bombs = PackageArchives.bombs();
        Map<String, String> settings =
                Map.of("SKILL_RUNNER_JAVA_OPTIONS", "-Xmx" + LIMIT_MIB + "m -XX:+ExitOnOutOfMemoryError");
        try (RunningServer server = RunningServer.start(installation, data, settings)) {
            Samples resident = new Samples();
            double heap = 0;
            for (int round = 0; round < ROUNDS; round++) {
                for (Map.Entry<String, byte[]> bomb : bombs.entrySet()) {
                    String status = server.install(bomb.getValue());
                    if (!status.equals("failed")) {
                        throw new IllegalStateException(bomb.getKey() + " ended " + status);
                    }
                    heap = Math.max(heap, server.heapMib());
                }
                resident.add(server.residentMib());
            }
            return List.of(
                    Figure.judged(
                            "heap while " + bombs.size() * ROUNDS + " bombs arrive, at most",
                            shown(heap),
                            "under " + LIMIT_MIB + " MB, and the server lives",
                            heap < LIMIT_MIB),
                    Figure.information(
                            "resident memory after each round of " + bombs.size() + ": median, most",
                            shown(resident.median()) + ", " + shown(resident.at(1))));
        } finally {
            Folders.delete(data);
        }
    }

    private static String shown(double mib) {
        return String.format(Locale.ROOT, "%.0f MiB", mib);
    }
}
