package skillrunner.contract.fuzz;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import skillrunner.contract.Answer;

/**
 * What came back over a connection of its own.
 *
 * @param status the status; 0 if nothing came that has one
 * @param headers the head, names in lower case
 * @param body the body, without its transfer coding
 * @param whole whether all of it came; a stream is cut by who reads it
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
record RawAnswer(int status, Map<String, String> headers, byte[] body, boolean whole) {
    private static final int MOST_BYTES = 4 << 20;
    private static final int LEAST_HEAD = 12;
    private static final byte[] END_OF_HEAD = {'\r', '\n', '\r', '\n'};

    /**
     * Asks.
     *
     * @param patience how long anything may take to come
     * @param ofStream how long a stream of events is read once it has begun
     * @throws SocketTimeoutException if it took longer
     * @throws IOException if there is nobody to ask
     */
    static RawAnswer ask(InetSocketAddress server, byte[] request, Duration patience, Duration ofStream)
            throws IOException {
        try (Socket socket = new Socket()) {
            socket.connect(server, (int) patience.toMillis());
            socket.setSoTimeout((int) patience.toMillis());
            try {
                socket.getOutputStream().write(request);
            } catch (IOException e) {
                // It may be refused before all of it was sent; what is said of it may still arrive.
                return read(socket, ofStream);
            }
            return read(socket, ofStream);
        }
    }

    private static RawAnswer read(Socket socket, Duration ofStream) throws IOException {
        ByteArrayOutputStream got = new ByteArrayOutputStream();
        InputStream in = socket.getInputStream();
        byte[] buffer = new byte[16 * 1024];
        boolean stream = false;
        boolean whole = true;
        try {
            for (int n = in.read(buffer); n >= 0 && got.size() < MOST_BYTES; n = in.read(buffer)) {
                got.write(buffer, 0, n);
                if (!stream && got.size() < 64 * 1024 && isStream(got.toByteArray())) {
                    stream = true;
                    socket.setSoTimeout((int) ofStream.toMillis());
                }
            }
        } catch (SocketTimeoutException e) {
            if (!stream) {
                throw e;
            }
            whole = false;
        } catch (IOException e) {
            // A reset: what came before it counts.
            whole = false;
        }
        return parse(got.toByteArray(), whole && got.size() < MOST_BYTES);
    }

    private static boolean isStream(byte[] got) {
        String head = new String(got, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
        int end = head.indexOf("\r\n\r\n");
        return end > 0 && head.substring(0, end).contains("content-type: text/event-stream");
    }

    static RawAnswer parse(byte[] got, boolean whole) {
        int end = endOfHead(got);
        if (end < LEAST_HEAD) {
            return new RawAnswer(0, Map.of(), got, whole);
        }
        String[] lines = new String(got, 0, end, StandardCharsets.ISO_8859_1).split("\r\n");
        if (!lines[0].matches("HTTP/1\\.1 \\d{3}.*")) {
            return new RawAnswer(0, Map.of(), got, whole);
        }
        int status = Integer.parseInt(lines[0].substring(9, 12));
        byte[] rest = Arrays.copyOfRange(got, end + END_OF_HEAD.length, got.length);
        if (status == 100) {
            return parse(rest, whole);
        }
        Map<String, String> headers = new TreeMap<>();
        for (String line : List.of(lines).subList(1, lines.length)) {
            int colon = line.indexOf(':');
            headers.put(
                    line.substring(0, Math.max(colon, 0)).toLowerCase(Locale.ROOT),
                    line.substring(colon + 1).strip());
        }
        boolean chunked = headers.getOrDefault("transfer-encoding", "").equalsIgnoreCase("chunked");
        return new RawAnswer(status, headers, chunked ? unchunked(rest) : rest, whole);
    }

    private static int endOfHead(byte[] got) {
        for (int at = 0; at + END_OF_HEAD.length <= got.length; at++) {
            if (Arrays.equals(got, at, at + END_OF_HEAD.length, END_OF_HEAD, 0, END_OF_HEAD.length)) {
                return at;
            }
        }
        return -1;
    }

    /** What was cut in the middle of a chunk counts as far as it came. */
    private static byte[] unchunked(byte[] chunks) {
        ByteArrayOutputStream body = new ByteArrayOutputStream();
        int at = 0;
        while (at < chunks.length) {
            int line = at;
            while (line < chunks.length && chunks[line] != '\n') {
                line++;
            }
            String size = new String(chunks, at, line - at, StandardCharsets.US_ASCII)
                    .strip()
                    .split(";", 2)[0];
            if (!size.matches("[0-9A-Fa-f]{1,7}")) {
                break;
            }
            int length = Math.min(Integer.parseInt(size, 16), Math.max(0, chunks.length - line - 1));
            body.write(chunks, Math.min(line + 1, chunks.length), length);
            if (length == 0) {
                break;
            }
            at = line + 1 + length + 2;
        }
        return body.toByteArray();
    }

    /** Whether the body is one that the document can say something of. */
    Answer as(String method, String path) {
        String type = headers.getOrDefault("content-type", "");
        boolean text = type.contains("json") || type.startsWith("text/") || body.length == 0;
        return new Answer(
                method,
                path,
                status,
                Optional.ofNullable(headers.get("content-type")),
                Set.copyOf(headers.keySet()),
                text && (whole || type.startsWith("text/event-stream"))
                        ? Optional.of(new String(body, StandardCharsets.UTF_8))
                        : Optional.empty());
    }
}
