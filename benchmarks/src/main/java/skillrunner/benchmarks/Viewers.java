package skillrunner.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Many clients that follow events, on one thread, so that what is measured is the server. Used by one thread. */
final class Viewers implements AutoCloseable {
    private static final Pattern WRITTEN = Pattern.compile("at=(\\d{19})");
    private static final int BUFFER_BYTES = 64 * 1024;
    private static final int CUT_LINE_CHARACTERS = 32;

    private final Selector selector;
    private final List<SocketChannel> channels = new ArrayList<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER_BYTES);
    private final Clock clock = Clock.systemUTC();
    private int open;
    private int seenBefore;

    Viewers() throws IOException {
        this.selector = Selector.open();
    }

    /** Lets so many follow a run. */
    @SuppressWarnings("UnnecessaryStringBuilder") // it is filled while the viewer reads
    void follow(int port, String request, int count) throws IOException {
        String ask = "GET /v1/jobs/" + request + "/events HTTP/1.1\r\nHost: localhost\r\n\r\n";
        for (int i = 0; i < count; i++) {
            SocketChannel channel = SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channels.add(channel);
            channel.write(ByteBuffer.wrap(ask.getBytes(StandardCharsets.US_ASCII)));
            channel.configureBlocking(false);
            channel.register(selector, SelectionKey.OP_READ, new StringBuilder());
            open++;
        }
    }

    /**
     * Reads what comes until so many times were seen in it.
     *
     * @param samples gets the milliseconds between each time and now
     * @throws IOException if all clients were dropped before, or nothing came for a minute
     */
    void read(int times, Samples samples) throws IOException {
        // What came together with the last one that was waited for counts for the next call.
        int seen = seenBefore;
        while (seen < times) {
            if (selector.select(60_000) == 0) {
                throw new IOException("nothing came; " + seen + " of " + times + " times were seen");
            }
            for (SelectionKey key : selector.selectedKeys()) {
                seen += read(key, samples);
            }
            selector.selectedKeys().clear();
        }
        seenBefore = seen - times;
    }

    private int read(SelectionKey key, Samples samples) throws IOException {
        StringBuilder rest = (StringBuilder) key.attachment();
        buffer.clear();
        if (((SocketChannel) key.channel()).read(buffer) < 0) {
            // The run has ended for this one, while others have yet to read its last line.
            key.cancel();
            open--;
            if (open == 0) {
                throw new IOException("the viewers were dropped");
            }
            return 0;
        }
        Instant now = clock.instant();
        rest.append(new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1));
        Matcher written = WRITTEN.matcher(rest);
        int seen = 0;
        int read = 0;
        while (written.find()) {
            samples.add((now.getEpochSecond() * 1e9 + now.getNano() - Long.parseLong(written.group(1))) / 1e6);
            seen++;
            read = written.end();
        }
        rest.delete(0, Math.max(read, rest.length() - CUT_LINE_CHARACTERS));
        return seen;
    }

    /**
     * What came in some time.
     *
     * @param all how many came to all clients
     * @param least how many came to the one that got fewest
     */
    record Heartbeats(int all, int least) {}

    /** Reads for so many seconds and counts heartbeats. */
    Heartbeats heartbeats(int seconds) throws IOException {
        Map<SelectionKey, Integer> counts = new HashMap<>();
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            selector.select(TimeUnit.NANOSECONDS.toMillis(left) + 1);
            for (SelectionKey key : selector.selectedKeys()) {
                buffer.clear();
                if (((SocketChannel) key.channel()).read(buffer) < 0) {
                    throw new IOException("a viewer was dropped");
                }
                String came = new String(buffer.array(), 0, buffer.position(), StandardCharsets.ISO_8859_1);
                counts.merge(key, came.split("event: heartbeat", -1).length - 1, Integer::sum);
            }
            selector.selectedKeys().clear();
        }
        int least = counts.size() < open ? 0 : Collections.min(counts.values());
        return new Heartbeats(
                counts.values().stream().mapToInt(Integer::intValue).sum(), least);
    }

    /** Returns how many follow. */
    int open() {
        return open;
    }

    @Override
    public void close() throws IOException {
        for (SocketChannel channel : channels) {
            channel.close();
        }
        selector.close();
    }
}
