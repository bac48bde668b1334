package skillrunner.client;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InterruptedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpTimeoutException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;

/**
 * Carries calls to one server and reads what comes back; the generated classes are made of it. It never follows a redirect, so what says
 * who one is goes to this server only; it waits for nothing without a limit and keeps no answer that is larger than it should be.
 * Thread-safe.
 */
public final class Transport {
    private static final int PROBLEM_BYTES = 1024 * 1024;
    private static final int SHOWN_CHARACTERS = 200;
    private static final Duration PATIENCE_OF_UPLOADS = Duration.ofMinutes(15);

    private final Exchanges exchanges;
    private final String base;
    private final Optional<Credentials> credentials;
    private final Duration timeout;
    private final int answerBytes;

    Transport(HttpClient http, URI server, Optional<Credentials> credentials, Duration timeout, int answerBytes) {
        this.base = server.toString().replaceAll("/+$", "");
        this.exchanges = new Exchanges(http, base);
        this.credentials = credentials;
        this.timeout = timeout;
        this.answerBytes = answerBytes;
    }

    /**
     * Makes a call that answers with a value.
     *
     * @param call the call
     * @param type what is expected
     * @param <T> what is expected
     * @return the answer
     * @throws IOException if there is none, or another one
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> T one(Call call, Class<T> type) throws IOException, InterruptedException {
        Answer answer = accepted(call);
        try {
            return Json.read(answer.body(), type);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw unreadable(call, answer, e);
        }
    }

    /**
     * Makes a call that answers with a list.
     *
     * @param call the call
     * @param type what is expected in it
     * @param <T> what is expected in it
     * @return the answer
     * @throws IOException if there is none, or another one
     * @throws InterruptedException if the thread is interrupted
     */
    public <T> List<T> list(Call call, Class<T> type) throws IOException, InterruptedException {
        Answer answer = accepted(call);
        try {
            return Json.readList(answer.body(), type);
        } catch (JacksonException | IllegalArgumentException | NullPointerException e) {
            throw unreadable(call, answer, e);
        }
    }

    /**
     * Makes a call whose answer says nothing but that it worked.
     *
     * @param call the call
     * @throws IOException if it did not
     * @throws InterruptedException if the thread is interrupted
     */
    public void none(Call call) throws IOException, InterruptedException {
        Answer answer = text(call);
        if (answer.status() / 100 != 2) {
            throw refusal(call, answer);
        }
    }

    /**
     * Makes a call that answers with bytes.
     *
     * @param call the call
     * @return the answer, which is what the call asked for; to be closed
     * @throws IOException if there is none, or another one
     * @throws InterruptedException if the thread is interrupted
     */
    public Download open(Call call) throws IOException, InterruptedException {
        Download download = send(call, timeout);
        if (download.status() / 100 == 2) {
            return download;
        }
        try (download) {
            throw refusal(call, read(call, download));
        }
    }

    /** Makes a call whatever its status. */
    Answer text(Call call) throws IOException, InterruptedException {
        try (Download download = send(call, timeout)) {
            return read(call, download);
        }
    }

    /** Makes a call whatever its status; its bytes come one after another. */
    Download send(Call call) throws IOException, InterruptedException {
        return send(call, timeout);
    }

    /** Makes a call whatever its status; its bytes come one after another, with no longer silence between them than that. */
    Download send(Call call, Duration silence) throws IOException, InterruptedException {
        if (call.parts().isEmpty()) {
            return exchanges.send(request(call), silence, new Pace(silence, silence, System::nanoTime));
        }
        try (FormBody form = new FormBody(call.parts())) {
            // Much takes long, but whoever takes nothing any more, or all and says nothing, is not waited for.
            Pace pace = new Pace(silence, PATIENCE_OF_UPLOADS, System::nanoTime);
            HttpRequest.Builder request = builder(call)
                    .header("Content-Type", form.contentType())
                    .method(call.method(), new PacedBody(form.publisher(), pace::moved));
            return exchanges.send(request.build(), silence, pace);
        }
    }

