package skillrunner.benchmarks;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Engines' own interfaces in a terminal: whether anything is left of sessions that are opened, cut and stopped, and how soon Ctrl-C acts
 * on a program that floods the screen of somebody who reads it. And how long a page waits that asks how a terminal or a sign-in stands.
 */
final class EngineTerminals implements Measurement {
    private static final int SESSIONS = 200;

    /** So many sessions at the beginning are compared with as many at the end. */
    private static final int COMPARED = 20;

    private static final int FLOOD_SECONDS = 10;
    private static final int FLOODS = 5;
    private static final double TARGET_MILLIS = 200;
    private static final int POLLS = 500;
    private static final int POLLS_TO_WARM_UP = 200;
    private static final double POLL_TARGET_MILLIS = 5;
    private static final Pattern SESSION_ID = Pattern.compile("\"session_id\":\"([^\"]+)\"");

    /** No other process of the machine sleeps exactly so long. */
    private static final String MARK = "7919.4712";

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("terminals");
        HttpClient http = HttpClient.newHttpClient();
        try (RunningServer server = RunningServer.start(installation, data)) {
            List<Figure> figures = new ArrayList<>(cut(http, server));
            figures.addAll(flooded(http, server));
            figures.add(polledTerminal(server));
            figures.add(polledSignIn(server));
            return figures;
        } finally {
            Folders.delete(data);
        }
    }

    private static List<Figure> cut(HttpClient http, RunningServer server) throws IOException, InterruptedException {
        List<Integer> threads = new ArrayList<>();
        List<Integer> descriptors = new ArrayList<>();
        for (int i = 0; i < SESSIONS; i++) {
            TerminalClient.start(server.port());
            try (TerminalClient client = TerminalClient.connect(http, server.port())) {
                client.await("ready");
            }
            TerminalClient.stop(server.port());
            threads.add(server.threads());
            descriptors.add(server.descriptors());
        }
        long left = Leavings.processes(MARK);
        return List.of(
                Figure.judged(
                        SESSIONS + " terminals opened, cut and stopped, whose programs leave a child each",
                        left + " processes left",
                        "0 left",
                        left == 0),
                Leavings.flat(
                        "threads of the server, first " + COMPARED + " against last " + COMPARED, threads, COMPARED),
                Leavings.flat("descriptors likewise", descriptors, COMPARED));
    }

    private static Figure polledTerminal(RunningServer server) throws IOException {
        TerminalClient.start(server.port());
        Samples polls = polls(server, "/ui/engines/tui/session");
        TerminalClient.stop(server.port());
        return figure("terminal", polls);
    }

    private static Figure polledSignIn(RunningServer server) throws IOException {
        String sessions = "/ui/engines/auth/oauth-proxy/sessions";
        String begun = Http.ask(
                server.port(),
                "POST",
                sessions,
                "{\"engine\":\"opencode\",\"transport\":\"oauth_proxy\",\"auth_method\":\"api_key\",\"provider_id\":\"deepseek\"}");
        Matcher id = SESSION_ID.matcher(begun);
        if (!id.find()) {
            throw new IllegalStateException("no sign-in has begun: " + begun);
        }
        String session = sessions + "/" + id.group(1);
        Samples polls = polls(server, session);
        Http.ask(server.port(), "POST", session + "/cancel", "{}");
        return figure("sign-in", polls);
    }

    private static Samples polls(RunningServer server, String path) throws IOException {
        Samples millis = new Samples();
        for (int poll = -POLLS_TO_WARM_UP; poll < POLLS; poll++) {
            long begin = System.nanoTime();
            Http.get(server.port(), path);
            if (poll >= 0) {
                millis.add((System.nanoTime() - begin) / 1e6);
            }
        }
        return millis;
    }

    private static Figure figure(String what, Samples polls) {
        return Figure.judged(
                "status of a " + what + " under way, median of " + POLLS,
                String.format(Locale.ROOT, "%.2f ms (99 of 100 under %.1f ms)", polls.median(), polls.at(0.99)),
                "under 5 ms",
                polls.median() < POLL_TARGET_MILLIS);
    }

    private static List<Figure> flooded(HttpClient http, RunningServer server)
            throws IOException, InterruptedException {
        Samples delays = new Samples();
        List<Double> heaps = new ArrayList<>();
        TerminalClient.start(server.port());
        try (TerminalClient client = TerminalClient.connect(http, server.port())) {
            client.await("ready");
            for (int flood = 1; flood <= FLOODS; flood++) {
                client.type("flood\n");
                long before = client.received();
                for (int second = 0; second < FLOOD_SECONDS; second++) {
                    Thread.sleep(1_000);
                    heaps.add(server.heapMib());
                }
                if (client.received() == before) {
                    throw new IllegalStateException("the program does not flood");
                }
                long typed = System.nanoTime();
                client.type("\u0003");
                delays.add((client.await("ended " + flood) - typed) / 1e6);
            }
        }
        TerminalClient.stop(server.port());
        return List.of(
                Figure.judged(
                        "Ctrl-C on a flood of " + FLOOD_SECONDS + " s, the worst of " + FLOODS,
                        String.format(Locale.ROOT, "%.0f ms", delays.at(1)),
                        "under 200 ms",
                        delays.at(1) < TARGET_MILLIS),
                Figure.information(
                        "heap meanwhile, first second and last",
                        String.format(Locale.ROOT, "%.0f, %.0f MiB", heaps.get(0), heaps.get(heaps.size() - 1))));
    }
}
