package skillrunner.acceptance.contract;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import skillrunner.acceptance.Contract;

/**
 * What a server answers to a request that no client would send, held to the contract.
 *
 * @param status the status
 * @param headers by name in lower case
 * @param body as it came
 */
record RawAnswer(int status, Map<String, List<String>> headers, String body) {
    private static final Pattern CODE = Pattern.compile("\"code\"\\s*:\\s*\"([A-Z_]+)\"");

    /** Sends a request with these headers, the host among them, and reads up to the end of the connection. */
    static RawAnswer of(int port, String method, String target, List<String> headers, String body) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            socket.getOutputStream()
                    .write(request(method, target, headers, body).getBytes(StandardCharsets.UTF_8));
            RawAnswer answer = parsed(new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8));
            Contract.hold(method, target, answer.status, answer.headers, answer.whole());
            return answer;
        }
    }

    /** How the contract tells it: the status, and the code of a problem. */
    String told() {
        var code = CODE.matcher(body);
        boolean problem = header("content-type").startsWith("application/problem+json");
        return status + (problem && code.find() ? " " + code.group(1) : "");
    }

    String header(String name) {
        return headers.getOrDefault(name, List.of("")).get(0);
    }

    private static String request(String method, String target, List<String> headers, String body) {
        String length = method.equals("GET") || String.join("", headers).contains("Content-Length")
                ? ""
                : "Content-Length: " + body.getBytes(StandardCharsets.UTF_8).length + "\r\n";
        return method + " " + target + " HTTP/1.1\r\n" + String.join("\r\n", headers) + "\r\n" + length
                + "Connection: close\r\n\r\n" + body;
    }

    /** What comes in chunks is not read as a whole. */
    private Optional<String> whole() {
        return header("transfer-encoding").isEmpty() ? Optional.of(body) : Optional.empty();
    }

    private static RawAnswer parsed(String text) {
        int end = text.indexOf("\r\n\r\n");
        List<String> head = text.substring(0, end).lines().toList();
        return new RawAnswer(
                Integer.parseInt(head.get(0).substring(9, 12)),
                head.stream()
                        .skip(1)
                        .map(line -> line.split(": ?", 2))
                        .collect(Collectors.groupingBy(
                                line -> line[0].toLowerCase(Locale.ROOT),
                                Collectors.mapping(line -> line[1], Collectors.toList()))),
                text.substring(end + 4));
    }
}
