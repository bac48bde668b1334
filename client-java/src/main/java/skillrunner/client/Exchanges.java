package skillrunner.client;

import java.io.IOException;
import java.net.ConnectException;
import java.net.http.HttpClient;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to one server and waits for the heads of their answers, as long as something moves; a wait can be broken from another
 * thread. Thread-safe.
 */
final class Exchanges {
    private final HttpClient http;
    private final UnderWay underWay = new UnderWay();
    private final String base;

    /**
     * Begins with nothing under way.
     *
     * @param http sends; is not closed with it
     * @param base address of the server, for messages
     */
    Exchanges(HttpClient http, String base) {
        this.http = http;
        this.base = base;
    }

    /**
     * Sends a request.
     *
     * @param request the request
     * @param silence so long may pass between two parts of the answer's body
     * @param pace how long its head is waited for
     * @return the answer, of whatever status; to be closed
     */
    Download send(HttpRequest request, Duration silence, Pace pace) throws IOException, InterruptedException {
        CompletableFuture<Download> answered = new CompletableFuture<>();
        CompletableFuture<HttpResponse<ArrivingBody>> sent;
        try {
            sent = http.sendAsync(request, head -> arriving(head, silence, answered));
        } catch (RejectedExecutionException e) {
            throw (IOException) new ClosedClientException().initCause(e);
        }
        tell(sent, answered);
        Runnable toBreak = () -> answered.completeExceptionally(new ClosedClientException());
        underWay.add(toBreak);
        try {
            return arrived(answered, pace);
        } catch (TimeoutException e) {
            giveUp(sent, answered);
            throw (IOException)
                    new HttpTimeoutException(base + " has not answered for " + silence.toSeconds() + " s").initCause(e);
        } catch (InterruptedException e) {
            giveUp(sent, answered);
            throw e;
        } catch (ExecutionException e) {
            if (underWay.isClosed()) {
                giveUp(sent, answered);
                throw (IOException) new ClosedClientException().initCause(e);
            }
            throw failure(e.getCause());
        } finally {
            underWay.remove(toBreak);
        }
    }

    /**
     * Tells of an answer where its head arrives: what the JDK returns is handed over on a pool that the caller's program shares, and whoever
     * calls from there keeps it busy until there is an answer.
     */
    private ArrivingBody arriving(
            HttpResponse.ResponseInfo head, Duration silence, CompletableFuture<Download> answered) {
        ArrivingBody body = ArrivingBody.begin(silence, underWay);
        if (!answered.complete(
                new Download(head.statusCode(), lowerCase(head.headers().map()), body))) {
            body.close();
        }
        return body;
    }

    /** What has no answer of a server's: a failure, or a proxy that opens no tunnel, whose words the JDK keeps. */
    private static void tell(CompletionStage<HttpResponse<ArrivingBody>> call, CompletableFuture<Download> answered) {
        call.whenComplete((response, failure) -> answered.completeExceptionally(
                failure == null ? new IOException("a proxy answered " + response.statusCode()) : failure));
    }

    /** Breaks what is under way; nothing can be sent any more. */
    void close() {
        underWay.close();
    }

    private static <T> T arrived(CompletableFuture<T> sent, Pace pace)
            throws InterruptedException, ExecutionException, TimeoutException {
        while (true) {
            try {
                return sent.get(Math.max(0, pace.left().toMillis()), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                if (pace.left().toMillis() <= 0) {
                    throw e;
                }
            }
        }
    }

    /** An answer that comes at this very moment is read by nobody; its connection must not stay open for it. */
    private static void giveUp(CompletableFuture<?> sent, CompletableFuture<Download> answered) {
        sent.cancel(true);
        if (!answered.cancel(true) && !answered.isCompletedExceptionally()) {
            answered.join().close();
        }
    }

    private IOException failure(@Nullable Throwable cause) {
        String why = cause == null || cause.getMessage() == null ? "" : " (" + cause.getMessage() + ")";
        if (cause instanceof ConnectException || cause instanceof HttpConnectTimeoutException) {
            return (IOException) new ConnectException("no server answers at " + base + why).initCause(cause);
        }
        return new IOException("the connection to " + base + " broke" + why, cause);
    }

    private static Map<String, List<String>> lowerCase(Map<String, List<String>> headers) {
        Map<String, List<String>> named = new LinkedHashMap<>();
        headers.forEach((name, values) -> named.put(name.toLowerCase(Locale.ROOT), values));
        return named;
    }
}
