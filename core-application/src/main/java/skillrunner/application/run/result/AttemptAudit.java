package skillrunner.application.run.result;

import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.domain.journal.Completion;
import skillrunner.domain.journal.DoneMarkers;
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
 * @param completion how the turn is classified
 * @param markers the mark of a finished task in the answer
 * @param warnings words about the verdict
 */
public record AttemptAudit(
        Run run,
        ExecutionMode mode,
        int number,
        Instant startedAt,
        Optional<Instant> finishedAt,
        Optional<Integer> exitCode,
        Completion completion,
        DoneMarkers markers,
        List<String> warnings) {
    /** Copies the list and refuses null parts. */
    public AttemptAudit {
        Objects.requireNonNull(run);
        Objects.requireNonNull(mode);
        Objects.requireNonNull(startedAt);
        Objects.requireNonNull(finishedAt);
        Objects.requireNonNull(exitCode);
        Objects.requireNonNull(completion);
        Objects.requireNonNull(markers);
        warnings = List.copyOf(warnings);
    }
}
