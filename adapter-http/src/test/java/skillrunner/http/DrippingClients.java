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

/**
 * Connections that send the beginning of a request at once and then a byte a second each. One thread serves all of them; what
 * the server answers is read only if it ends the connection, a little at a time.
 */
final class DrippingClients implements AutoCloseable {
    private static final int INTERVAL_MILLIS = 1_000;

    private final List<Client> clients;
    private final Thread thread = new Thread(this::drip, "dripping-clients");
    private volatile boolean closed;

    private static final class Client {
        private final SocketChannel channel;
        private final ByteArrayOutputStream answer = new ByteArrayOutputStream();
        private boolean ended;

        Client(SocketChannel channel) {
            this.channel = channel;
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
                if (count < 0 || answer.toString(StandardCharsets.UTF_8).startsWith("HTTP/1.1 408")) {
                    end();
                } else {
                    channel.write(ByteBuffer.wrap(new byte[] {'x'}));
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
        thread.setDaemon(true);
        thread.start();
    }

    static DrippingClients open(int port, int number, String beginning) throws IOException {
        List<Client> clients = new ArrayList<>();
        for (int i = 0; i < number; i++) {
            SocketChannel channel = SocketChannel.open();
            // A small window, so that the network takes little of an answer that nobody reads.
            channel.setOption(StandardSocketOptions.SO_RCVBUF, 4_096);
            channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            channel.write(ByteBuffer.wrap(beginning.getBytes(StandardCharsets.ISO_8859_1)));
            channel.configureBlocking(false);
            clients.add(new Client(channel));
        }
        return new DrippingClients(clients);
    }

    long open() {
        return clients.stream().filter(Client::isOpen).count();
    }

    List<String> answers() {
        return clients.stream().map(Client::answer).toList();
    }

    private void drip() {
        while (!closed) {
            clients.forEach(Client::drip);
            try {
                Thread.sleep(INTERVAL_MILLIS);
            } catch (InterruptedException e) {
                return;
            }
        }
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
        clients.forEach(Client::end);
    }
}
