package skillrunner.contract;

import java.net.http.HttpResponse;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Holds answers to a document: a status that the operation does not have, a header that is missing, another content type, and a
 * body with anything wrong, missing or unnamed in it are breaches. Safe for concurrent use.
 */
public final class AnswerCheck {
    private static final JsonMapper JSON = JsonMapper.builder().build();
    private static final int MOST_SHOWN = 600;

    /** What an address that is unknown answers, and one that is known to an unknown method; and what comes before either. */
    private static final List<String> BEFORE_ROUTES = List.of(
            "AddressUnknown",
            "MethodUnsupported",
            "RequestInvalid",
            "Unauthenticated",
            "OriginForeign",
            "ContentTypeUnsupported",
            "HostUnknown",
            "PasswordsExhausted",
            "Failed",
            "Unavailable");

    private final ApiDocument document;
    private final Schemas schemas;
    private final ReachedAnswers reached = ReachedAnswers.ofThisBuild();

    /**
     * Takes a document.
     *
     * @param document what answers are held to
     */
    public AnswerCheck(ApiDocument document) {
        this.document = document;
        this.schemas = new Schemas(document);
    }

    /**
     * Checks an answer.
     *
     * @param answer as it came
     * @return what is wrong with it, as a sentence; empty if nothing is, or if the document says nothing of its address
     */
    public Optional<String> breach(Answer answer) {
        if (document.leavesOut(answer.path()) || answer.method().equals("OPTIONS")) {
            return Optional.empty();
        }
        String method = answer.method().equals("HEAD") ? "GET" : answer.method();
        Optional<ApiDocument.Operation> operation = document.find(method, answer.path());
        operation.ifPresent(found -> reached.note(found, answer));
        return (operation.isPresent() ? ofOperation(answer, operation.get()) : elsewhere(answer))
                .map(reason -> answer + ", and " + reason + shown(answer));
    }

    /**
     * Checks an answer to a request whose address can be read in more than one way: the server may have read it as one that is
     * not there.
     *
     * @param answer as it came
     * @return what is wrong with it, as a sentence; empty if nothing is, or if the document says nothing of its address
     */
    public Optional<String> breachOfOddAddress(Answer answer) {
        return breach(answer).filter(breach -> elsewhere(answer).isPresent());
    }

    /**
     * Holds an answer to the document.
     *
     * @param response as it came; only a body that was read as text is looked at
     * @param <T> what the body was read as
     * @return the same
     * @throws AssertionError with what is wrong with it
     */
    public <T> HttpResponse<T> hold(HttpResponse<T> response) {
        hold(Answer.of(response));
        return response;
    }

    /**
     * Holds an answer to the document.
     *
     * @param answer as it came
     * @throws AssertionError with what is wrong with it
     */
    public void hold(Answer answer) {
        breach(answer).ifPresent(breach -> {
            throw new AssertionError(breach);
        });
    }

    private Optional<String> ofOperation(Answer answer, ApiDocument.Operation operation) {
        JsonNode response =
                document.resolve(operation.node().path("responses").path(Integer.toString(answer.status())));
        return response.isMissingNode()
                ? Optional.of(operation + " has no such status in the document")
                : ofResponse(answer, response);
    }

    private Optional<String> elsewhere(Answer answer) {
        JsonNode responses = document.root().at("/components/responses");
        boolean fits = BEFORE_ROUTES.stream()
                .map(responses::path)
                .filter(response -> !response.isMissingNode())
                .anyMatch(response -> ofResponse(answer, response).isEmpty());
        return fits ? Optional.empty() : Optional.of("the document has no such operation");
    }

    private Optional<String> ofResponse(Answer answer, JsonNode response) {
        Optional<String> missing = response.path("headers").properties().stream()
                .filter(header ->
                        document.resolve(header.getValue()).path("required").asBoolean(false))
                .map(header -> header.getKey())
                .filter(header -> !answer.headers().contains(header.toLowerCase(Locale.ROOT)))
                .findFirst();
        if (missing.isPresent()) {
            return Optional.of("it has no header " + missing.get());
        }
        JsonNode content = response.path("content");
        if (answer.method().equals("HEAD")
                || (content.isEmpty() && answer.body().orElse("").isEmpty())) {
            return Optional.empty();
        }
        String type = answer.contentType().orElse("").split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
        JsonNode media = content.path(type);
        if (media.isMissingNode()) {
            return Optional.of("the document does not have the content type '" + type + "' there");
        }
        return answer.body().flatMap(body -> ofBody(type, media, body));
    }

    private Optional<String> ofBody(String type, JsonNode media, String body) {
        if (type.equals("text/event-stream")) {
            return Arrays.stream(body.split("\n\n", -1))
                    .flatMap(frame -> ofFrame(media.path("x-events"), frame).stream())
                    .findFirst();
        }
        if (!type.endsWith("json")) {
            return Optional.empty();
        }
        return ofJson(media.path("schema"), body);
    }

    /** What was cut off at the end of a stream is no event. */
    private Optional<String> ofFrame(JsonNode events, String frame) {
        Optional<String> name = line(frame, "event:");
        Optional<String> data = line(frame, "data:");
        if (name.isEmpty() || data.isEmpty()) {
            return Optional.empty();
        }
        JsonNode schema = events.path(name.get());
        if (schema.isMissingNode()) {
            return Optional.of("the document has no event " + name.get() + " there");
        }
        return schema.path("type").asString("").equals("string")
                ? Optional.empty()
                : ofJson(schema, data.get()).map(reason -> "in the event " + name.get() + " " + reason);
    }

    private static Optional<String> line(String frame, String start) {
        return frame.lines()
                .filter(line -> line.startsWith(start))
                .map(line -> line.substring(start.length()).strip())
                .findFirst();
    }

    private Optional<String> ofJson(JsonNode schema, String text) {
        try {
            String breaches = schemas.breaches(schema, JSON.readTree(text));
            return breaches.isEmpty() ? Optional.empty() : Optional.of("its body breaks the schema: " + breaches);
        } catch (JacksonException e) {
            return Optional.of("its body is no JSON: " + e.getOriginalMessage());
        }
    }

    private static String shown(Answer answer) {
        return answer.body()
                .filter(body -> !body.isBlank())
                .map(body -> ". Body: " + body.substring(0, Math.min(MOST_SHOWN, body.length())))
                .orElse("");
    }
}
