package skillrunner.commandline.run;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.commandline.server.CommandFailedException;
import skillrunner.commandline.server.Connection;
import skillrunner.commandline.server.Document;
import skillrunner.commandline.server.ExitCodes;
import skillrunner.commandline.server.Json;
import skillrunner.commandline.server.Session;
import skillrunner.commandline.terminal.Console;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** Tells how a run stands or has ended, saves what it left, and says the exit code for it. */
final class RunOutcome {
    private final Connection connection;
    private final Console console;
    private final String requestId;

    @Nullable
    private final ArtifactFolder folder;

    RunOutcome(Session session, String requestId, @Nullable ArtifactFolder folder) {
        this.connection = session.connection();
        this.console = session.console();
        this.requestId = Objects.requireNonNull(requestId);
        this.folder = folder;
    }

    /** Refuses to tell about a run that has not ended. */
    void refuseUnended() throws IOException, InterruptedException {
        String status = Document.text(state(), "status");
        if (List.of("queued", "running").contains(status)) {
            throw CommandFailedException.refused("RESULT_NOT_FOUND", "the run has not ended: it is " + status);
        }
    }

    /**
     * Tells it to people: the answer as a result, all else as messages.
     *
     * @param answer whether the answer is printed
     * @param warned what was said before
     * @return the exit code
     * @throws IOException if the server can't be reached any more
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    int tell(boolean answer, Collection<String> warned) throws IOException, InterruptedException {
        JsonNode state = state();
        int code = code(state);
        for (JsonNode warning : state.path("warnings")) {
            if (!warned.contains(warning.asString(""))) {
                console.noteFaintly("! " + warning.asString(""));
            }
        }
        JsonNode error = state.path("error");
        if (error.isObject()) {
            console.fault(Document.text(error, "code"), Document.text(error, "message"));
            String stderr = Document.text(error, "stderr");
            if (!stderr.isBlank()) {
                console.noteFaintly(stderr.stripTrailing());
            }
        } else if (code == ExitCodes.CANCELED) {
            console.fault("CANCELED_BY_USER", "the run was canceled");
        }
        Optional<ArtifactFolder.Saved> saved = save(state);
        if (answer) {
            JsonNode data = result(state).path("data");
            if (data.isObject()) {
                console.json(Json.pretty(data));
            }
        }
        saved.ifPresent(this::tell);
        return code(code, saved);
    }

    /**
     * Tells it to a program, as one document.
     *
     * @param event whether it is the last line of several, which all say what they are
     * @return the exit code
     * @throws IOException if the server can't be reached any more
     * @throws InterruptedException if the thread was interrupted meanwhile
     */
    int tellPrograms(boolean event) throws IOException, InterruptedException {
        JsonNode state = state();
        Optional<ArtifactFolder.Saved> saved = save(state);
        ObjectNode document = Json.object();
        if (event) {
            document.put("event", "result");
        }
        for (String name :
                List.of("request_id", "run_id", "status", "skill_id", "engine", "cache_hit", "warnings", "error")) {
            document.set(name, state.path(name));
        }
        JsonNode result = result(state);
        document.set("result", result.isMissingNode() ? null : result);
        ArrayNode files = document.putArray("saved");
        saved.ifPresent(all -> all.saved().forEach(path -> files.add(path.toString())));
        ArrayNode refused = document.putArray("refused");
        saved.ifPresent(all -> all.refused().forEach(refused::add));
        console.json(event ? Json.line(document) : Json.pretty(document));
        return code(code(state), saved);
    }

    private JsonNode state() throws IOException, InterruptedException {
        return connection
                .get("/v1/management/runs/" + Connection.segment(requestId))
                .tree();
    }

    /** The result document; missing where there is none yet. */
    private JsonNode result(JsonNode state) throws IOException, InterruptedException {
        try {
            return connection.get(address(state) + "/result").tree().path("result");
        } catch (CommandFailedException e) {
            if (e.code().equals("RESULT_NOT_FOUND")) {
                return Json.object().path("result");
            }
            throw e;
        }
    }

    private Optional<ArtifactFolder.Saved> save(JsonNode state) throws IOException, InterruptedException {
        if (folder == null) {
            return Optional.empty();
        }
        String run = address(state);
        JsonNode listed = connection.get(run + "/artifacts").tree();
        List<String> artifacts = listed.path("artifacts")
                .valueStream()
                .map(path -> path.asString(""))
                .toList();
        ArtifactFolder.Saved saved = folder.save(connection, run, artifacts);
        if (!listed.path("truncated").asBoolean(false)) {
            return Optional.of(saved);
        }
        List<String> refused = new ArrayList<>(saved.refused());
        refused.add("more than the server lists; `runs bundle` has them");
        return Optional.of(new ArtifactFolder.Saved(saved.saved(), refused));
    }

    private void tell(ArtifactFolder.Saved saved) {
        saved.saved().forEach(path -> console.note("saved " + path));
        saved.refused().forEach(name -> console.fault("ARTIFACT_NOT_SAVED", name));
    }

    /** Where results of a run of its kind are. */
    private String address(JsonNode state) {
        return address(state, requestId);
    }

    static String address(JsonNode state, String requestId) {
        boolean temporary = Document.text(state, "kind").equals("temp");
        return (temporary ? "/v1/temp-skill-runs/" : "/v1/jobs/") + Connection.segment(requestId);
    }

    private static int code(JsonNode state) {
        return switch (Document.text(state, "status")) {
            case "succeeded" -> ExitCodes.SUCCEEDED;
            case "canceled" -> ExitCodes.CANCELED;
            case "waiting_user" -> ExitCodes.WAITS;
            default -> ExitCodes.FAILED;
        };
    }

    private static int code(int verdict, Optional<ArtifactFolder.Saved> saved) {
        boolean incomplete = saved.isPresent() && !saved.get().refused().isEmpty();
        return verdict == ExitCodes.SUCCEEDED && incomplete ? ExitCodes.FAILED : verdict;
    }
}
