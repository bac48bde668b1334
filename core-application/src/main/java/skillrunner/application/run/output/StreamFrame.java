package skillrunner.application.run.output;

import java.time.Instant;
import java.util.Optional;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/** One thing told to a client that follows a run. */
public sealed interface StreamFrame {
    /**
     * Where the run stands at the beginning; always first, exactly once.
     *
     * @param status its status
     * @param stdoutOffset from where stdout follows
     * @param stderrOffset from where stderr follows
     * @param cursor behind which event others follow, if events are wanted
     * @param pending the question that waits for its user, if one does
     */
    record Snapshot(
            RunStatus status, long stdoutOffset, long stderrOffset, Optional<Long> cursor, Optional<Integer> pending)
            implements StreamFrame {}

    /**
     * New output.
     *
     * @param stream which stream
     * @param from offset of the first byte
     * @param to offset after the last byte
     * @param text the bytes, decoded; a broken character stands as U+FFFD
     */
    record Output(OutputStreamKind stream, long from, long to, String text) implements StreamFrame {}

    /**
     * What a front end shows.
     *
     * @param event the event
     */
    record Chat(JournalEvent event) implements StreamFrame {}

    /**
     * The status, or why the engine says nothing, differs from what was told last; always told once before the end.
     *
     * @param status the status
     * @param updatedAt since when
     * @param error why, if the run failed or was canceled
     * @param pending the question that waits for its user, if one does
     * @param stall what its engine is likely to wait for, if it works and says nothing
     */
    record Status(
            RunStatus status,
            Instant updatedAt,
            Optional<RunFailureCode> error,
            Optional<Integer> pending,
            Optional<Stall> stall)
            implements StreamFrame {}

    /**
     * Nothing follows; the client has everything.
     *
     * @param reason {@code terminal} or {@code waiting_user}
     * @param receipt proof of the output, if the run ended after a process was started
     */
    record End(String reason, Optional<RunReceipt> receipt) implements StreamFrame {}
}
