package skillrunner.e2eclient.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** How a recording is written. */
final class RecordingFormat {
    private static final String REQUEST_ID = "request_id";
    private static final String CREATED_AT = "created_at";
    private static final String UPDATED_AT = "updated_at";
    private static final String STEPS = "steps";
    private static final String OK = "ok";

    private RecordingFormat() {}

    /** Reads a recording. @return empty for what is none */
    static Optional<Recording> read(byte[] bytes) {
        return Json.parse(bytes).flatMap(RecordingFormat::of);
    }

    private static Optional<Recording> of(JsonNode document) {
        Optional<String> id = Json.string(document, REQUEST_ID);
        if (id.isEmpty() || !document.path(STEPS).isArray()) {
            return Optional.empty();
        }
        List<RecordedStep> steps = new ArrayList<>();
        for (JsonNode step : document.path(STEPS)) {
            steps.add(new RecordedStep(
                    Json.string(step, "ts").orElse(""),
                    Json.string(step, "action").orElse(""),
                    OK.equals(Json.string(step, "status").orElse("")),
                    step.path("request"),
                    step.path("response")));
        }
        return Optional.of(new Recording(
                id.get(),
                Json.string(document, CREATED_AT).orElse(""),
                Json.string(document, UPDATED_AT).orElse(""),
                steps,
                document));
    }

    static ObjectNode empty(String requestId, String now) {
        ObjectNode document = Json.object();
        document.put(REQUEST_ID, requestId).put(CREATED_AT, now).put(UPDATED_AT, now);
        document.putArray(STEPS);
        return document;
    }

    static ObjectNode with(ObjectNode document, RecordedStep step) {
        document.put(UPDATED_AT, step.at());
        ObjectNode written = document.withArray(STEPS).addObject();
        written.put("ts", step.at()).put("action", step.action()).put("status", step.ok() ? OK : "error");
        written.set("request", step.request());
        written.set("response", step.response());
        return document;
    }
}
