package skillrunner.http;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/**
 * Connections that send the beginning of a request at once and then a little each second. One thread serves all of them; what
 * the server answers is read a little at a time as well. Who asks whether it may send waits for the interim answer.
 */
final class DrippingClients implements AutoCloseable {
    private static final String ENDLESS = "x".repeat(1_000);

    private final ScheduledExecutorService pace = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "dripping-clients");
        thread.setDaemon(true);
        return thread;
    });
    private final List<Client> clients;

    private static final class Client {
        private final SocketChannel channel;
        private final ByteBuffer rest;
        private final int bytesPerSecond;
        private final boolean asks;
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private boolean ended;

        Client(SocketChannel channel, String rest, int bytesPerSecond, boolean asks) {
            this.channel = channel;
            this.rest = ByteBuffer.wrap(rest.getBytes(StandardCharsets.ISO_8859_1));
            this.bytesPerSecond = bytesPerSecond;
            this.asks = asks;
        }

        synchronized boolean isOpen() {
            return !ended;
        }

        synchronized String answer() {
            return answer.toString(StandardCharsets.UTF_8);
        }

        synchronized void drip() {
            if (ended) {
                return;
            }
            try {
                ByteBuffer piece = ByteBuffer.allocate(1_024);
                int count = channel.read(piece);
                answer.write(piece.array(), 0, Math.max(0, count));
                if (count < 0 || answer().contains("HTTP/1.1 4")) {
                    end();
                } else if (rest.hasRemaining() && (!asks || answer.size() > 0)) {
                    int length = Math.min(bytesPerSecond, rest.remaining());
                    int written = channel.write(rest.slice().limit(length));
                    rest.position(rest.position() + written);
                }
            } catch (IOException e) {
                end();
            }
        }

        synchronized void end() {
            ended = true;
            try {
                channel.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private DrippingClients(List<Client> clients) {
        this.clients = List.copyOf(clients);
        var unused = pace.scheduleAtFixedRate(() -> this.clients.forEach(Client::drip), 0, 1, TimeUnit.SECONDS);
    }

    /** Clients that send a byte a second and never come to an end. */
    static DrippingClients open(int port, int number, String beginning) throws IOException {
        return open(port, number, beginning, ENDLESS, 1);
    }

    static DrippingClients open(int port, int number, String beginning, String rest, int bytesPerSecond)
            throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            // A small window, so that the network takes little of an answer that nobody reads.
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.ISO_8859_1)));
            channel.configureBlocking(false);
            clients.add(new Client(channel, rest, bytesPerSecond, beginning.contains("100-continue")));
        }
        return new DrippingClients(clients);
    }

    long open() {
        return clients.stream().filter(Client::isOpen).count();
    }

    List<String> answers() {
        return clients.stream().map(Client::answer).toList();
    }

    @Override
    public void close() {
        pace.shutdownNow();
        clients.forEach(Client::end);
    }
}
