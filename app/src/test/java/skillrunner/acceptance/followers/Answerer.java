package skillrunner.acceptance.followers;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import skillrunner.acceptance.ApiClient;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Answers every question, until it knows what was decided; others may answer the same ones. */
final class Answerer implements Follower {
    private final String run;
    private final String name;
    private final Draws draws;
    private final Map<Integer, String> decided = new TreeMap<>();
    private int asked;

    Answerer(String run, String name, Draws draws) {
        this.run = run;
        this.name = name;
        this.draws = draws;
    }

    @Override
    public boolean goOn(ApiClient api) {
        if (asked > 0 && !decided.containsKey(asked)) {
            // An answer of which nobody said what became of it is sent again.
            reply(api);
        }
        JsonNode pending = api.get(run + "/interaction/pending?wait_seconds=20").json();
        if (!pending.get("pending").isNull()) {
            asked = pending.get("pending").get("interaction_id").intValue();
            if (!decided.containsKey(asked)) {
                reply(api);
            }
        }
        return ApiClient.ENDED.contains(pending.get("status").stringValue());
    }

    private void reply(ApiClient api) {
        String words = name + " wählt 颜色 " + asked;
        Map<String, Object> body = new HashMap<>(Map.of("interaction_id", asked, "response", words));
        if (draws.of(true, false)) {
            body.put("idempotency_key", name + "-" + asked);
        }
        ApiClient.Answer answer = api.post(run + "/interaction/reply", body);
        assertThat(answer.status()).as(answer.body()).isIn(200, 409);
        decided.put(
                asked,
                answer.status() == 200
                        ? words
                        : answer.json().at("/decision/response").stringValue());
    }

    /** What each question was decided to be, as far as this one knows. */
    Map<Integer, String> decided() {
        return decided;
    }
}
