package skillrunner.e2eclient.backend;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Collectors;

/** A part of an address that a stranger chose. */
public final class Segment {
    private static final String PLAIN = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~";

    private Segment() {}

    /**
     * Encodes one part, whatever is in it.
     *
     * @param text the part
     * @return percent-encoded UTF-8; a lone dot or two would be left out by readers and are encoded as well
     */
    public static String encode(String text) {
        if (text.equals(".") || text.equals("..")) {
            return text.replace(".", "%2E");
        }
        StringBuilder encoded = new StringBuilder();
        for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
            char character = (char) (each & 0xFF);
            if (PLAIN.indexOf(character) >= 0) {
                encoded.append(character);
            } else {
                encoded.append(String.format("%%%02X", (int) character));
            }
        }
        return encoded.toString();
    }

    /**
     * Encodes a path; its slashes stay.
     *
     * @param path parts with slashes between them
     * @return the encoded path
     */
    public static String encodePath(String path) {
        return Arrays.stream(path.split("/", -1)).map(Segment::encode).collect(Collectors.joining("/"));
    }
}
