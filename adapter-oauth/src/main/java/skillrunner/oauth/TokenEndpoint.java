package skillrunner.oauth;

import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLHandshakeException;
import tools.jackson.databind.node.ObjectNode;

/**
 * Calls to the endpoints of a provider that give tokens and say whose they are. Redirects are not followed, nothing is waited for
 * long, and what a fault says holds no secret. Safe for concurrent use.
 */
final class TokenEndpoint {
    private static final int MOST_BYTES = 1 << 20;
    private static final int OK = 200;
    private static final int NOT_OK = 300;

    private final ProviderClient client;

    TokenEndpoint(ProxyRules proxies) {
        this.client = new ProviderClient(proxies);
    }

    ObjectNode postForm(HttpTrace trace, URI address, Parameters form, Map<String, String> headers, Call call)
            throws ProviderException {
        return accepted(askForm(trace, address, form, headers, call), call);
    }

    ProviderAnswer askForm(HttpTrace trace, URI address, Parameters form, Map<String, String> headers, Call call)
            throws ProviderException {
        return send(
                trace,
                request(address, headers, call)
                        .header("Content-Type", "application/x-www-form-urlencoded")
                        .POST(HttpRequest.BodyPublishers.ofString(form.encoded()))
                        .build(),
                call);
    }

    ProviderAnswer postJson(HttpTrace trace, URI address, ObjectNode body, Map<String, String> headers, Call call)
            throws ProviderException {
        return send(
                trace,
                request(address, headers, call)
                        .header("Content-Type", "application/json")
                        .POST(HttpRequest.BodyPublishers.ofByteArray(Json.bytes(body)))
                        .build(),
                call);
    }

    ObjectNode get(HttpTrace trace, URI address, Map<String, String> headers, Call call) throws ProviderException {
        return accepted(send(trace, request(address, headers, call).GET().build(), call), call);
    }

    /** The object of an answer that agrees. */
    static ObjectNode accepted(ProviderAnswer answer, Call call) throws ProviderException {
        if (!answer.agrees()) {
            throw new ProviderException(
                    ProviderFault.inWords(answer.status(), answer.body(), call.secrets()), answer.status());
        }
        return answer.body()
                .orElseThrow(() -> new ProviderException("the provider's answer can't be read", answer.status()));
    }

    private HttpRequest.Builder request(URI address, Map<String, String> headers, Call call) {
        HttpRequest.Builder request = client.request(address).timeout(call.patience());
        if (!headers.containsKey("Accept")) {
            request.header("Accept", "application/json");
        }
        headers.forEach(request::header);
        return request;
    }

    private ProviderAnswer send(HttpTrace trace, HttpRequest request, Call call) throws ProviderException {
        long begun = System.nanoTime();
        String outcome = "no-answer";
        CompletableFuture<ProviderAnswer> arrived = new CompletableFuture<>();
        CompletableFuture<HttpResponse<byte[]>> pending =
                client.http().sendAsync(request, head -> arriving(head, arrived));
        tell(pending, arrived);
        try {
            // The client's own timeout ends with the head of an answer; this one is for all of it.
            ProviderAnswer answer = arrived.get(call.patience().toMillis(), TimeUnit.MILLISECONDS);
            outcome = Integer.toString(answer.status());
            if (answer.status() == ProviderClient.PROXY_LOGIN) {
                throw ProviderException.unsent(client.loginRefused(request.uri()));
            }
            return answer;
        } catch (TimeoutException e) {
            throw new ProviderException("the provider did not answer in time", ProviderException.NONE);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProviderException("the wait for the provider was broken off", ProviderException.NONE);
        } catch (ExecutionException | CancellationException e) {
            if (isTooLong(e)) {
                throw new ProviderException("the provider's answer is too long", ProviderException.NONE);
            }
            String words = "the provider could not be reached" + client.way(request.uri()) + kind(e);
            throw isUnsent(e) ? ProviderException.unsent(words) : new ProviderException(words, ProviderException.NONE);
        } finally {
            pending.cancel(true);
            trace.add(request.method(), request.uri(), outcome, Duration.ofNanos(System.nanoTime() - begun));
        }
    }

