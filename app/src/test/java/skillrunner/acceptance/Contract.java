package skillrunner.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.contract.Answer;
import skillrunner.contract.AnswerCheck;
import skillrunner.contract.ApiDocument;
import skillrunner.http.HttpServer;

/** The document that the server is held to: whatever a test is answered has to be in it. */
public final class Contract {
    /** What the server promises. */
    public static final ApiDocument DOCUMENT = read();

    private static final AnswerCheck ANSWERS = new AnswerCheck(DOCUMENT);

    private Contract() {}

    /** Holds an answer to the document that something else than the JDK's client was given. */
    public static void hold(
            String method, String target, int status, Map<String, List<String>> headers, Optional<String> body) {
        ANSWERS.hold(new Answer(
                method,
                target.replaceFirst("[?#].*", ""),
                status,
                headers.getOrDefault("content-type", List.of()).stream().findFirst(),
                headers.keySet(),
                body));
    }

    private static ApiDocument read() {
        try {
            return ApiDocument.read(Objects.requireNonNull(
                    HttpServer.class.getResourceAsStream("/skillrunner/http/contract/openapi.yaml")));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
