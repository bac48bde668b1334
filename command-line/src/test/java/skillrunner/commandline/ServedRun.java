package skillrunner.commandline;

import java.util.LinkedHashMap;
import java.util.Map;
import skillrunner.commandline.ScriptedServer.Reply;

/** One run on a scripted server: asked for, followed, answered, canceled and fetched. */
final class ServedRun {
    static final String ID = "6f1c0f5e-5d0e-4b53-9a5e-2f5d8f1f7f10";
    static final String RUN = "/v1/management/runs/" + ID;
    static final String JOB = "/v1/jobs/" + ID;

    private static final String MOMENT = "2026-11-22T08:30:00.123456Z";

    private final ScriptedServer server;
    private volatile String status = "succeeded";
    private volatile String error = "null";
    private volatile String between = "";
    private volatile String question = "null";
    private volatile String warnings = "[]";
    private final Map<String, String> artifacts = new LinkedHashMap<>();

    ServedRun(ScriptedServer server) {
        this.server = server;
        server.answer(
                "POST /v1/jobs",
                Reply.json("{\"request_id\": \"" + ID
                        + "\", \"cache_hit\": false, \"status\": \"queued\", \"warnings\": []}"));
        server.answer(
                "POST " + JOB + "/upload",
                Reply.json(
                        "{\"request_id\": \"" + ID
                                + "\", \"cache_hit\": false, \"extracted_files\": [], \"status\": \"queued\", \"warnings\": []}"));
        server.answer("GET " + RUN, request -> Reply.json(state()));
        server.answer("GET " + JOB, request -> Reply.json(state()));
        server.answer("GET " + RUN + "/events", request -> Reply.events(events()));
        server.answer("GET " + RUN + "/pending", request -> Reply.json(pending()));
        server.answer(
                "GET " + JOB + "/result",
                Reply.json("{\"request_id\": \"" + ID + "\", \"result\": {\"status\": \"success\", \"data\":"
                        + " {\"answer\": \"fine\"}, \"artifacts\": []}}"));
        server.answer("GET " + JOB + "/artifacts", request -> Reply.json(listed()));
        server.answer("POST " + RUN + "/cancel", request -> {
            status = "canceled";
            return Reply.json("{\"request_id\": \"" + ID + "\", \"run_id\": \"r\", \"status\": \"running\","
                    + " \"accepted\": true, \"message\": \"The run is being canceled\"}");
        });
        server.answer("POST " + RUN + "/reply", request -> {
            status = "succeeded";
            question = "null";
            return Reply.json("{\"request_id\": \"" + ID + "\", \"status\": \"queued\", \"accepted\": true}");
        });
    }

    /** A skill that takes a number, a text and, if it is there, a file. */
    ServedRun skill(String id) {
        server.answer(
                "GET /v1/management/skills/" + id + "/schemas",
                Reply.json(
                        """
                {"skill_id": "%s",
                 "input": {"type": "object", "required": ["text"], "properties": {
                   "text": {"type": "string", "x-input-source": "inline"},
                   "list": {"type": "array", "items": {"type": "integer"}, "x-input-source": "inline"},
                   "numbers": {"type": "string"}}},
                 "parameter": {"type": "object", "properties": {"limit": {"type": "integer"}}},
                 "output": null}
                """
                                .formatted(id)));
        return this;
    }

    /** Warns, as a JSON list of codes. */
    ServedRun warns(String codes) {
        this.warnings = codes;
        return this;
    }

    ServedRun ends(String verdict) {
        this.status = verdict;
        return this;
    }

    ServedRun fails(String code, String message) {
        status = "failed";
        this.error = "{\"code\": \"" + code + "\", \"message\": \"" + message + "\", \"stderr\": null}";
        server.answer(
                "GET " + JOB + "/result",
                Reply.json("{\"request_id\": \"" + ID
                        + "\", \"result\": {\"status\": \"failed\", \"data\": null, \"artifacts\": []}}"));
        return this;
    }

    /** What happens before the end, as events of the stream. */
    ServedRun tells(String... events) {
        between = String.join("", events);
        return this;
    }

    ServedRun asks(String asked) {
        status = "waiting_user";
        question = asked;
        return this;
    }

    ServedRun leaves(String artifact, String content) {
        artifacts.put(artifact, content);
        return this;
    }

    static String event(String name, String data) {
        return "event: " + name + "\ndata: " + data.replace("\n", "") + "\nid: 0.0.0\n\n";
    }

    static String said(int number, String text) {
        return event(
                "chat_event",
                chat(number, "assistant.message.final", "{\"message_id\": \"m\", \"text\": \"" + text + "\"}"));
    }

    static String chat(int number, String type, String data) {
        return "{\"protocol_version\": \"fcmp/1.0\", \"run_id\": \"r\", \"seq\": " + number + ", \"ts\": \"" + MOMENT
                + "\", \"engine\": \"codex\", \"type\": \"" + type + "\", \"data\": " + data
                + ", \"meta\": {\"attempt\": 1, \"local_seq\": " + number + "}}";
    }

    private String events() {
        String now = status;
        boolean waits = now.equals("waiting_user");
        boolean works = now.equals("running");
        String begin = event(
                "snapshot",
                "{\"status\": \"" + (waits || works ? now : "running")
                        + "\", \"stdout_offset\": 0, \"stderr_offset\": 0, \"cursor\": 0"
                        + (waits ? ", \"pending_interaction_id\": 1" : "") + "}");
        if (works) {
            return begin + between;
        }
        String moved =
                waits ? "" : event("status", "{\"status\": \"" + now + "\", \"updated_at\": \"" + MOMENT + "\"}");
        return begin
                + between
                + moved
                + event("end", "{\"reason\": \"" + (waits ? "waiting_user" : "terminal") + "\"}");
    }

    private String pending() {
        return "{\"request_id\": \"" + ID + "\", \"status\": \"" + status
                + "\", \"interactive_profile\": {\"kind\": \"resumable\", \"reason\": \"x\", \"session_timeout_sec\": 9},"
                + " \"pending\": " + question + "}";
    }

    private String listed() {
        artifacts.forEach((name, content) -> server.answer(
                "GET " + JOB + "/artifacts/" + name, new Reply(200, "application/octet-stream", content)));
        String names = artifacts.keySet().stream()
                .map(name -> "\"" + name + "\"")
                .reduce((one, other) -> one + ", " + other)
                .orElse("");
        return "{\"request_id\": \"" + ID + "\", \"artifacts\": [" + names
                + "], \"truncated\": false, \"passed_over\": 0}";
    }

    private String state() {
        String now = status;
        return """
                {"request_id": "%s", "kind": "job", "run_id": "r", "status": "%s", "engine": "codex", "skill_id": "demo",
                 "created_at": "%s", "updated_at": "%s", "pending_interaction_id": %s, "interaction_count": 0,
                 "auto_decision_count": 0, "last_auto_decision_at": null, "recovery_state": "none", "recovered_at": null,
                 "recovery_reason": null, "poll_logs": false, "cancel_requested": false, "cache_hit": false,
                 "queue_position": null, "warnings": %s, "error": %s,
                 "request": {"engine": "codex", "model": null, "input": {"text": "x"}, "parameter": {},
                   "runtime_options": {"execution_mode": "auto"}},
                 "process_isolation": "pid_namespace",
                 "milestones": [{"status": "queued", "at": "%s", "kept_over_restart": false}],
                 "receipt": null, "processes": null, "tokens": null, "models": [], "stall": null}
                """
                .formatted(ID, now, MOMENT, MOMENT, now.equals("waiting_user") ? "1" : "null", warnings, error, MOMENT);
    }
}
