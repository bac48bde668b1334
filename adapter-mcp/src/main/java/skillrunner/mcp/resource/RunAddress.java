package skillrunner.mcp.resource;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;
import skillrunner.domain.run.RequestId;

/**
 * The address of something that a run left.
 *
 * @param request the request that the run serves
 * @param artifact path of an artifact, which begins with {@code artifacts/}; empty for the result
 */
public record RunAddress(RequestId request, Optional<String> artifact) {
    /** The addresses of results. */
    public static final String RESULT_TEMPLATE = "skill-runner://runs/{request_id}/result";

    /** The addresses of artifacts. */
    public static final String ARTIFACT_TEMPLATE = "skill-runner://runs/{request_id}/artifacts/{+path}";

    private static final String BEGINNING = "skill-runner://runs/";
    private static final String RESULT = "result";
    private static final String ARTIFACTS = "artifacts/";
    private static final int LONGEST = 8_192;

    /**
     * Reads an address.
     *
     * @param uri any text
     * @return the address, or empty if the text is none
     */
    public static Optional<RunAddress> parse(String uri) {
        if (!uri.startsWith(BEGINNING) || uri.length() > LONGEST) {
            return Optional.empty();
        }
        String rest = uri.substring(BEGINNING.length());
        int slash = rest.indexOf('/');
        if (slash < 0) {
            return Optional.empty();
        }
        String what = rest.substring(slash + 1);
        return RequestId.parse(rest.substring(0, slash)).flatMap(request -> {
            if (what.equals(RESULT)) {
                return Optional.of(new RunAddress(request, Optional.empty()));
            }
            return what.startsWith(ARTIFACTS) && what.length() > ARTIFACTS.length()
                    ? decoded(what).map(path -> new RunAddress(request, Optional.of(path)))
                    : Optional.empty();
        });
    }

    /**
     * Writes the address.
     *
     * @return the text
     */
    public String uri() {
        String what = artifact.map(RunAddress::encoded).orElse(RESULT);
        return BEGINNING + request + "/" + what;
    }

    private static Optional<String> decoded(String path) {
        try {
            return Optional.of(URLDecoder.decode(path.replace("+", "%2B"), StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static String encoded(String path) {
        return Arrays.stream(path.split("/", -1))
                .map(name -> URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"))
                .collect(Collectors.joining("/"));
    }
}
