package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code run_moves}; the only place that turns one into a move and back. */
public record RunMoveRow(
        String runId,
        int ordinal,
        int attempt,
        String fromStatus,
        String event,
        String toStatus,
        @Nullable String failureCode,
        String movedAt) {
    static RunMoveRow of(RunMove move) {
        return new RunMoveRow(
                move.run().value(),
                move.ordinal(),
                move.attempt(),
                move.from().wire(),
                move.event().name(),
                move.to().wire(),
                move.failure().map(RunFailureCode::name).orElse(null),
                TimestampColumns.text(move.at()));
    }

    /** Reads the row. @return the move, or empty if the row can't be read: then nothing can be told of it */
    Optional<RunMove> toMove() {
        return Mending.read(() -> new RunMove(
                new RunId(runId),
                ordinal,
                attempt,
                RunStatus.of(fromStatus),
                RunLifecycle.Event.valueOf(event),
                RunStatus.of(toStatus),
                Optional.ofNullable(failureCode).map(RunFailureCode::valueOf),
                TimestampColumns.moment(movedAt)));
    }
}
