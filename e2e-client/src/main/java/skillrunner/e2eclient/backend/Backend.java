package skillrunner.e2eclient.backend;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import tools.jackson.databind.JsonNode;

/**
 * Asks the server. Each answer is bounded in size and time, no redirect is followed, and no answer is believed to be what it
 * should be. Safe for concurrent use.
 */
public final class Backend {
    private static final String JSON = "application/json";
    private static final String BOUNDARY = "skill-runner-example-client-part";

    private final URI base;
    private final Optional<String> authorization;
    private final BackendLimits limits;
    private final HttpClient http;

    /**
     * Takes what is asked, without asking it.
     *
     * @param base address of its root, without a slash at the end
     * @param authorization value of the header {@code Authorization}, if it wants one
     * @param limits what answers may take
     */
    public Backend(URI base, Optional<String> authorization, BackendLimits limits) {
        this.base = base;
        this.authorization = authorization;
        this.limits = limits;
        this.http = HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(limits.connecting())
                .build();
    }

    /**
     * Returns what is asked.
     *
     * @return address of its root
     */
    public URI base() {
        return base;
    }

    /**
     * Asks for a value.
     *
     * @param path encoded path and query, from the root on
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode get(String path) {
        return value(request(path).header("Accept", JSON).GET().build(), limits.answering());
    }

    /**
     * Posts a value.
     *
     * @param path encoded path, from the root on
     * @param body what is posted
     * @param headers further headers
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode post(String path, JsonNode body, Map<String, String> headers) {
        HttpRequest.Builder post = request(path)
                .header("Accept", JSON)
                .header("Content-Type", JSON)
                .POST(HttpRequest.BodyPublishers.ofString(Json.text(body)));
        headers.forEach(post::header);
        return value(post.build(), limits.answering());
    }

    /**
     * Uploads a zip as the part {@code file} of a form.
     *
     * @param path encoded path, from the root on
     * @param zip the file, read while it is sent
     * @return the answer's JSON
     * @throws BackendException if there is none
     */
    public JsonNode upload(String path, Path zip) {
        try {
            HttpRequest post = request(path)
                    .header("Accept", JSON)
                    .header("Content-Type", "multipart/form-data; boundary=" + BOUNDARY)
                    .POST(HttpRequest.BodyPublishers.concat(
                            bytes("--" + BOUNDARY
                                    + "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"input.zip\""
                                    + "\r\nContent-Type: application/zip\r\n\r\n"),
                            HttpRequest.BodyPublishers.ofFile(zip),
                            bytes("\r\n--" + BOUNDARY + "--\r\n")))
                    .build();
            return value(post, limits.uploading());
        } catch (FileNotFoundException e) {
            throw new IllegalStateException("the archive to be uploaded is gone", e);
        }
    }

    /**
     * Asks for something whose bytes arrive one after another.
     *
     * @param path encoded path and query, from the root on
     * @param headers further headers
     * @return the answer, to be closed by the caller
     * @throws BackendException if it is refused
     */
    public BackendStream open(String path, Map<String, String> headers) {
        HttpRequest.Builder get = request(path).GET();
        headers.forEach(get::header);
        BodyPieces pieces = new BodyPieces();
        HttpResponse<BodyPieces> answer =
                await(http.sendAsync(get.build(), head -> pieces), limits.answering(), pieces);
        if (Answers.isSuccess(answer.statusCode())) {
            return new BackendStream(answer.headers(), pieces, limits.silence());
        }
        // What a refusal says comes in one piece, or is not waited for.
        try (BackendStream refusal = new BackendStream(answer.headers(), pieces, limits.answering())) {
            throw Answers.isRefusal(answer.statusCode())
                    ? Answers.refusal(answer.statusCode(), refusal.next().orElse(new byte[0]))
                    : Answers.strange(answer.statusCode());
        }
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + path));
        authorization.ifPresent(value -> request.header("Authorization", value));
        return request;
    }

    private JsonNode value(HttpRequest request, Duration patience) {
        HttpResponse<byte[]> answer =
                await(http.sendAsync(request, head -> new BoundedBody(limits.bytes())), patience, () -> {});
        return Answers.value(answer.statusCode(), answer.body());
    }

    private <T> HttpResponse<T> await(
            CompletableFuture<HttpResponse<T>> asked, Duration patience, AutoCloseable leftover) {
        try {
            return asked.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            letGo(asked, leftover);
            throw BackendException.unreachable(
                    "The server at " + base + " did not answer within " + patience.toSeconds() + " seconds");
        } catch (InterruptedException e) {
            letGo(asked, leftover);
            Thread.currentThread().interrupt();
            throw BackendException.unreachable("The example client is stopping");
        } catch (ExecutionException e) {
            throw failure(e);
        }
    }

    private static void letGo(CompletableFuture<?> asked, AutoCloseable leftover) {
        asked.cancel(true);
        try {
            leftover.close();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private BackendException failure(ExecutionException e) {
        for (Throwable cause = e; cause != null; cause = cause.getCause()) {
            if (cause instanceof BoundedBody.TooLargeException large) {
                return BackendException.unusable("The server's answer is too large: " + large.getMessage());
            }
        }
        Throwable cause = e.getCause() == null ? e : e.getCause();
        String words = cause instanceof IOException && cause.getMessage() != null
                ? cause.getMessage()
                : cause.getClass().getSimpleName();
        return BackendException.unreachable("The server at " + base + " can't be reached: " + words);
    }

    private static HttpRequest.BodyPublisher bytes(String text) {
        return HttpRequest.BodyPublishers.ofByteArray(text.getBytes(StandardCharsets.US_ASCII));
    }
}
