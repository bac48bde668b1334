package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** From the start of the launcher to the first 200. */
final class StartTime implements Measurement {
    private static final int STARTS = 9;
    private static final int STARTS_WITHOUT_ARCHIVE = 5;
    private static final int FINISHED_RUNS = 10_000;
    private static final double TARGET_MILLIS = 1_000;
    private static final double FULL_TARGET = 1.1;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("start");
        installation.forbidArchive();
        Samples without = starts(installation, data, STARTS_WITHOUT_ARCHIVE);
        installation.awaitArchive(data);
        Path fullData = installation.newData("start-full");
        finishOne(installation, fullData);
        FinishedRuns.multiply(fullData, FINISHED_RUNS);
        Samples with = new Samples();
        Samples full = new Samples();
        // In turns. The first of each is for the files to be in memory.
        for (int i = 0; i <= STARTS; i++) {
            double empty = startMillis(installation, data);
            double filled = startMillis(installation, fullData);
            if (i > 0) {
                with.add(empty);
                full.add(filled);
            }
        }
        Folders.delete(data);
        Folders.delete(fullData);
        return List.of(
                judged("start to first 200, with the class-data archive", with),
                Figure.judged(
                        String.format(
                                Locale.ROOT, "the same with %,d finished runs against none, in turns", FINISHED_RUNS),
                        String.format(Locale.ROOT, "%.2f times, %s", full.median() / with.median(), shown(full)),
                        "within 10 %",
                        full.median() <= FULL_TARGET * with.median()),
                Figure.information("the same without the archive (first start)", shown(without)));
    }

    private static Samples starts(Installation installation, Path data, int count) throws IOException {
        Samples millis = new Samples();
        // One more, for the files to be in memory.
        for (int i = 0; i <= count; i++) {
            double start = startMillis(installation, data);
            if (i > 0) {
                millis.add(start);
            }
        }
        return millis;
    }

    private static double startMillis(Installation installation, Path data) throws IOException {
        try (RunningServer server = RunningServer.start(installation, data)) {
            return server.startMillis();
        }
    }

    private static void finishOne(Installation installation, Path data) throws IOException, InterruptedException {
        try (RunningServer server = RunningServer.start(installation, data)) {
            server.await(server.run("answer"), "succeeded", 60);
        }
    }

    private static Figure judged(String what, Samples millis) {
        return Figure.judged(what, shown(millis), "under 1 s", millis.median() < TARGET_MILLIS);
    }

    private static String shown(Samples millis) {
        return String.format(
                Locale.ROOT, "%.0f ms (median of %d, worst %.0f ms)", millis.median(), millis.count(), millis.at(1));
    }
}