    /** Tells of an answer where it arrives: what the JDK returns is handed over on a pool of the whole program, which may be busy. */
    private static LimitedBody arriving(HttpResponse.ResponseInfo head, CompletableFuture<ProviderAnswer> arrived) {
        LimitedBody body = new LimitedBody(MOST_BYTES);
        body.getBody()
                .thenApply(bytes -> new ProviderAnswer(head.statusCode(), Json.parse(bytes)))
                .whenComplete((answer, why) -> {
                    if (why == null) {
                        arrived.complete(answer);
                    } else {
                        arrived.completeExceptionally(why);
                    }
                });
        return body;
    }

    /** What has no answer of the provider's: a failure, or a proxy that opens no tunnel, whose words the JDK keeps. */
    private static void tell(CompletionStage<HttpResponse<byte[]>> call, CompletableFuture<ProviderAnswer> arrived) {
        call.whenComplete((response, why) -> {
            if (why != null) {
                arrived.completeExceptionally(why);
            } else if (response.body() == null) {
                arrived.complete(new ProviderAnswer(response.statusCode(), Optional.empty()));
            }
        });
    }

    private static boolean isTooLong(Exception why) {
        return hasCause(why, LimitedBody.TooLongException.class);
    }

    /** No connection, no question; whoever lost one may have been heard. */
    private static boolean isUnsent(Exception why) {
        return hasCause(why, UnresolvedAddressException.class)
                || hasCause(why, UnknownHostException.class)
                || hasCause(why, HttpConnectTimeoutException.class)
                || hasCause(why, ConnectException.class)
                || hasCause(why, SSLHandshakeException.class)
                || hasCause(why, ProviderClient::isTunnelRefused);
    }

    private static boolean hasCause(Exception why, Class<? extends Exception> kind) {
        return hasCause(why, kind::isInstance);
    }

    private static boolean hasCause(Exception why, Predicate<Throwable> which) {
        return Stream.<Throwable>iterate(why, Objects::nonNull, Throwable::getCause)
                .anyMatch(which);
    }

    /** Messages of the client may repeat an address with its query, and the names of its exceptions say how we are made. */
    private static String kind(Exception why) {
        if (hasCause(why, UnresolvedAddressException.class) || hasCause(why, UnknownHostException.class)) {
            return " (its name was not found)";
        }
        if (hasCause(why, HttpTimeoutException.class)) {
            return " (no connection in time)";
        }
        if (hasCause(why, ConnectException.class)) {
            return " (no connection)";
        }
        if (hasCause(why, SSLException.class)) {
            return " (TLS failed)";
        }
        if (hasCause(why, ProviderClient::isTunnelRefused)) {
            return " (the proxy gave no connection)";
        }
        return hasCause(why, IOException.class) ? " (the connection was lost)" : "";
    }

    /**
     * How a call is made.
     *
     * @param patience how long all of it may take
     * @param secrets what it sends that no fault may repeat
     */
    record Call(Duration patience, Collection<String> secrets) {
        static Call within(Duration patience, String... secrets) {
            return new Call(patience, List.of(secrets));
        }

        @Override
        public String toString() {
            return "Call[" + patience + "]";
        }
    }

    /**
     * What a provider answered.
     *
     * @param status its status
     * @param body its object, if it is one
     */
    record ProviderAnswer(int status, Optional<ObjectNode> body) {
        boolean agrees() {
            return status >= OK && status < NOT_OK;
        }

        /** Its object, if it agrees and has one. */
        Optional<ObjectNode> accepted() {
            return agrees() ? body : Optional.empty();
        }

        @Override
        public String toString() {
            return "ProviderAnswer[" + status + "]";
        }
    }
}
