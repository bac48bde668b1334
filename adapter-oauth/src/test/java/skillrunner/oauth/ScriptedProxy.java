package skillrunner.oauth;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A proxy on loopback that leads every tunnel to one port of this machine, or answers with a status, and keeps the heads it was sent. */
final class ScriptedProxy implements AutoCloseable {
    private final ServerSocket server;
    private final List<String> heads = new CopyOnWriteArrayList<>();
    private final String refusal;
    private final int port;

    private ScriptedProxy(String refusal, int port) {
        this.refusal = refusal;
        this.port = port;
        try {
            server = new ServerSocket(0, 16, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    static ScriptedProxy refusing(String status) {
        return new ScriptedProxy(status, 0);
    }

    static ScriptedProxy leadingTo(int port) {
        return new ScriptedProxy("", port);
    }

    String address() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** What it was asked, in the order of arrival. */
    List<String> heads() {
        return heads;
    }

    @Override
    public void close() throws IOException {
        server.close();
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket client = server.accept();
                start(() -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client) {
            heads.add(head(client.getInputStream()));
            if (!refusal.isEmpty()) {
                say(client, "HTTP/1.1 " + refusal + "\r\nContent-Length: 0\r\n\r\n");
                return;
            }
            try (Socket target = new Socket(InetAddress.getLoopbackAddress(), port)) {
                say(client, "HTTP/1.1 200 Connection established\r\n\r\n");
                start(() -> pass(client, target));
                target.getInputStream().transferTo(client.getOutputStream());
            }
        } catch (IOException e) {
            // One of the two has gone, as they do.
        }
    }

    private static void pass(Socket from, Socket to) {
        try {
            from.getInputStream().transferTo(to.getOutputStream());
        } catch (IOException e) {
            // As above.
        }
    }

    private static void say(Socket client, String words) throws IOException {
        OutputStream out = client.getOutputStream();
        out.write(words.getBytes(StandardCharsets.US_ASCII));
        out.flush();
    }

    private static String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        while (!head.toString(StandardCharsets.ISO_8859_1).endsWith("\r\n\r\n")) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no head");
            }
            head.write(next);
        }
        return head.toString(StandardCharsets.ISO_8859_1);
    }

    private static void start(Runnable work) {
        Thread thread = new Thread(work, "scripted proxy");
        thread.setDaemon(true);
        thread.start();
    }
}
