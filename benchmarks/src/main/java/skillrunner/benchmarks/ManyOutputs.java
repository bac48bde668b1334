package skillrunner.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Sixteen CLIs that write 1 GiB each at once, in a server with a small heap. Their receipts are compared with what the same script writes
 * when it is started by hand.
 */
final class ManyOutputs implements Measurement {
    private static final long BYTES = 1L << 30;
    private static final int HEAP_MIB = 256;
    private static final int PATIENCE_MINUTES = 15;
    private static final int LOOK_MILLIS = 250;
    private static final double BYTES_PER_MB = 1e6;

    private record Receipt(long bytes, String sha256) {
        String json() {
            return "\"stdout\":{\"bytes\":" + bytes + ",\"sha256\":\"" + sha256 + "\"}";
        }
    }

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("output");
        Path source = data.resolve("source.jsonl");
        Path gate = data.resolve("gate");
        CodexLines.write(source, BYTES);
        String order = "flood " + gate + " " + source;
        Map<String, String> settings = new HashMap<>(Slots.settings());
        settings.put("SKILL_RUNNER_JAVA_OPTIONS", "-Xmx" + HEAP_MIB + "m -XX:+ExitOnOutOfMemoryError");
        try (RunningServer server = RunningServer.start(installation, data, settings)) {
            List<String> requests = new ArrayList<>();
            for (int i = 0; i < Slots.COUNT; i++) {
                requests.add(server.run(order));
            }
            // None can end before the gate is open, so all of them work at once.
            for (String request : requests) {
                server.await(request, "running", 60);
            }
            Files.createFile(gate);
            long begin = System.nanoTime();
            double resident = 0;
            Samples health = new Samples();
            List<String> open = new ArrayList<>(requests);
            while (!open.isEmpty()) {
                if (System.nanoTime() - begin > TimeUnit.MINUTES.toNanos(PATIENCE_MINUTES)) {
                    throw new IllegalStateException(open.size() + " runs did not end");
                }
                long asked = System.nanoTime();
                Http.get(server.port(), "/healthz");
                health.add((System.nanoTime() - asked) / 1e6);
                resident = Math.max(resident, server.residentMib());
                List<String> ended = new ArrayList<>();
                for (String request : open) {
                    if (!server.document(request).contains("\"status\":\"running\"")) {
                        ended.add(request);
                    }
                }
                open.removeAll(ended);
                Thread.sleep(LOOK_MILLIS);
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            double heap = server.heapMib();
            Receipt expected = byHand(installation, data, order);
            int proven = 0;
            for (String request : requests) {
                String document = server.document(request);
                if (document.contains("\"status\":\"succeeded\"") && document.contains(expected.json())) {
                    proven++;
                }
            }
            long removing = System.nanoTime();
            Http.ask(server.port(), "POST", "/v1/jobs/cleanup", "");
            double removedMillis = (System.nanoTime() - removing) / 1e6;
            return List.of(
                    Figure.judged(
                            Slots.COUNT + " runs at once with 1 GiB of output each, heap of " + HEAP_MIB + " MiB",
                            String.format(
                                    Locale.ROOT,
                                    "%d succeeded with the right receipt, %.0f s (%.0f MB/s)",
                                    proven,
                                    seconds,
                                    Slots.COUNT * expected.bytes() / BYTES_PER_MB / seconds),
                            "all of them",
                            proven == Slots.COUNT),
                    Figure.information(
                            "memory meanwhile",
                            String.format(
                                    Locale.ROOT,
                                    "at most %.0f MiB resident, heap at the end %.0f MiB",
                                    resident,
                                    heap)),
                    Figure.information(
                            "`/healthz` meanwhile",
                            String.format(
                                    Locale.ROOT,
                                    "%.1f ms (9 of 10 under %.1f ms, worst of %d: %.0f ms)",
                                    health.median(),
                                    health.at(0.9),
                                    health.count(),
                                    health.at(1))),
                    Figure.information("their removal", String.format(Locale.ROOT, "%.0f ms", removedMillis)));
        } finally {
            Folders.delete(data);
        }
    }

    private static Receipt byHand(Installation installation, Path data, String order)
            throws IOException, InterruptedException {
        Path prompt = data.resolve("prompt");
        Files.writeString(prompt, "@bench " + order + "\n");
        Process process = new ProcessBuilder(installation.cli().toString(), "exec")
                .redirectInput(prompt.toFile())
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        long bytes = 0;
        MessageDigest digest = sha256();
        try (InputStream out = process.getInputStream()) {
            byte[] piece = new byte[1 << 16];
            for (int read = out.read(piece); read >= 0; read = out.read(piece)) {
                digest.update(piece, 0, read);
                bytes += read;
            }
        }
        if (process.waitFor() != 0 || bytes < BYTES) {
            throw new IllegalStateException("the script failed by hand after " + bytes + " bytes");
        }
        return new Receipt(bytes, HexFormat.of().formatHex(digest.digest()));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has it", e);
        }
    }
}