    /** Turns an answer that is no success into what is thrown. */
    IOException refusal(Call call, Answer answer) {
        if (answer.status() / 100 == 3) {
            return new UnexpectedAnswerException(
                    answer.status(),
                    base + " sends " + call.target() + " on to "
                            + shown(answer.header("location").orElse("nowhere")) + ", which is not followed");
        }
        if (answer.contentType().startsWith("application/problem+json")) {
            try {
                Map<String, Object> members = Json.readMembers(answer.body());
                return new ProblemException(answer.status(), members, retryAfter(answer));
            } catch (JacksonException | IllegalArgumentException e) {
                return unreadable(call, answer, e);
            }
        }
        return new UnexpectedAnswerException(
                answer.status(),
                base + call.target() + " answers " + answer.status() + " and not as a Skill Runner does: "
                        + shown(answer.body()));
    }

    private Answer accepted(Call call) throws IOException, InterruptedException {
        Answer answer = text(call);
        if (answer.status() / 100 != 2) {
            throw refusal(call, answer);
        }
        if (!answer.contentType().startsWith("application/json")) {
            throw new UnexpectedAnswerException(
                    answer.status(),
                    base + call.target() + " answers " + shown(answer.contentType())
                            + " instead of JSON: is it a Skill Runner?");
        }
        return answer;
    }

    private UnexpectedAnswerException unreadable(Call call, Answer answer, RuntimeException why) {
        return new UnexpectedAnswerException(
                answer.status(),
                "the answer of " + base + call.target() + " can't be read: " + shown(String.valueOf(why.getMessage())),
                why);
    }

    /** Reads the rest of an answer as text. */
    Answer read(Call call, Download download) throws IOException, InterruptedException {
        int limit = download.status() / 100 == 2 ? answerBytes : Math.min(answerBytes, PROBLEM_BYTES);
        long begin = System.nanoTime();
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] buffer = new byte[64 * 1024];
        InputStream body = download.body();
        try {
            for (int count = body.read(buffer); count >= 0; count = body.read(buffer)) {
                if (bytes.size() + count > limit) {
                    throw new UnexpectedAnswerException(
                            download.status(),
                            "the answer of " + base + call.target() + " is over " + limit
                                    + " bytes, and no more is taken");
                }
                bytes.write(buffer, 0, count);
                // A byte now and then is no silence, but it is no answer either. Divided, for the JDK multiplies a
                // duration as a decimal,
                // which a short command would load for this alone.
                if ((System.nanoTime() - begin) / 4 > timeout.toNanos()) {
                    throw new HttpTimeoutException("the answer of " + base + call.target() + " takes too long");
                }
            }
        } catch (InterruptedIOException e) {
            throw interrupted(e);
        }
        return new Answer(download.status(), download.headers(), bytes.toString(StandardCharsets.UTF_8));
    }

    private HttpRequest request(Call call) {
        HttpRequest.Builder request = builder(call);
        @Nullable Object json = call.json();
        if (json != null) {
            String type = json instanceof RawBody raw ? raw.contentType() : "application/json";
            return request.header("Content-Type", type)
                    .method(
                            call.method(),
                            BodyPublishers.ofString(json instanceof RawBody raw ? raw.text() : Json.write(json)))
                    .build();
        }
        return request.method(call.method(), BodyPublishers.noBody()).build();
    }

    private HttpRequest.Builder builder(Call call) {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base + call.target()));
        call.headers().forEach(request::header);
        credentials.ifPresent(known -> request.setHeader("Authorization", known.authorization()));
        return request;
    }

    /** Breaks what is under way; nothing can be sent any more. */
    void close() {
        exchanges.close();
    }

    private static Optional<Duration> retryAfter(Answer answer) {
        return answer.header("retry-after")
                .filter(seconds -> seconds.matches("\\d{1,9}"))
                .map(seconds -> Duration.ofSeconds(Long.parseLong(seconds)));
    }

    /** What the stream can only say by an exception of its own. */
    static InterruptedException interrupted(InterruptedIOException e) {
        Thread.interrupted();
        InterruptedException interrupted = new InterruptedException(e.getMessage());
        interrupted.initCause(e);
        return interrupted;
    }

    /** A text of the server as it may be shown: short, and nothing in it moves a terminal. */
    private static String shown(String text) {
        String line = text.replaceAll("\\p{Cntrl}+", " ").strip();
        return line.length() > SHOWN_CHARACTERS ? line.substring(0, SHOWN_CHARACTERS) + "…" : line;
    }

    /** A body that is sent as it is. */
    record RawBody(String contentType, String text) {}
}
