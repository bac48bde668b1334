package skillrunner.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * From the moment a CLI writes a line to the moment a client has read it. The CLI's clock is {@code date}, started for
 * each line, so a figure also holds the end of that process.
 */
final class StreamDelay implements Measurement {
    private static final int WARM_UP_LINES = 200;
    private static final int LINES = 600;
    private static final Pattern WRITTEN = Pattern.compile("at=(\\d{19})");
    private static final double MEDIAN_TARGET_MILLIS = 5;
    private static final double P99_TARGET_MILLIS = 25;

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("delay");
        try (RunningServer server = RunningServer.start(installation, data)) {
            follow(server, WARM_UP_LINES);
            Samples millis = follow(server, LINES);
            return List.of(
                    figure("line written to client, median", millis.median(), MEDIAN_TARGET_MILLIS),
                    figure("line written to client, 99 of 100", millis.at(0.99), P99_TARGET_MILLIS),
                    Figure.information("line written to client, worst of " + millis.count(), shown(millis.at(1))));
        } finally {
            Folders.delete(data);
        }
    }

    private static Samples follow(RunningServer server, int lines) throws IOException, InterruptedException {
        Clock clock = Clock.systemUTC();
        Samples millis = new Samples();
        String request = server.run("tick " + lines);
        try (Socket socket = Http.open(server.port(), "GET", "/v1/jobs/" + request + "/events", "")) {
            InputStream in = new BufferedInputStream(socket.getInputStream());
            for (Optional<String> line = Http.line(in); line.isPresent(); line = Http.line(in)) {
                Matcher written = WRITTEN.matcher(line.get());
                Instant now = clock.instant();
                while (written.find()) {
                    millis.add((now.getEpochSecond() * 1e9 + now.getNano() - Long.parseLong(written.group(1))) / 1e6);
                }
            }
        }
        server.await(request, "succeeded", 60);
        if (millis.count() != lines) {
            throw new IllegalStateException(millis.count() + " of " + lines + " lines came");
        }
        return millis;
    }

    private static Figure figure(String what, double millis, double target) {
        return Figure.judged(what, shown(millis), String.format(Locale.ROOT, "under %.0f ms", target), millis < target);
    }

    private static String shown(double millis) {
        return String.format(Locale.ROOT, "%.1f ms", millis);
    }
}
