package skillrunner.http.run;

import java.util.Optional;
import java.util.Set;
import skillrunner.application.run.interaction.Reply;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.http.JsonBody;

/** The body of an answer. */
final class InteractionBody {
    private static final Set<String> FIELDS = Set.of("interaction_id", "response", "idempotency_key");

    private InteractionBody() {}

    /** @throws skillrunner.domain.problem.RefusedException with {@code REQUEST_INVALID} that names every wrong field */
    static Reply reply(JsonBody body) {
        body.allowOnly(FIELDS);
        int number = body.requiredPositive("interaction_id");
        Optional<Object> response = body.requiredValue("response");
        Optional<IdempotencyKey> key = body.text("idempotency_key").flatMap(text -> {
            Optional<IdempotencyKey> parsed = IdempotencyKey.parse(text);
            if (parsed.isEmpty()) {
                body.refuse("idempotency_key", "must be 1 to 255 visible ASCII characters");
            }
            return parsed;
        });
        body.refuseIfWrong();
        return new Reply(number, response, key);
    }
}
