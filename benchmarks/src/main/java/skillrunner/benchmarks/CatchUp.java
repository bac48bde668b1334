package skillrunner.benchmarks;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Everything a long run wrote, read as a stream: how fast beside a file of the same server, and whole however often it is cut. */
final class CatchUp implements Measurement {
    private static final int MIB = 1024 * 1024;
    private static final int OUTPUT_MIB = 100;
    private static final int ROUNDS = 5;
    private static final int CUTS = 1_000;
    private static final double TARGET_PERCENT = 60;
    private static final int PIECE_BYTES = 64 * 1024;
    private static final double EVENTS_TARGET = 150;

    /** The last event has so many characters at most. */
    private static final int END_CHARACTERS = 1024;

    private static final Pattern STDOUT =
            Pattern.compile("\"stdout\":\\{\"bytes\":(\\d+),\"sha256\":\"([0-9a-f]{64})\"");
    private static final Pattern LENGTH = Pattern.compile("(?i)content-length: *(\\d+)");

    @Override
    public List<Figure> take(Installation installation) throws IOException, InterruptedException {
        Path data = installation.newData("catch-up");
        try (RunningServer server = RunningServer.start(installation, data)) {
            Path large = data.resolve("large");
            write(large);
            String request = server.run("keep " + large);
            server.await(request, "succeeded", 300);
            Matcher receipt = STDOUT.matcher(Http.get(server.port(), "/v1/jobs/" + request));
            if (!receipt.find()) {
                throw new IllegalStateException("the run has no receipt");
            }
            long size = Long.parseLong(receipt.group(1));
            String file = "/v1/jobs/" + request + "/artifacts/artifacts/large";
            String stream = "/v1/streams/" + request + "/stdout";
            double fileRate = 0;
            double streamRate = 0;
            for (int i = 0; i < ROUNDS; i++) {
                fileRate = Math.max(fileRate, rate(server, file, Files.size(large)));
                streamRate = Math.max(streamRate, streamRate(server, stream, size));
            }
            double perCore = 0;
            for (int i = 0; i < ROUNDS; i++) {
                perCore = Math.max(perCore, eventsRate(server, "/v1/jobs/" + request + "/events", size));
            }
            double percent = 100 * streamRate / fileRate;
            boolean whole = digestWithCuts(server, stream, size).equals(receipt.group(2));
            return List.of(
                    Figure.information(
                            "file of " + OUTPUT_MIB + " MiB, downloaded",
                            String.format(Locale.ROOT, "%.0f MB/s", fileRate)),
                    Figure.judged(
                            "output of " + OUTPUT_MIB + " MiB, caught up as a stream",
                            String.format(Locale.ROOT, "%.0f MB/s, %.0f %%", streamRate, percent),
                            String.format(Locale.ROOT, "%.0f %% of the file", TARGET_PERCENT),
                            percent >= TARGET_PERCENT),
                    Figure.judged(
                            "the same as events, by processor time of the server",
                            String.format(Locale.ROOT, "%.0f MB/s", perCore),
                            String.format(Locale.ROOT, "%.0f MB/s", EVENTS_TARGET),
                            perCore >= EVENTS_TARGET),
                    Figure.judged(
                            "the same, cut " + CUTS + " times at random",
                            whole ? "digest of the receipt" : "another digest",
                            "digest of the receipt",
                            whole));
        } finally {
            Folders.delete(data);
        }
    }

    private static void write(Path large) throws IOException {
        byte[] block = CodexLines.block();
        try (OutputStream out = Files.newOutputStream(large)) {
            for (long size = 0; size < (long) OUTPUT_MIB * MIB; size += block.length) {
                out.write(block);
            }
        }
    }

    private static double rate(RunningServer server, String path, long size) throws IOException {
        long begun = System.nanoTime();
        long read = read(server, path, Long.MAX_VALUE, new byte[PIECE_BYTES], Optional.empty());
        if (read != size) {
            throw new IllegalStateException(read + " of " + size + " bytes came");
        }
        return size * 1e3 / (System.nanoTime() - begun);
    }

    private static double streamRate(RunningServer server, String path, long size) throws IOException {
        long begun = System.nanoTime();
        byte[] piece = new byte[PIECE_BYTES];
        for (long at = 0; at < size; ) {
            at += read(server, path + "?offset=" + at, Long.MAX_VALUE, piece, Optional.empty());
        }
        return size * 1e3 / (System.nanoTime() - begun);
    }

    /** Bytes of output that one processor tells in a second. */
    private static double eventsRate(RunningServer server, String path, long size) throws IOException {
        double before = server.cpuSeconds();
        byte[] piece = new byte[PIECE_BYTES];
        String rest = "";
        try (Socket socket = Http.open(server.port(), "GET", path, "")) {
            InputStream in = socket.getInputStream();
            while (!rest.contains("event: end")) {
                int count = in.read(piece);
                if (count < 0) {
                    throw new IOException("the events broke off");
                }
                rest = rest.substring(Math.max(0, rest.length() - END_CHARACTERS))
                        + new String(
                                piece,
                                Math.max(0, count - END_CHARACTERS),
                                Math.min(count, END_CHARACTERS),
                                StandardCharsets.ISO_8859_1);
            }
        }
        return size / 1e6 / (server.cpuSeconds() - before);
    }

    private static String digestWithCuts(RunningServer server, String path, long size) throws IOException {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            Random random = new Random(1);
            byte[] piece = new byte[PIECE_BYTES];
            long at = 0;
            for (int cut = 0; cut < CUTS || at < size; cut++) {
                long most = cut < CUTS ? random.nextLong(2 * size / CUTS) : Long.MAX_VALUE;
                at += read(server, path + "?offset=" + at, most, piece, Optional.of(digest));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    /** Reads so many bytes of an answer at most, on a connection of its own, and hangs up. @return how many it read */
    private static long read(RunningServer server, String path, long most, byte[] piece, Optional<MessageDigest> digest)
            throws IOException {
        try (Socket socket = Http.open(server.port(), "GET", path, "")) {
            InputStream in = new BufferedInputStream(socket.getInputStream(), PIECE_BYTES);
            long left = Long.MAX_VALUE;
            for (Optional<String> line = Http.line(in);
                    line.isPresent() && !line.get().isBlank();
                    line = Http.line(in)) {
                Matcher length = LENGTH.matcher(line.get().strip());
                left = length.matches() ? Long.parseLong(length.group(1)) : left;
            }
            long read = 0;
            while (read < Math.min(left, most)) {
                int count = in.read(piece, 0, (int) Math.min(piece.length, Math.min(left, most) - read));
                if (count < 0) {
                    break;
                }
                digest.ifPresent(it -> it.update(piece, 0, count));
                read += count;
            }
            return read;
        }
    }
}
