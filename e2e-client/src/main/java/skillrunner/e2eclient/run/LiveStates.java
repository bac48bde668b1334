package skillrunner.e2eclient.run;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;

/** How runs stand now. Most are told in one answer; a server that can't be reached is asked once. Used by one request. */
final class LiveStates {
    private static final String LISTED = "/v1/management/runs?limit=200";
    private static final int NOT_FOUND = 404;

    private final Backend backend;
    private final Map<String, JsonNode> listed = new HashMap<>();
    private Optional<BackendException> away = Optional.empty();

    /**
     * A run as it stands.
     *
     * @param status the server's word, or {@code unavailable} or {@code gone}
     * @param engine the engine; may be empty
     * @param why why nothing is known; may be empty
     */
    record State(String status, String engine, String why) {}

    private LiveStates(Backend backend) {
        this.backend = backend;
    }

    static LiveStates ask(Backend backend) {
        LiveStates states = new LiveStates(backend);
        try {
            for (JsonNode run : backend.get(LISTED).path("runs")) {
                Json.string(run, "request_id").ifPresent(id -> states.listed.put(id, run));
            }
        } catch (BackendException e) {
            states.away = Optional.of(e);
        }
        return states;
    }

    State of(String request) {
        JsonNode run = listed.get(request);
        if (run != null) {
            return state(run);
        }
        if (away.isPresent()) {
            return unavailable(away.get());
        }
        if (!PathId.isId(request)) {
            return new State("gone", "", "");
        }
        try {
            return state(backend.get("/v1/management/runs/" + request));
        } catch (BackendException e) {
            if (e.status() == NOT_FOUND) {
                return new State("gone", "", "");
            }
            away = Optional.of(e).filter(BackendException::isUnreachable);
            return unavailable(e);
        }
    }

    private static State state(JsonNode run) {
        return new State(
                Json.string(run, "status").orElse(""),
                Json.string(run, "engine").orElse(""),
                "");
    }

    private static State unavailable(BackendException why) {
        return new State("unavailable", "", why.detail());
    }
}
