package skillrunner.contract;

import java.net.http.HttpResponse;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * An answer as a client saw it.
 *
 * @param method method of the request, in upper case
 * @param path path of the request, without the query
 * @param status status of the answer
 * @param contentType its content type as it was sent, if there was one
 * @param headers the names of its headers, in lower case
 * @param body its body as text; empty if it was not read, or is no text
 */
public record Answer(
        String method,
        String path,
        int status,
        Optional<String> contentType,
        Set<String> headers,
        Optional<String> body) {
    /** Refuses null parts. */
    public Answer {
        Objects.requireNonNull(method);
        Objects.requireNonNull(path);
        Objects.requireNonNull(contentType);
        headers = Set.copyOf(headers);
        Objects.requireNonNull(body);
    }

    /**
     * Takes an answer from the JDK's client.
     *
     * @param response as it came; only a body that was read as text is looked at
     * @return the answer
     */
    public static Answer of(HttpResponse<?> response) {
        return new Answer(
                response.request().method(),
                response.uri().getRawPath(),
                response.statusCode(),
                response.headers().firstValue("Content-Type"),
                response.headers().map().keySet().stream()
                        .map(name -> name.toLowerCase(Locale.ROOT))
                        .collect(Collectors.toSet()),
                response.body() instanceof String text ? Optional.of(text) : Optional.empty());
    }

    /**
     * The same answer with a body that was read otherwise.
     *
     * @param read the body
     * @return the answer
     */
    public Answer withBody(String read) {
        return new Answer(method, path, status, contentType, headers, Optional.of(read));
    }

    @Override
    public String toString() {
        return method + " " + path + " was answered " + status;
    }
}
