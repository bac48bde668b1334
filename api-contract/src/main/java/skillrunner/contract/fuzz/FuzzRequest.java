package skillrunner.contract.fuzz;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * A request as it goes over the wire; nothing tidies it up.
 *
 * @param method its method
 * @param path its path as it is sent
 * @param query its query as it is sent, with the question mark; empty if it has none
 * @param headers the lines of its head, without those that every request has
 * @param body its body
 * @param plain whether its address can be read in one way only
 */
@SuppressWarnings("ArrayRecordComponent") // passed on once and never compared
record FuzzRequest(String method, String path, String query, List<String> headers, byte[] body, boolean plain) {
    private static final int MOST_SHOWN = 1_500;
    private static final int FIRST_PRINTABLE = 0x20;
    private static final int LAST_PRINTABLE = 0x7e;

    FuzzRequest {
        headers = List.copyOf(headers);
    }

    byte[] bytes() {
        boolean framed = headers.stream()
                .anyMatch(header -> header.startsWith("Content-Length:") || header.startsWith("Transfer-Encoding:"));
        StringBuilder head = new StringBuilder(method + " " + path + query + " HTTP/1.1\r\n");
        if (headers.stream().noneMatch(header -> header.startsWith("Host:"))) {
            head.append("Host: localhost\r\n");
        }
        headers.forEach(header -> head.append(header).append("\r\n"));
        if (!framed && (body.length > 0 || !method.equals("GET"))) {
            head.append("Content-Length: ").append(body.length).append("\r\n");
        }
        head.append("Connection: close\r\n\r\n");
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(head.toString().getBytes(StandardCharsets.UTF_8));
        bytes.writeBytes(body);
        return bytes.toByteArray();
    }

    /** The whole request, or its beginning, on printable lines. */
    String shown() {
        byte[] bytes = bytes();
        StringBuilder text = new StringBuilder();
        for (int at = 0; at < Math.min(bytes.length, MOST_SHOWN); at++) {
            char c = (char) (bytes[at] & 0xff);
            if (c == '\n') {
                text.append("\n    ");
            } else if (c >= FIRST_PRINTABLE && c <= LAST_PRINTABLE) {
                text.append(c);
            } else if (c != '\r') {
                text.append(String.format("\\x%02x", (int) c));
            }
        }
        return text + (bytes.length > MOST_SHOWN ? " … (" + bytes.length + " bytes)" : "");
    }
}
