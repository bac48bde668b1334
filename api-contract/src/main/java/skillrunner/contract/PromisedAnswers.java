package skillrunner.contract;

import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;
import tools.jackson.databind.JsonNode;

/** Each status of each operation of a document, with each of its problem codes. Immutable. */
public final class PromisedAnswers {
    private final Set<String> lines;

    private PromisedAnswers(Set<String> lines) {
        this.lines = Collections.unmodifiableSet(lines);
    }

    /**
     * Reads what a document promises.
     *
     * @param document the document
     * @return its answers
     */
    public static PromisedAnswers of(ApiDocument document) {
        Set<String> lines = new TreeSet<>();
        for (ApiDocument.Operation operation : document.operations()) {
            operation.node().path("responses").properties().forEach(response -> {
                JsonNode content = document.resolve(response.getValue()).path("content");
                JsonNode codes =
                        content.path("application/problem+json").path("schema").at("/allOf/1/properties/code/enum");
                codes.forEach(code -> lines.add(line(operation, response.getKey(), code.stringValue())));
                if (!content.has("application/problem+json") || content.size() > 1) {
                    lines.add(line(operation, response.getKey(), ""));
                }
            });
        }
        return new PromisedAnswers(lines);
    }

    /**
     * Tells whether an operation has an answer.
     *
     * @param operation the operation
     * @param answer its status; behind a space its code, if it is a problem
     * @return true if it is promised
     */
    public boolean has(ApiDocument.Operation operation, String answer) {
        return lines.contains(operation + " " + answer);
    }

    Set<String> lines() {
        return lines;
    }

    /** How an answer is told. */
    static String line(ApiDocument.Operation operation, String status, String code) {
        return operation + " " + status + (code.isEmpty() ? "" : " " + code);
    }
}
