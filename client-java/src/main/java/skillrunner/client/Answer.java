package skillrunner.client;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * An answer as it came, whatever its status.
 *
 * @param status the status
 * @param headers the headers, names in lower case
 * @param body the body as text
 */
public record Answer(int status, Map<String, List<String>> headers, String body) {
    public Answer {
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body);
    }

    /**
     * Returns a header.
     *
     * @param name its name in lower case
     * @return its first value
     */
    public Optional<String> header(String name) {
        return headers.getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * Returns what the body is.
     *
     * @return the content type as it came; empty if there is none
     */
    public String contentType() {
        return header("content-type").orElse("");
    }
}
