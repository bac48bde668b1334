package skillrunner.standin;

import tools.jackson.databind.JsonNode;

/** Spells server-sent events. JSON text has no raw line breaks, so one data line per event is enough. */
final class Sse {

    static final String CONTENT_TYPE = "text/event-stream";

    /** A comment: clients skip it, proxies and sockets stay awake. */
    static final String COMMENT = ": waiting\n\n";

    private Sse() {}

    static String data(JsonNode json) {
        return data(json.toString());
    }

    static String data(String text) {
        return "data: " + text + "\n\n";
    }

    static String event(String name, JsonNode json) {
        return "event: " + name + "\n" + data(json);
    }
}
