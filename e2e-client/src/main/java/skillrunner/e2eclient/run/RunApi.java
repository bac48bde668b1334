package skillrunner.e2eclient.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.backend.Segment;
import skillrunner.e2eclient.event.EventRelay;
import skillrunner.e2eclient.recording.Action;
import skillrunner.e2eclient.recording.Recording;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.web.HeadAnswers;
import skillrunner.e2eclient.web.JsonBody;
import skillrunner.e2eclient.web.PathId;
import skillrunner.e2eclient.web.RefusedException;
import tools.jackson.databind.JsonNode;

/** {@code /api}: what the scripts of the pages ask, passed on to the server. */
public final class RunApi {
    private static final String RUN = "/api/runs/{" + PathId.REQUEST + "}";
    private static final String MANAGED = "/v1/management/runs/";
    private static final String LAST_EVENT = "Last-Event-ID";

    private final Backend backend;
    private final Recordings recordings;
    private final EventRelay events;

    /**
     * Takes what it works with.
     *
     * @param backend the server
     * @param recordings where answers are recorded
     * @param events passes streams on
     */
    public RunApi(Backend backend, Recordings recordings, EventRelay events) {
        this.backend = Objects.requireNonNull(backend);
        this.recordings = Objects.requireNonNull(recordings);
        this.events = Objects.requireNonNull(events);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(RUN, ctx -> pass(ctx, ""));
        routes.get(RUN + "/pending", ctx -> pass(ctx, "/pending"));
        routes.get(RUN + "/bundle/entries", ctx -> pass(ctx, "/files"));
        routes.get(RUN + "/bundle/file", ctx -> json(ctx, preview(backend, PathId.request(ctx), path(ctx))));
        routes.get(RUN + "/events", this::follow);
        routes.post(RUN + "/reply", this::reply);
        routes.get("/api/recordings/{" + PathId.REQUEST + "}", this::recording);
    }

    /** The path of a file that is asked for. @throws RefusedException without one */
    static String path(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("path"))
                .filter(path -> !path.isBlank())
                .orElseThrow(() -> RefusedException.invalid("path is required"));
    }

    static JsonNode preview(Backend backend, String request, String path) {
        return backend.get(MANAGED + request + "/file?path=" + Segment.encode(path));
    }

    static JsonNode entries(Backend backend, String request) {
        return backend.get(MANAGED + request + "/files");
    }

    private void pass(Context ctx, String part) {
        json(ctx, backend.get(MANAGED + PathId.request(ctx) + part));
    }

    private static void json(Context ctx, JsonNode value) {
        ctx.result(Json.text(value));
        ctx.contentType("application/json");
    }

    private void follow(Context ctx) throws IOException {
        String path = MANAGED + PathId.request(ctx) + "/events" + query(ctx);
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("Accept", "text/event-stream");
        Optional.ofNullable(ctx.header(LAST_EVENT))
                .filter(id -> id.length() <= 200 && id.chars().allMatch(each -> each > ' ' && each < 0x7F))
                .ifPresent(id -> headers.put(LAST_EVENT, id));
        HttpServletResponse response = ctx.res();
        response.setContentType("text/event-stream");
        response.setHeader("X-Accel-Buffering", "no");
        response.flushBuffer();
        if (HeadAnswers.isWanted(ctx)) {
            // Whatever the server says would stand inside the stream.
            return;
        }
        events.relay(path, headers, response.getOutputStream());
    }

    /** The query as it came. @throws RefusedException for one that can be no part of an address */
    private static String query(Context ctx) {
        String query = ctx.queryString() == null ? "" : "?" + ctx.queryString();
        try {
            return new URI(query).toString();
        } catch (URISyntaxException e) {
            throw RefusedException.invalid("The query has characters that have to be encoded");
        }
    }

    private void reply(Context ctx) {
        String request = PathId.request(ctx);
        JsonNode reply = JsonBody.object(ctx);
        try {
            JsonNode answer = backend.post(MANAGED + request + "/reply", reply, Map.of());
            recordings.add(request, Action.REPLY, true, reply, answer);
            json(ctx, answer);
        } catch (BackendException e) {
            recordings.add(
                    request,
                    Action.REPLY,
                    false,
                    reply,
                    Json.object().put("status_code", e.status()).put("detail", e.detail()));
            throw e;
        }
    }

    private void recording(Context ctx) {
        Recording found = recordings
                .find(ctx.pathParam(PathId.REQUEST))
                .orElseThrow(() -> RefusedException.notFound("There is no such recording"));
        json(ctx, found.document());
    }
}
