package skillrunner.acceptance.followers;

import skillrunner.acceptance.ApiClient;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads what has happened page by page, again and again. */
final class HistoryFollower implements Follower {
    private static final int MOST = 40;

    private final String run;
    private final Draws draws;
    private final EventsSeen seen = new EventsSeen();

    HistoryFollower(String run, Draws draws) {
        this.run = run;
        this.draws = draws;
    }

    @Override
    public boolean goOn(ApiClient api) {
        String status = api.get(run).json().get("status").stringValue();
        ApiClient.Answer page =
                api.get(run + "/events/history?from_seq=" + (seen.last() + 1) + "&limit=" + draws.between(1, MOST));
        assertThat(page.status()).isEqualTo(200);
        JsonNode events = page.json().get("events");
        events.forEach(seen::add);
        boolean more = page.json().get("truncated").booleanValue();
        if (more) {
            assertThat(page.json().get("next_seq").intValue()).isEqualTo(seen.last() + 1);
        } else if (events.isEmpty()) {
            // There is nothing new: the next look is worth while when the run asks or has ended, or a second later.
            api.get(run + "/interaction/pending?wait_seconds=1");
        }
        // The status was read before the events: whoever sees the end finds all of them.
        return !more && ApiClient.ENDED.contains(status);
    }

    EventsSeen seen() {
        return seen;
    }
}
