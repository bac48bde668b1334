package skillrunner.http;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpResponse;
import java.util.Objects;
import skillrunner.contract.AnswerCheck;
import skillrunner.contract.ApiDocument;

/** The document that the server is held to: whatever a test bed answers has to be in it. */
final class Contract {
    static final ApiDocument DOCUMENT = read();

    private static final AnswerCheck ANSWERS = new AnswerCheck(DOCUMENT);

    private Contract() {}

    /** Holds an answer to the document. A test bed has some routes only, and may say so. */
    static HttpResponse<String> hold(HttpResponse<String> response) {
        return response.statusCode() == 404 && response.body().contains("ROUTE_NOT_FOUND")
                ? response
                : ANSWERS.hold(response);
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
