package skillrunner.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import org.jspecify.annotations.Nullable;

/** A server that says what it is told, byte for byte, and remembers what it was asked. Each connection serves one request. */
final class ScriptedServer implements AutoCloseable {
    private final ServerSocket socket;
    private final Thread accepting = new Thread(this::accept, "scripted-server");
    private final Map<String, BlockingQueue<Script>> scripts = new ConcurrentHashMap<>();
    private final List<Request> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> open = new CopyOnWriteArrayList<>();

    /** What was asked; each byte of the body is a character. */
    record Request(String method, String target, Map<String, String> headers, String bytes) {
        String text() {
            return new String(bytes.getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
        }
    }

    /** Writes an answer; afterwards the connection is cut. */
    interface Script {
        void answer(Request request, OutputStream out) throws IOException, InterruptedException;
    }

    ScriptedServer() throws IOException {
        socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        accepting.setDaemon(true);
        accepting.start();
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    /** Answers the next request for a path so; the last script of a path answers all that come after it. */
    ScriptedServer on(String path, Script script) {
        scripts.computeIfAbsent(path, any -> new LinkedBlockingQueue<>()).add(script);
        return this;
    }

    ScriptedServer json(String path, String body) {
        return on(path, answer(200, "application/json", body));
    }

    List<Request> requests() {
        return List.copyOf(requests);
    }

    List<String> targets() {
        return requests.stream().map(Request::target).toList();
    }

    static Script answer(int status, String type, String body) {
        return (request, out) -> {
            byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
            out.write(("HTTP/1.1 " + status + " X\r\nContent-Type: " + type + "\r\nContent-Length: " + bytes.length
                            + "\r\nConnection: close\r\n\r\n")
                    .getBytes(StandardCharsets.US_ASCII));
            out.write(bytes);
        };
    }

    static Script problem(int status, String code) {
        return answer(
                status,
                "application/problem+json",
                "{\"type\":\"/problems/x\",\"title\":\"T\",\"status\":" + status
                        + ",\"detail\":\"D\",\"instance\":\"/\",\"code\":\"" + code + "\"}");
    }

    /** A stream of events that is cut behind the last of them unless it says that it ends. */
    static Script events(String... events) {
        return (request, out) -> {
            out.write(
                    "HTTP/1.1 200 X\r\nContent-Type: text/event-stream;charset=utf-8\r\nTransfer-Encoding: chunked\r\n\r\n"
                            .getBytes(StandardCharsets.US_ASCII));
            for (String event : events) {
                byte[] bytes = event.getBytes(StandardCharsets.UTF_8);
                out.write((Integer.toHexString(bytes.length) + "\r\n").getBytes(StandardCharsets.US_ASCII));
                out.write(bytes);
                out.write("\r\n".getBytes(StandardCharsets.US_ASCII));
                out.flush();
            }
        };
    }

    /** Takes the request and says nothing. */
    static Script cut() {
        return (request, out) -> {};
    }

    /** Says nothing for as long as the client stays. */
    static Script silent() {
        return (request, out) -> {
            out.flush();
            Thread.currentThread().join();
        };
    }

    /** Whoever comes afterwards finds nobody: as long as a thread waits for the next one, its socket still takes it. */
    @Override
    public void close() throws IOException {
        socket.close();
        try {
            accepting.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        for (Socket one : open) {
            one.close();
        }
    }

    private void accept() {
        while (!socket.isClosed()) {
            try {
                Socket one = socket.accept();
                open.add(one);
                Thread thread = new Thread(() -> serve(one), "scripted-connection");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket connection) {
        try (connection;
                InputStream in = connection.getInputStream();
                OutputStream out = connection.getOutputStream()) {
            Request request = read(in);
            if (request == null) {
                return;
            }
            requests.add(request);
            script(request).answer(request, out);
            out.flush();
        } catch (IOException e) {
            // The client went away.
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private Script script(Request request) {
        String path = request.target().replaceFirst("\\?.*", "");
        BlockingQueue<Script> left = scripts.get(path);
        if (left == null) {
            return answer(500, "text/plain", "no script for " + path);
        }
        Script next = left.size() > 1 ? left.poll() : left.peek();
        return next == null ? cut() : next;
    }

    private static @Nullable Request read(InputStream in) throws IOException {
        String first = line(in);
        if (first.isEmpty()) {
            return null;
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (String line = line(in); !line.isEmpty(); line = line(in)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, colon).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        int length = Integer.parseInt(headers.getOrDefault("content-length", "0"));
        List<String> words = new ArrayList<>(List.of(first.split(" ")));
        return new Request(
                words.get(0), words.get(1), headers, new String(in.readNBytes(length), StandardCharsets.ISO_8859_1));
    }

    private static String line(InputStream in) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            for (int next = in.read(); next >= 0 && next != '\n'; next = in.read()) {
                if (next != '\r') {
                    line.write(next);
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.US_ASCII);
    }
}
