package skillrunner.acceptance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Objects;
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

    /** Holds an answer to the document. @return the same answer */
    static <T> HttpResponse<T> hold(HttpResponse<T> response) {
        return ANSWERS.hold(response);
    }

    /** Holds an answer to the document whose body came bit by bit. */
    static void hold(HttpResponse<?> response, String body) {
        ANSWERS.hold(Answer.of(response).withBody(body));
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
