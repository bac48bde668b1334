package skillrunner.benchmarks;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** Pages of what happened to a run with very many events, and the first page of one with few, on one server and in turns. */
final class HistorySpeed implements Measurement {
    private static final int FEW = 1_000;
    private static final int MANY = 1_000_000;
    private static final int WARM_UP = 40;
    private static final int ROUNDS = 100;
    private static final double TARGET = 2;

    private record Outcome(String name, double ratio, double millis) {
        String shown() {
            return String.format(Locale.ROOT, "%s %.2f (%.1f ms)", name, ratio, millis);
        }
    }

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("history");
        try (RunningServer server = RunningServer.start(installation, data)) {
            String few = told(server, data, FEW);
            long begun = System.nanoTime();
            String many = told(server, data, MANY);
            double seconds = (System.nanoTime() - begun) / 1e9;
            List<Outcome> outcomes = new ArrayList<>();
            for (String stream : List.of("fcmp", "rasp")) {
                String page = "/protocol/history?limit=100&stream=" + stream;
                for (int from : new int[] {1, MANY / 2, MANY - 100}) {
                    outcomes.add(outcome(
                            server,
                            stream + " from " + from,
                            managed(few) + page,
                            managed(many) + page + "&from_seq=" + from));
                }
            }
            String line = "/timeline?stream=orchestrator&stream=rasp&stream=fcmp";
            outcomes.add(outcome(
                    server,
                    "time line in the middle",
                    shown(few) + line,
                    shown(many) + line + "&place=1&fcmp=" + MANY / 2 + "&rasp=" + MANY / 2));
            outcomes.add(outcome(server, "page of the run", "/ui/runs/" + few, "/ui/runs/" + many));
            Outcome worst = Collections.max(outcomes, Comparator.comparingDouble(Outcome::ratio));
            return List.of(
                    Figure.judged(
                            String.format(
                                    Locale.ROOT,
                                    "page of a run with %,d events against the first of one with %,d, the worst",
                                    MANY,
                                    FEW),
                            String.format(Locale.ROOT, "%.2f times (%s)", worst.ratio(), worst.name()),
                            "under 2 times",
                            worst.ratio() < TARGET),
                    Figure.information(
                            "each likewise, and its time",
                            outcomes.stream().map(Outcome::shown).collect(Collectors.joining(", "))),
                    Figure.information("the run with the many events", String.format(Locale.ROOT, "%.0f s", seconds)));
        } finally {
            Folders.delete(data);
        }
    }

    private static String told(RunningServer server, Path data, int events) throws IOException, InterruptedException {
        Path source = data.resolve("events-" + events);
        try (BufferedWriter out = Files.newBufferedWriter(source)) {
            for (int i = 0; i < events; i++) {
                out.write(
                        "{\"type\":\"item.completed\",\"item\":{\"id\":\"i\",\"type\":\"reasoning\",\"text\":\"Thought "
                                + i + "\"}}\n");
            }
        }
        String request = server.run("flood " + source + " " + source);
        server.await(request, "succeeded", 600);
        return request;
    }

    private static Outcome outcome(RunningServer server, String name, String ofFew, String ofMany) throws IOException {
        Samples few = new Samples();
        Samples many = new Samples();
        for (int round = -WARM_UP; round < ROUNDS; round++) {
            double fewMillis = millis(server, ofFew);
            double manyMillis = millis(server, ofMany);
            if (round >= 0) {
                few.add(fewMillis);
                many.add(manyMillis);
            }
        }
        return new Outcome(name, many.median() / few.median(), many.median());
    }

    private static String managed(String request) {
        return "/v1/management/runs/" + request;
    }

    private static String shown(String request) {
        return "/ui/management/runs/" + request;
    }

    private static double millis(RunningServer server, String path) throws IOException {
        long begin = System.nanoTime();
        Http.get(server.port(), path);
        return (System.nanoTime() - begin) / 1e6;
    }
}
