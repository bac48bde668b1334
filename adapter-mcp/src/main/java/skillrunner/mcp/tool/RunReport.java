package skillrunner.mcp.tool;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.application.run.result.RunArtifacts;
import skillrunner.application.storage.StoredBytes;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunStatus;
import skillrunner.mcp.resource.ResultFile;
import skillrunner.mcp.resource.RunAddress;
import tools.jackson.databind.json.JsonMapper;

/** Tells where a run stands and what it came to. Safe for concurrent use. */
final class RunReport {
    /** More artifacts are not named one by one. */
    private static final int MOST_ARTIFACTS = 100;

    private static final int LONGEST_MESSAGE = 4_000;

    private final RunUseCases runs;
    private final ResultFile results;
    private final JsonMapper json;

    RunReport(RunUseCases runs, JsonMapper json) {
        this.runs = runs;
        this.results = new ResultFile(json);
        this.json = json;
    }

    /** The schema of all answers of tools about runs, plain values. */
    static Map<String, Object> schema() {
        Map<String, Object> properties = new LinkedHashMap<>();
        properties.put("request_id", Map.of("type", "string"));
        properties.put("run_id", Map.of("type", "string"));
        properties.put("skill_id", Map.of("type", "string"));
        properties.put("engine", Map.of("type", "string"));
        properties.put(
                "status",
                Map.of(
                        "type",
                        "string",
                        "enum",
                        List.of(
                                "awaiting_files",
                                "queued",
                                "running",
                                "waiting_user",
                                "succeeded",
                                "failed",
                                "canceled")));
        properties.put("warnings", Map.of("type", "array", "items", Map.of("type", "string")));
        properties.put("data", Map.of("type", "object", "description", "The answer of a run that succeeded."));
        properties.put(
                "data_uri",
                Map.of("type", "string", "description", "Where an answer is read that is too long for here."));
        properties.put(
                "artifacts",
                Map.of(
                        "type",
                        "array",
                        "items",
                        Map.of(
                                "type",
                                "object",
                                "properties",
                                Map.of("path", Map.of("type", "string"), "uri", Map.of("type", "string")))));
        properties.put("artifacts_truncated", Map.of("type", "boolean"));
        properties.put("question", Map.of("type", "object"));
        properties.put("error", Map.of("type", "object"));
        Map<String, Object> schema = new LinkedHashMap<>();
        schema.put("type", "object");
        schema.put("properties", properties);
        return schema;
    }

    ToolAnswer of(FindRun.Found found) {
        Run run = found.run();
        Map<String, Object> told = told(found.request().id(), run);
        return switch (run.status()) {
            case SUCCEEDED -> succeeded(found, told);
            case FAILED, CANCELED -> failed(found, told);
            case WAITING_USER -> waiting(found, told);
            case QUEUED, RUNNING ->
                ToolAnswer.of(
                        told,
                        "The run is " + run.status().wire()
                                + ". It goes on; ask for its end with skill_runner_run_result and the request_id "
                                + found.request().id() + ".");
        };
    }

    /** The answer about a request that has no run yet. */
    static ToolAnswer awaiting(RequestId request) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("request_id", request.value());
        told.put("status", "awaiting_files");
        return ToolAnswer.of(told, "The request waits for its files.");
    }

    static Map<String, Object> told(RequestId request, Run run) {
        Map<String, Object> told = new LinkedHashMap<>();
        told.put("request_id", request.value());
        told.put("run_id", run.id().value());
        told.put("skill_id", run.skill().value());
        told.put("engine", run.engine().wire());
        told.put("status", run.status().wire());
        told.put("warnings", run.warnings());
        return told;
    }

    private ToolAnswer succeeded(FindRun.Found found, Map<String, Object> told) {
        Map<String, String> artifacts = artifacts(found, told);
        StoredBytes file = runs.result().read(found.run(), results::says);
        Optional<Map<?, ?>> data = results.data(file);
        if (data.isEmpty()) {
            String uri = new RunAddress(found.request().id(), Optional.empty()).uri();
            told.put("data_uri", uri);
            return new ToolAnswer(
                    told, "The answer is too long for a message; read the resource " + uri + ".", artifacts, false);
        }
        told.put("data", data.get());
        return new ToolAnswer(told, json.writeValueAsString(data.get()), artifacts, false);
    }

    private ToolAnswer failed(FindRun.Found found, Map<String, Object> told) {
        Run run = found.run();
        Map<String, String> artifacts = run.status() == RunStatus.FAILED ? artifacts(found, told) : Map.of();
        String code = run.failure().map(failure -> failure.code().name()).orElse("CANCELED_BY_USER");
        String message = run.failure()
                .map(RunFailure::message)
                .map(text -> Excerpt.of(Shown.text(text), LONGEST_MESSAGE))
                .orElse("The run was canceled");
        Map<String, Object> error = new LinkedHashMap<>();
        error.put("code", code);
        error.put("message", message);
        told.put("error", error);
        return new ToolAnswer(told, code + ": " + message, artifacts, true);
    }

    private ToolAnswer waiting(FindRun.Found found, Map<String, Object> told) {
        FindPending.Pending pending = runs.pending().find(found);
        if (pending.pending().isEmpty()) {
            return ToolAnswer.of(told, "The run waits for an answer.");
        }
        Interaction asked = pending.pending().get();
        told.put("question", question(asked, pending.directory()));
        List<String> offer = QuestionForm.offer(asked.question());
        return ToolAnswer.of(
                told,
                "The run asks: " + QuestionForm.message(asked, pending.directory())
                        + (offer.isEmpty() ? "" : "\n" + String.join("\n", offer))
                        + "\nAnswer with skill_runner_run_reply, request_id "
                        + found.request().id() + " and interaction_id " + asked.number()
                        + ", after asking your user if the answer is theirs to give.");
    }

    private static Map<String, @Nullable Object> question(Interaction asked, Optional<String> directory) {
        Question question = asked.question();
        Map<String, @Nullable Object> told = new LinkedHashMap<>();
        told.put("interaction_id", asked.number());
        told.put("kind", question.kind().wire());
        told.put("prompt", question.prompt());
        told.put(
                "options",
                question.options().stream().map(Question.Option::toPlain).toList());
        told.put("required_fields", question.requiredFields());
        told.put("deadline", asked.deadline().map(Object::toString).orElse(null));
        if (question.kind() == InteractionKind.RISK_ACK) {
            Map<String, @Nullable Object> subject = new LinkedHashMap<>();
            subject.put("command", asked.command().orElse(null));
            subject.put("directory", directory.orElse(null));
            told.put("subject", subject);
        }
        return told;
    }

    private Map<String, String> artifacts(FindRun.Found found, Map<String, Object> told) {
        RunArtifacts.Listing listing = runs.artifacts().list(found.run().id());
        List<Map<String, Object>> entries = new ArrayList<>();
        Map<String, String> links = new LinkedHashMap<>();
        for (String path : listing.paths()
                .subList(0, Math.min(MOST_ARTIFACTS, listing.paths().size()))) {
            String uri = new RunAddress(found.request().id(), Optional.of(path)).uri();
            entries.add(Map.of("path", path, "uri", uri));
            links.put(uri, path);
        }
        told.put("artifacts", entries);
        told.put("artifacts_truncated", !listing.complete() || listing.paths().size() > MOST_ARTIFACTS);
        return links;
    }
}
