package skillrunner.application.run.result;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.run.Run;
import skillrunner.domain.skill.ExecutionMode;

/**
 * What is put on record about an attempt.
 *
 * @param run the run as it is now
 * @param mode its mode
 * @param number the attempt's number
 * @param startedAt when it started
 * @param finishedAt when it ended; empty while it works
 * @param exitCode its exit code, if it left one
 * @param completionState {@code completed}, {@code interrupted}, {@code awaiting_user_input} or {@code unknown}
 * @param completionReason a stable word
 * @param warnings words about the verdict
 */
public record AttemptAudit(
        Run run,
        ExecutionMode mode,
        int number,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<Integer> exitCode,
        String completionState,
        String completionReason,
        List<String> warnings) {
    /** Copies the list and refuses null parts. */
    public AttemptAudit {
        Objects.requireNonNull(run);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(completionState);
        Objects.requireNonNull(completionReason);
        warnings = List.copyOf(warnings);
    }
}
