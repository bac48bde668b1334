package skillrunner.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** One request on a connection of its own. HTTP/1.0, so that a body is simply what comes until the end. */
final class Http {
    private static final int PATIENCE_MILLIS = 60_000;
    private static final String BOUNDARY = "the-boundary-of-the-benchmarks";

    private Http() {}

    /**
     * Asks and reads the whole answer.
     *
     * @return the body
     * @throws IllegalStateException if the status is not 200
     */
    static String ask(int port, String method, String path, String body) throws IOException {
        try (Socket socket = open(port, method, path, body)) {
            return body(socket, method + " " + path);
        }
    }

    /** Uploads one file as a form does. @return the body of the answer */
    static String upload(int port, String path, byte[] file) throws IOException {
        String head =
                "--" + BOUNDARY + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"package.zip\"\r\n"
                        + "Content-Type: application/zip\r\n\r\n";
        String tail = "\r\n--" + BOUNDARY + "--\r\n";
        int length = head.length() + file.length + tail.length();
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            OutputStream out = socket.getOutputStream();
            out.write(("POST " + path + " HTTP/1.0\r\nHost: localhost\r\nContent-Type: multipart/form-data; boundary="
                            + BOUNDARY + "\r\nContent-Length: " + length + "\r\n\r\n" + head)
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(file);
            out.write(tail.getBytes(StandardCharsets.US_ASCII));
            return body(socket, "POST " + path);
        }
    }

    static String get(int port, String path) throws IOException {
        return ask(port, "GET", path, "");
    }

    /** Sends the fields of a form. @return the body of the answer */
    static String form(int port, String path, String fields) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.setSoTimeout(PATIENCE_MILLIS);
            socket.getOutputStream()
                    .write(("POST " + path + " HTTP/1.0\r\nHost: localhost\r\n"
                                    + "Content-Type: application/x-www-form-urlencoded\r\nContent-Length: "
                                    + fields.length() + "\r\n\r\n" + fields)
                            .getBytes(StandardCharsets.US_ASCII));
            return body(socket, "POST " + path);
        }
    }

    private static String body(Socket socket, String request) throws IOException {
        String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (!answer.startsWith("HTTP/1.1 200") && !answer.startsWith("HTTP/1.0 200")) {
            throw new IllegalStateException(request + ": " + answer);
        }
        return answer.substring(answer.indexOf("\r\n\r\n") + 4);
    }

    /** Asks and leaves the answer, its head included, to be read. */
    static Socket open(int port, String method, String path, String body) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + path + " HTTP/1.0\r\nHost: localhost\r\n"
                + (bytes.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + bytes.length + "\r\n")
                + "\r\n";
        socket.getOutputStream().write((head + body).getBytes(StandardCharsets.UTF_8));
        return socket;
    }

    /** Reads one byte after the other up to a line's end. @return the line without its end, or empty at the end */
    static Optional<String> line(InputStream in) throws IOException {
        StringBuilder line = new StringBuilder();
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next == '\n') {
                return Optional.of(line.toString());
            }
            line.append((char) next);
        }
        return Optional.empty();
    }
}
