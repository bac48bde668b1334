package skillrunner.acceptance.followers;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.json.JsonMapper;

/** Keeps the messages of a durable stream; those of an answer that was cut off are asked for again. */
final class EventsTaken implements DurableFollower.Taking {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private final EventsSeen seen = new EventsSeen();

    @Override
    public void body(InputStream body) throws IOException {
        event(new String(body.readAllBytes(), StandardCharsets.UTF_8));
    }

    @Override
    public void event(String data) {
        JSON.readTree(data).forEach(seen::add);
    }

    @Override
    public long offset() {
        return seen.last();
    }

    EventsSeen seen() {
        return seen;
    }
}
