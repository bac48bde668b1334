package skillrunner.oauth;

import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** Names and values in the form of queries and forms, in the order in which they were added. For use by one thread. */
final class Parameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    Parameters with(String name, String value) {
        values.put(name, value);
        return this;
    }

    String encoded() {
        return values.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
    }

    /** Keeps a query that the address has already. */
    URI on(URI address) {
        String text = address.toString();
        return URI.create(text + (address.getRawQuery() == null ? "?" : "&") + encoded());
    }

    /**
     * Reads a query; the first of a name counts, and what is no query is left out.
     *
     * @param rawQuery as it came
     * @return the values by name
     */
    static Map<String, String> read(String rawQuery) {
        Map<String, String> read = new LinkedHashMap<>();
        for (String part : rawQuery.split("&", -1)) {
            int equals = part.indexOf('=');
            if (equals > 0) {
                try {
                    read.putIfAbsent(decode(part.substring(0, equals)), decode(part.substring(equals + 1)));
                } catch (IllegalArgumentException e) {
                    // A broken escape: what it was meant to be nobody knows.
                }
            }
        }
        return read;
    }

    private static String encode(String text) {
        // A query has %20 for a space, which a form takes as well.
        return URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }
}
