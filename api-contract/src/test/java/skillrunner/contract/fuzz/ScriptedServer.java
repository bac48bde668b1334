package skillrunner.contract.fuzz;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/** A server that answers each request line, of which it reads no more than the head, with the bytes a test says. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket port;
    private final Function<String, String> answers;

    ScriptedServer(Function<String, String> answers) throws IOException {
        this.port = new ServerSocket(0, 100, InetAddress.getLoopbackAddress());
        this.answers = answers;
        Thread thread = new Thread(this::serve, "scripted-server");
        thread.setDaemon(true);
        thread.start();
    }

    int port() {
        return port.getLocalPort();
    }

    private void serve() {
        while (!port.isClosed()) {
            try (Socket socket = port.accept()) {
                String line = readHead(new BufferedInputStream(socket.getInputStream()));
                socket.getOutputStream().write(answers.apply(line).getBytes(StandardCharsets.UTF_8));
                socket.shutdownOutput();
                // Closed while bytes wait, the connection would be reset and the answer lost.
                socket.getInputStream().readAllBytes();
            } catch (IOException e) {
                // The client, or the test, has gone.
            }
        }
    }

    private static String readHead(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            head.append((char) next);
            if (head.length() > 3 && head.substring(head.length() - 4).equals("\r\n\r\n")) {
                break;
            }
        }
        return head.toString();
    }

    static String answer(int status, String type, String body, String... headers) {
        return "HTTP/1.1 " + status + " Said\r\nContent-Type: " + type + "\r\nContent-Length: "
                + body.getBytes(StandardCharsets.UTF_8).length + "\r\n"
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n") + "Connection: close\r\n\r\n"
                + body;
    }

    @Override
    public void close() throws IOException {
        port.close();
    }
}
