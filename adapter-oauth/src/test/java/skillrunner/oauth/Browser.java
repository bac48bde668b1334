package skillrunner.oauth;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Goes where a provider sends it, and elsewhere. */
final class Browser {
    private Browser() {}

    /** The parameters of the page that a session shows. */
    static Map<String, String> query(String address) {
        return Parameters.read(URI.create(address).getRawQuery());
    }

    static String get(String address) throws IOException {
        URI uri = URI.create(address);
        String target = uri.getRawPath() + (uri.getRawQuery() == null ? "" : "?" + uri.getRawQuery());
        return send(InetAddress.getLoopbackAddress(), uri.getPort(), "GET", target, uri.getAuthority());
    }

    static String send(InetAddress to, int port, String method, String target, String host) throws IOException {
        try (Socket socket = new Socket(to, port)) {
            String head = method + " " + target + " HTTP/1.1\r\nHost: " + host + "\r\nConnection: close\r\n\r\n";
            socket.getOutputStream().write(head.getBytes(StandardCharsets.ISO_8859_1));
            return new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    static boolean isOpen(InetAddress to, int port) throws IOException {
        try (Socket socket = new Socket(to, port)) {
            return socket.isConnected();
        } catch (SocketException e) {
            return false;
        }
    }
}
