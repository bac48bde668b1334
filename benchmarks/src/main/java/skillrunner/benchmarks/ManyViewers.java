package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** From the moment a CLI writes a line to the moment clients have read it, when very many follow. */
final class ManyViewers implements Measurement {
    private static final int VIEWERS = 1_000;
    private static final int OTHER_RUNS = 4;
    private static final int LINES = 60;
    private static final int WARM_UP_LINES = 10;
    private static final double P99_TARGET_MILLIS = 25;
    private static final Map<String, String> SETTINGS = Map.of(
            "SKILL_RUNNER_MAX_STREAMS_PER_RUN", "2000",
            "SKILL_RUNNER_CPU_FACTOR", "8",
            "SKILL_RUNNER_MEM_RESERVE_MB", "0",
            "SKILL_RUNNER_ESTIMATED_MEM_PER_RUN_MB", "16");

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("viewers");
        try (RunningServer server = RunningServer.start(installation, data, SETTINGS)) {
            List<Figure> figures = new ArrayList<>();
            figures.addAll(figures(VIEWERS + " viewers of one run", ofOneRun(server, data)));
            figures.addAll(figures("one beside " + VIEWERS + " viewers of other runs", besideOthers(server, data)));
            return figures;
        } finally {
            Folders.delete(data);
        }
    }

    private static Samples ofOneRun(RunningServer server, Path data) throws IOException, InterruptedException {
        Samples samples = new Samples();
        Path all = data.resolve("all");
        String request = server.run("tick " + (LINES + WARM_UP_LINES) + " 0.2 " + all);
        server.await(request, "running", 60);
        try (Viewers viewers = new Viewers()) {
            viewers.follow(server.port(), request, VIEWERS);
            Files.writeString(all, "");
            // The first lines come while streams are still being opened; the last ones everybody waits for.
            viewers.read(VIEWERS * (WARM_UP_LINES + LINES / 2), new Samples());
            viewers.read(VIEWERS * (LINES / 2), samples);
        }
        server.await(request, "succeeded", 60);
        return samples;
    }

    private static Samples besideOthers(RunningServer server, Path data) throws IOException, InterruptedException {
        Path go = data.resolve("go");
        Samples samples = new Samples();
        List<String> others = new ArrayList<>();
        try (Viewers crowd = new Viewers();
                Viewers one = new Viewers()) {
            for (int i = 0; i < OTHER_RUNS; i++) {
                String other = server.run("hold " + go);
                others.add(other);
                server.await(other, "running", 60);
                crowd.follow(server.port(), other, VIEWERS / OTHER_RUNS);
            }
            String request = server.run("tick " + (LINES + WARM_UP_LINES));
            one.follow(server.port(), request, 1);
            one.read(WARM_UP_LINES, new Samples());
            one.read(LINES, samples);
            server.await(request, "succeeded", 60);
        } finally {
            Files.writeString(go, "");
        }
        for (String other : others) {
            server.await(other, "succeeded", 60);
        }
        return samples;
    }

    private static List<Figure> figures(String who, Samples millis) {
        return List.of(
                Figure.information("line written to " + who + ", median", shown(millis.median())),
                Figure.judged(
                        "line written to " + who + ", 99 of 100",
                        shown(millis.at(0.99)),
                        String.format(Locale.ROOT, "under %.0f ms", P99_TARGET_MILLIS),
                        millis.at(0.99) < P99_TARGET_MILLIS));
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
