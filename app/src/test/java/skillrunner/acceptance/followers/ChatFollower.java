package skillrunner.acceptance.followers;

import java.io.IOException;
import java.util.Map;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.EventLines;
import skillrunner.client.Download;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads what a front end shows as events of the run, and goes on by the cursor or by the last event's id. */
final class ChatFollower implements Follower {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String events;
    private final Draws draws;
    private final EventsSeen seen = new EventsSeen();
    private String lastId = "0.0.0";
    private boolean done;

    ChatFollower(String events, Draws draws) {
        this.events = events;
        this.draws = draws;
    }

    @Override
    public boolean goOn(ApiClient api) throws IOException, InterruptedException {
        Download answer = draws.of(true, false)
                ? api.open(events + "?streams=chat&cursor=" + seen.last(), Map.of())
                : api.open(events + "?streams=chat", Map.of("Last-Event-ID", lastId));
        if (answer.status() == 204) {
            return true;
        }
        assertThat(answer.status()).isEqualTo(200);
        Frames.read(answer, this::take);
        return done;
    }

    private void take(EventLines.Frame frame) {
        if (frame.name().equals("chat_event")) {
            seen.add(JSON.readTree(frame.data()));
        } else if (frame.name().equals("end")) {
            done = JSON.readTree(frame.data()).get("reason").stringValue().equals("terminal");
        }
        if (!frame.id().isEmpty()) {
            lastId = frame.id();
        }
    }

    EventsSeen seen() {
        return seen;
    }
}
