package skillrunner.acceptance.followers;

import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;

import static org.assertj.core.api.Assertions.assertThat;

/** Events as they came to one client: none twice, none left out. */
final class EventsSeen {
    private final List<JsonNode> events = new ArrayList<>();

    void add(JsonNode event) {
        assertThat(event.path("seq").longValue()).as(event.toString()).isEqualTo(last() + 1L);
        events.add(event);
    }

    /** Number of the last one. */
    int last() {
        return events.size();
    }

    List<JsonNode> all() {
        return List.copyOf(events);
    }
}
