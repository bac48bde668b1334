package skillrunner.acceptance.followers;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import skillrunner.acceptance.ApiClient;
import skillrunner.acceptance.EventLines;
import skillrunner.client.Download;
import skillrunner.testkit.random.Draws;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/** Reads both output streams as events, and goes on by offsets or, as a browser does, by the last event's id. */
final class OutputFollower implements Follower {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final String events;
    private final Draws draws;
    private final ByteArrayOutputStream stdout = new ByteArrayOutputStream();
    private final ByteArrayOutputStream stderr = new ByteArrayOutputStream();
    private String lastId = "0.0.0";
    private boolean begun;
    private boolean done;

    OutputFollower(String events, Draws draws) {
        this.events = events;
        this.draws = draws;
    }

    @Override
    public boolean goOn(ApiClient api) throws IOException, InterruptedException {
        begun = false;
        Download answer = draws.of(true, false)
                ? api.open(events + "?stdout_from=" + stdout.size() + "&stderr_from=" + stderr.size(), Map.of())
                : api.open(events, Map.of("Last-Event-ID", lastId));
        if (answer.status() == 204) {
            return true;
        }
        assertThat(answer.status()).isEqualTo(200);
        Frames.read(answer, this::take);
        return done;
    }

    private void take(EventLines.Frame frame) {
        JsonNode data = JSON.readTree(frame.data());
        assertThat(frame.name().equals("snapshot")).as("the first event alone").isEqualTo(!begun);
        begun = true;
        switch (frame.name()) {
            case "snapshot" -> {
                assertThat(data.get("stdout_offset").intValue()).isEqualTo(stdout.size());
                assertThat(data.get("stderr_offset").intValue()).isEqualTo(stderr.size());
            }
            case "stdout" -> append(stdout, data);
            case "stderr" -> append(stderr, data);
            case "end" -> done = data.get("reason").stringValue().equals("terminal");
            default -> {}
        }
        if (!frame.id().isEmpty()) {
            lastId = frame.id();
        }
    }

    private static void append(ByteArrayOutputStream stream, JsonNode data) {
        assertThat(data.get("from").intValue()).isEqualTo(stream.size());
        stream.writeBytes(data.get("chunk").stringValue().getBytes(StandardCharsets.UTF_8));
        assertThat(data.get("to").intValue()).isEqualTo(stream.size());
    }

    byte[] stdout() {
        return stdout.toByteArray();
    }

    byte[] stderr() {
        return stderr.toByteArray();
    }
}
