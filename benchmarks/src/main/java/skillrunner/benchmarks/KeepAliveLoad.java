package skillrunner.benchmarks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/**
 * Many keep-alive connections in one thread, each with one request under way. It does as little as it can: the server
 * has to share the processors with it.
 */
final class KeepAliveLoad {
    private static final long SELECT_MILLIS = 10_000;

    private KeepAliveLoad() {}

    /** Asks for the path again and again. @return answers per second */
    static double run(int port, String path, int connections, long millis) throws IOException {
        byte[] request = ("GET " + path + " HTTP/1.1\r\nHost: localhost\r\n\r\n").getBytes(StandardCharsets.US_ASCII);
        try (Selector selector = Selector.open()) {
            for (int i = 0; i < connections; i++) {
                SocketChannel channel =
                        SocketChannel.open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
                channel.configureBlocking(false);
                channel.register(selector, SelectionKey.OP_READ, new Exchange(channel, request));
            }
            try {
                return load(selector, millis);
            } finally {
                for (SelectionKey key : selector.keys()) {
                    key.channel().close();
                }
            }
        }
    }

    private static double load(Selector selector, long millis) throws IOException {
        for (SelectionKey key : selector.keys()) {
            ((Exchange) key.attachment()).ask();
        }
        long begin = System.nanoTime();
        long end = begin + TimeUnit.MILLISECONDS.toNanos(millis);
        long answers = 0;
        while (System.nanoTime() < end) {
            int[] whole = {0};
            if (selector.select(
                            key -> {
                                if (exchange(key).readOn()) {
                                    whole[0]++;
                                    exchange(key).ask();
                                }
                            },
                            SELECT_MILLIS)
                    == 0) {
                throw new IllegalStateException("the server answers no more");
            }
            answers += whole[0];
        }
        return answers * 1e9 / (System.nanoTime() - begin);
    }

    private static Exchange exchange(SelectionKey key) {
        return (Exchange) key.attachment();
    }

    /** One connection. */
    private static final class Exchange {
        private static final byte[] OK = "HTTP/1.1 200 ".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] HEAD_END = "\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
        private static final byte[] LENGTH = "\r\nContent-Length: ".getBytes(StandardCharsets.US_ASCII);

        private final SocketChannel channel;
        private final ByteBuffer request;
        private final ByteBuffer answer = ByteBuffer.allocate(64 * 1024);

        Exchange(SocketChannel channel, byte[] request) {
            this.channel = channel;
            this.request = ByteBuffer.wrap(request);
        }

        void ask() {
            try {
                answer.clear();
                request.clear();
                channel.write(request);
            } catch (IOException e) {
                throw new IllegalStateException("a connection broke", e);
            }
        }

        /** Takes what came. @return whether the answer is whole */
        boolean readOn() {
            try {
                if (channel.read(answer) < 0) {
                    throw new IllegalStateException("the server closed a connection");
                }
            } catch (IOException e) {
                throw new IllegalStateException("a connection broke", e);
            }
            int head = find(HEAD_END, 0, answer.position());
            if (head < 0) {
                return false;
            }
            int length = find(LENGTH, 0, head);
            if (find(OK, 0, OK.length) != 0 || length < 0) {
                throw new IllegalStateException(
                        "unexpected answer: " + new String(answer.array(), 0, head, StandardCharsets.US_ASCII));
            }
            return answer.position() >= head + HEAD_END.length + number(length + LENGTH.length);
        }

        private int number(int at) {
            int number = 0;
            for (int i = at; answer.get(i) >= '0' && answer.get(i) <= '9'; i++) {
                number = 10 * number + answer.get(i) - '0';
            }
            return number;
        }

        private int find(byte[] wanted, int from, int to) {
            byte[] bytes = answer.array();
            for (int i = from; i + wanted.length <= to; i++) {
                int same = 0;
                while (same < wanted.length && bytes[i + same] == wanted[same]) {
                    same++;
                }
                if (same == wanted.length) {
                    return i;
                }
            }
            return -1;
        }
    }
}
