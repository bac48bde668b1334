package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** Parts of the list of runs, of two servers with few and with very many of them, in turns; each part is a full page on both. */
final class RunListSpeed implements Measurement {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 100;
    private static final double TARGET = 2;

    /** Nobody may remove rows meanwhile. */
    private static final Map<String, String> SETTINGS =
            Map.of("SKILL_RUNNER_RUN_RETENTION_DAYS", "0", "SKILL_RUNNER_CLEANUP_INTERVAL_HOURS", "0");

    private record Part(String name, String path) {}

    private record Outcome(String name, double ratio, double millis) {
        String shown() {
            return String.format(Locale.ROOT, "%s %.2f (%.1f ms)", name, ratio, millis);
        }
    }

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path small = filled(installation, "lists-few", FEW);
        Path large = filled(installation, "lists-many", MANY);
        List<Outcome> outcomes = new ArrayList<>();
        try (RunningServer few = RunningServer.start(installation, small, SETTINGS);
                RunningServer many = RunningServer.start(installation, large, SETTINGS)) {
            List<Part> ofFew = parts(FEW);
            List<Part> ofMany = parts(MANY);
            for (int i = 0; i < ofMany.size(); i++) {
                Samples without = new Samples();
                Samples with = new Samples();
                for (int round = -WARM_UP; round < ROUNDS; round++) {
                    double fewMillis = millis(few, ofFew.get(i));
                    double manyMillis = millis(many, ofMany.get(i));
                    if (round >= 0) {
                        without.add(fewMillis);
                        with.add(manyMillis);
                    }
                }
                outcomes.add(new Outcome(ofMany.get(i).name(), with.median() / without.median(), with.median()));
            }
        } finally {
            Folders.delete(small);
            Folders.delete(large);
        }
        Outcome worst = Collections.max(outcomes, Comparator.comparingDouble(Outcome::ratio));
        return List.of(
                Figure.judged(
                        String.format(
                                Locale.ROOT,
                                "list of runs, %,d of them against %,d, the worst of all parts",
                                MANY,
                                FEW),
                        String.format(Locale.ROOT, "%.2f times (%s)", worst.ratio(), worst.name()),
                        "under 2 times",
                        worst.ratio() < TARGET),
                Figure.information(
                        String.format(Locale.ROOT, "each part likewise, and its time with %,d", MANY),
                        outcomes.stream().map(Outcome::shown).collect(Collectors.joining(", "))));
    }

    private static List<Part> parts(int runs) {
        String list = "/v1/management/runs?limit=50";
        return List.of(
                new Part("newest", "/v1/management/runs"),
                new Part("from the middle", "/v1/management/runs?cursor=" + runs / 2),
                new Part("a status", list + "&status=failed"),
                new Part("a skill", list + "&skill_id=benchmark"),
                new Part("an engine", list + "&engine=gemini"),
                new Part("since the first", list + "&since=" + RunRows.FIRST),
                new Part("since the middle", list + "&since=" + RunRows.MIDDLE),
                new Part(
                        "all filters",
                        list + "&status=failed&skill_id=benchmark&engine=codex&since=" + RunRows.FIRST + "&cursor="
                                + runs),
                new Part("filters that nothing fits", list + "&skill_id=other&engine=gemini&since=" + RunRows.FIRST),
                new Part("page", "/ui/runs"),
                new Part(
                        "page with filters",
                        "/ui/runs?limit=50&status=failed&skill_id=benchmark&since=" + RunRows.MIDDLE),
                new Part("home", "/ui/management/runs/current"),
                new Part("`/metrics`", "/metrics"));
    }

    private static Path filled(Installation installation, String name, int runs)
            throws IOException, InterruptedException {
        Path data = installation.newData(name);
        try (RunningServer server = RunningServer.start(installation, data)) {
            server.await(server.run("answer"), "succeeded", 60);
        }
        RunRows.fill(data, runs);
        return data;
    }

    private static double millis(RunningServer server, Part part) throws IOException {
        long begin = System.nanoTime();
        Http.get(server.port(), part.path());
        return (System.nanoTime() - begin) / 1e6;
    }
}
