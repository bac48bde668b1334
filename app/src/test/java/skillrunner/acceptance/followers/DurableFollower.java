package skillrunner.acceptance.followers;

import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.EventLines;
import skillrunner.client.Download;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads a durable stream, by long-poll or as events, as it comes. */
final class DurableFollower implements Follower {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String stream;
    private final Draws draws;
    private final Taking taking;
    private boolean closed;

    /** What is done with what comes. */
    interface Taking {
        /** Takes the body of an answer. @throws IOException if it was cut off */
        void body(InputStream body) throws IOException;

        /** Takes the data of one event. */
        void event(String data);

        /** How much is there. */
        long offset();
    }

    DurableFollower(String stream, Draws draws, Taking taking) {
        this.stream = stream;
        this.draws = draws;
        this.taking = taking;
    }

    @Override
    public boolean goOn(ApiClient api) throws IOException, InterruptedException {
        boolean poll = draws.of(true, false);
        Download answer = api.open(
                stream + "?live=" + (poll ? "long-poll" : "sse") + "&offset=" + "%018d".formatted(taking.offset()),
                Map.of());
        assertThat(answer.status()).isIn(200, 204);
        if (!poll) {
            Frames.read(answer, this::take);
            return closed;
        }
        if (answer.status() == 200) {
            try (InputStream body = answer.body()) {
                taking.body(body);
            }
        }
        assertOffset(answer.header("stream-next-offset").orElse(""));
        return answer.header("stream-closed").isPresent();
    }

    private void take(EventLines.Frame frame) {
        if (frame.name().equals("data")) {
            taking.event(frame.data());
            return;
        }
        JsonNode control = JSON.readTree(frame.data());
        assertOffset(control.get("streamNextOffset").stringValue());
        closed = control.path("streamClosed").booleanValue(false);
    }

    private void assertOffset(String told) {
        assertThat(told).isEqualTo("%018d", taking.offset());
    }
}
