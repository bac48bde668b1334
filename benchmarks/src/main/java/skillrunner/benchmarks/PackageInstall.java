package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** A large skill package, from the first byte sent to the end of its installation. */
final class PackageInstall implements Measurement {
    private static final int FILES = 500;
    private static final int BYTES = 20 << 20;
    private static final int ROUNDS = 9;
    private static final double TARGET_MILLIS = 2_000;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("install");
        try (RunningServer server = RunningServer.start(installation, data)) {
            Samples millis = new Samples();
            // The first round installs and warms up, the others update.
            for (int round = 0; round <= ROUNDS; round++) {
                byte[] archive = PackageArchives.large("large-skill", "1." + round, FILES, BYTES);
                long begin = System.nanoTime();
                String status = server.install(archive);
                if (!status.equals("succeeded")) {
                    throw new IllegalStateException("the package was not installed: " + status);
                }
                if (round > 0) {
                    millis.add((System.nanoTime() - begin) / 1e6);
                }
            }
            return List.of(Figure.judged(
                    "a package of 20 MB in " + FILES + " files, sent and installed as an update",
                    String.format(
                            Locale.ROOT,
                            "%.0f ms (median of %d, worst %.0f ms)",
                            millis.median(),
                            millis.count(),
                            millis.at(1)),
                    "under 2 s",
                    millis.at(1) < TARGET_MILLIS));
        } finally {
            Folders.delete(data);
        }
    }
}
