package skillrunner.application.run.result;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.RepairLevel;
import skillrunner.domain.run.RunFailure;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;

/**
 * What a run came to, or has come to while it waits for its user.
 *
 * @param status {@code success}, {@code failed}, {@code canceled} or {@code waiting_user}
 * @param data the answer; present on success only
 * @param artifacts files the run left, as {@code artifacts/...}, sorted; empty if it was canceled
 * @param repair what was done to find the answer
 * @param warnings stable words about the verdict
 * @param failure why there is no success
 * @param pending the question that waits for its user, if one does
 * @param interactiveProfile how answers reach the engine; empty if the run could not ask
 * @param receipt proof of the output; absent if no process was ever started
 */
public record RunResult(
        String status,
        Optional<Map<String, Object>> data,
        List<String> artifacts,
        RepairLevel repair,
        List<String> warnings,
        Optional<RunFailure> failure,
        Optional<Interaction> pending,
        Optional<InteractiveProfile> interactiveProfile,
        Optional<RunReceipt> receipt) {
    /** Copies the lists and refuses null parts. */
    public RunResult {
        Objects.requireNonNull(status);
        Objects.requireNonNull(data);
        Objects.requireNonNull(repair);
        Objects.requireNonNull(failure);
        Objects.requireNonNull(pending);
        Objects.requireNonNull(interactiveProfile);
        Objects.requireNonNull(receipt);
        artifacts = List.copyOf(artifacts);
        warnings = List.copyOf(warnings);
    }

    /**
     * The result of a run that could not ask.
     *
     * @param status {@code success}, {@code failed} or {@code canceled}
     * @param data the answer
     * @param artifacts files the run left
     * @param repair what was done to find the answer
     * @param warnings stable words about the verdict
     * @param failure why there is no success
     * @param receipt proof of the output
     */
    public RunResult(
            String status,
            Optional<Map<String, Object>> data,
            List<String> artifacts,
            RepairLevel repair,
            List<String> warnings,
            Optional<RunFailure> failure,
            Optional<RunReceipt> receipt) {
        this(status, data, artifacts, repair, warnings, failure, Optional.empty(), Optional.empty(), receipt);
    }

    /**
     * Returns the word for where a run stands; it differs from the run's status in one case.
     *
     * @param status of a run that has ended or waits for its user
     * @return the word
     */
    public static String word(RunStatus status) {
        return status == RunStatus.SUCCEEDED ? "success" : status.wire();
    }
}
