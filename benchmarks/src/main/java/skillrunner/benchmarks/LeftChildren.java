package skillrunner.benchmarks;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Runs whose CLIs leave children that forked twice, have a session of their own and ignore signals: how many of them live when the runs have
 * ended, and whether the server keeps a thread or a descriptor of each run. Once in PID namespaces and once without.
 */
final class LeftChildren implements Measurement {
    private static final int RUNS = 500;
    private static final int AT_ONCE = 10;

    /** So many runs at the beginning are compared with as many at the end. */
    private static final int COMPARED = 50;

    /** No other process of the machine sleeps exactly so long. */
    private static final String MARK = "7919.4711";

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        List<Figure> figures = new ArrayList<>(take(installation, true));
        figures.addAll(take(installation, false));
        return figures;
    }

    private static List<Figure> take(Installation installation, boolean namespaces)
            throws IOException, InterruptedException {
        Path data = installation.newData("forks");
        Map<String, String> settings = new HashMap<>(Slots.settings());
        settings.put("SKILL_RUNNER_PID_NAMESPACES", Boolean.toString(namespaces));
        List<Integer> threads = new ArrayList<>();
        List<Integer> descriptors = new ArrayList<>();
        try (RunningServer server = RunningServer.start(installation, data, settings)) {
            for (int run = 0; run < RUNS; run += AT_ONCE) {
                List<String> requests = new ArrayList<>();
                for (int i = 0; i < AT_ONCE; i++) {
                    requests.add(server.run("fork"));
                }
                for (String request : requests) {
                    server.await(request, "succeeded", 60);
                }
                threads.add(server.threads());
                descriptors.add(server.descriptors());
            }
            long left = Leavings.processes(MARK);
            double leaked = server.metric("skill_runner_leaked_processes_total");
            String how = namespaces ? "in PID namespaces" : "without PID namespaces";
            return List.of(
                    Figure.judged(
                            RUNS + " runs that leave two children each, " + how,
                            String.format(Locale.ROOT, "%d left, %.0f counted as leaked", left, leaked),
                            "0 left",
                            left == 0 && leaked == 0),
                    Leavings.flat(
                            "threads of the server, first " + COMPARED + " against last " + COMPARED,
                            threads,
                            COMPARED / AT_ONCE),
                    Leavings.flat("descriptors likewise", descriptors, COMPARED / AT_ONCE));
        } finally {
            Folders.delete(data);
        }
    }
}
