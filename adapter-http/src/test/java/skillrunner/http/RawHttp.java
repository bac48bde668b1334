package skillrunner.http;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** HTTP without a client that would tidy it up. */
record RawHttp(int status, String head, String body) {
    static Socket open(int port, String request) throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
        socket.getOutputStream().flush();
        return socket;
    }

    /** Sends a whole request and reads up to the end of the connection. */
    static RawHttp send(int port, String request) throws IOException {
        try (Socket socket = open(port, request)) {
            return parse(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
        }
    }

    static RawHttp get(int port, String target, String... headers) throws IOException {
        return send(port, request("GET", target, headers));
    }

    static String request(String method, String target, String... headers) {
        boolean hasHost = headers.length > 0 && headers[0].startsWith("Host:");
        return method + " " + target + " HTTP/1.1\r\n" + (hasHost ? "" : "Host: localhost\r\n")
                + (headers.length == 0 ? "" : String.join("\r\n", headers) + "\r\n")
                + "Connection: close\r\n\r\n";
    }

    boolean has(String header, String value) {
        return head.lines().anyMatch(line -> line.equalsIgnoreCase(header + ": " + value));
    }

    static RawHttp parse(String answer) {
        int end = answer.indexOf("\r\n\r\n");
        String head = answer.substring(0, end);
        return new RawHttp(Integer.parseInt(head.substring(9, 12)), head, answer.substring(end + 4));
    }
}
