package skillrunner.standin;

import java.util.Map;
import java.util.Objects;

/**
 * A request as it came in, for assertions. Requests that were refused are recorded too.
 *
 * @param method the HTTP method
 * @param scenario the scenario named by the path, empty text if the path names none
 * @param path the whole path as sent, without the query
 * @param headers by lower-case name; values of a repeated header are joined by a comma
 * @param body the body as text, usually JSON
 */
public record RecordedRequest(String method, String scenario, String path, Map<String, String> headers, String body) {

    /** Refuses null parts. */
    public RecordedRequest {
        Objects.requireNonNull(method);
        Objects.requireNonNull(scenario);
        Objects.requireNonNull(path);
        headers = Map.copyOf(headers);
        Objects.requireNonNull(body);
    }

    /** Leaves out headers and body: the one holds the API key, the other the prompt, and both end up in test reports. */
    @Override
    public String toString() {
        return method + " " + path + " (" + body.length() + " characters)";
    }
}
