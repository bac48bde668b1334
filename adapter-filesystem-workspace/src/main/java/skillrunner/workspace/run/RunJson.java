package skillrunner.workspace.run;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import skillrunner.application.run.result.RunResult;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.model.ModelSpec;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.ProcessesEnded;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.StreamReceipt;
import skillrunner.domain.run.TokenCount;

/** Shapes of the JSON files in a run directory, as plain values. */
final class RunJson {
    private RunJson() {}

    static Map<String, Object> input(RunRequest request) {
        Map<String, Object> input = new LinkedHashMap<>();
        input.put("skill_id", request.skill().value());
        input.put("engine", request.engine().wire());
        input.put("input", request.input());
        input.put("parameter", request.parameter());
        input.put("model", request.model().map(ModelSpec::text).orElse(null));
        input.put("runtime_options", request.options().toWire());
        return input;
    }

    static Map<String, Object> status(Run run, int timeoutSeconds) {
        Map<String, Object> status = new LinkedHashMap<>();
        status.put("status", run.status().wire());
        status.put("updated_at", EventTime.text(run.updatedAt()));
        status.put("error", run.failure().map(RunJson::failure).orElse(null));
        status.put("warnings", run.warnings());
        status.put("effective_session_timeout_sec", timeoutSeconds);
        return status;
    }

    static Map<String, Object> result(RunId run, RunResult result) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("run_id", run.value());
        json.put("status", result.status());
        json.put("data", result.data().orElse(null));
        json.put("artifacts", result.artifacts());
        json.put("repair_level", result.repair().wire());
        json.put("validation_warnings", result.warnings());
        json.put("error", result.failure().map(RunJson::failure).orElse(null));
        json.put(
                "pending_interaction",
                result.pending().map(InteractionJson::pending).orElse(null));
        json.put(
                "interactive_profile",
                result.interactiveProfile().map(InteractiveProfile::toPlain).orElse(null));
        json.put("receipt", result.receipt().map(RunJson::receipt).orElse(null));
        return json;
    }

    private static Map<String, Object> failure(RunFailure failure) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("code", failure.code().name());
        json.put("message", failure.message());
        failure.stderr().ifPresent(text -> json.put("stderr", text));
        return json;
    }

    /** Reads what {@link #result} wrote; empty if it is of another run or tells of no failure. */
    static Optional<RunFailure> failureOf(RunId run, Map<String, Object> result) {
        if (!run.value().equals(result.get("run_id"))
                || !(result.get("error") instanceof Map<?, ?> error)
                || !(error.get("code") instanceof String code)
                || !(error.get("message") instanceof String message)) {
            return Optional.empty();
        }
        return Stream.of(RunFailureCode.values())
                .filter(known -> known.name().equals(code))
                .findFirst()
                .map(known -> new RunFailure(known, message));
    }

    static Map<String, Object> receipt(RunReceipt receipt) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("attempt", receipt.attempt());
        Optional<Integer> exitCode = receipt.exitCode();
        json.put("exit_code", exitCode.orElse(null));
        json.put("stdout", stream(receipt.stdout()));
        json.put("stderr", stream(receipt.stderr()));
        return json;
    }

    static Map<String, Object> processes(ProcessesEnded processes) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("ended", processes.ended());
        json.put("left", processes.left());
        json.put("seen", processes.seen());
        json.put("last", processes.last().map(RunJson::last).orElse(null));
        return json;
    }

    private static Map<String, Object> last(ProcessesEnded.Last last) {
        return Map.of("pid", last.pid(), "name", last.name(), "end", last.end().wire());
    }

    static Map<String, Object> tokens(TokenCount tokens) {
        return Map.of(
                "input", tokens.input(),
                "cached_input", tokens.cachedInput(),
                "output", tokens.output(),
                "reasoning", tokens.reasoning());
    }

    private static Map<String, Object> stream(StreamReceipt stream) {
        Map<String, Object> json = new LinkedHashMap<>();
        for (Map.Entry<String, ?> member :
                List.of(Map.entry("bytes", stream.bytes()), Map.entry("sha256", stream.sha256()))) {
            json.put(member.getKey(), member.getValue());
        }
        return json;
    }
}
