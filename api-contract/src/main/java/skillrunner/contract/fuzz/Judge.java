package skillrunner.contract.fuzz;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.Set;
import skillrunner.contract.Answer;
import skillrunner.contract.AnswerCheck;

/** Says what is wrong with an answer, beyond what the document itself says. */
final class Judge {
    private static final int FIRST_FAILURE = 500;

    private final AnswerCheck document;
    private final Set<Integer> failures;

    Judge(AnswerCheck document, Set<Integer> failures) {
        this.document = document;
        this.failures = Set.copyOf(failures);
    }

    Optional<String> finding(FuzzRequest request, RawAnswer answer) {
        String body = new String(answer.body(), StandardCharsets.UTF_8);
        if (answer.status() == 0) {
            return Optional.of("there is no answer: '" + body.substring(0, Math.min(100, body.length())) + "'");
        }
        if (answer.status() >= FIRST_FAILURE && !failures.contains(answer.status())) {
            return Optional.of("the server fails with " + answer.status() + ": " + body);
        }
        if (answer.headers().containsKey("x-planted")) {
            return Optional.of("the answer has a header of the client's");
        }
        boolean head = request.method().equals("HEAD");
        if (head && body.length() > 0) {
            return Optional.of("the answer to HEAD has a body");
        }
        String length = answer.headers().get("content-length");
        if (answer.whole()
                && !head
                && length != null
                && !length.equals(Integer.toString(answer.body().length))
                && answer.status() != 304) {
            return Optional.of("it has " + answer.body().length + " bytes and says " + length);
        }
        if (answer.headers().getOrDefault("content-type", "").startsWith("application/problem+json")
                && (body.contains(".java:") || body.contains("Exception"))) {
            return Optional.of("it tells how the server is made: " + body);
        }
        Answer asked = answer.as(request.method(), request.path());
        return request.plain() ? document.breach(asked) : document.breachOfOddAddress(asked);
    }
}
