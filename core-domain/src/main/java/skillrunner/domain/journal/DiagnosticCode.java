package skillrunner.domain.journal;

/** What a diagnostic warns of. The constant's name is the wire value and is never renamed. */
public enum DiagnosticCode {
    /** Output is not in the engine's format and is shown as it is. */
    UNPARSED_CONTENT_FELL_BACK_TO_RAW,
    /** How the output was read is not sure: the agent said nothing that was understood, or its format is made for people. */
    LOW_CONFIDENCE_PARSE,
    /** A line was too long to be shown whole; its event holds the beginning. */
    LINE_TOO_LONG,
    /** There was so much output without a meaning that the rest has no events; the raw files have it. */
    RAW_ROWS_LIMIT_EXCEEDED,
    /** Rows that repeat a message are left out. */
    RAW_DUPLICATE_SUPPRESSED,
    /** Trouble that the engine may get over, in its words. */
    ENGINE_NOTICE,
    /** The output speaks of a missing sign-in. */
    SIGN_IN_ASKED,
    /** A later name of the session takes the place of the one before. */
    SESSION_CHANGED,
    /** The beginning of an event that was never finished was removed from the end of a file. */
    JOURNAL_TAIL_REPAIRED,
    /** Events are missing, because they could not be written when it was time. */
    JOURNAL_INCOMPLETE,
    /** An event did not have the form that its schema promises, and is told by this warning instead. */
    SCHEMA_INTERNAL_INVALID,
    /** A restarted server found the process of the run and went on with it. */
    RESTART_PRESERVED_RUNNING,
    /** A restarted server left the question of the run as it was. */
    RESTART_PRESERVED_WAITING,
    /** A restarted server left the run in the queue. */
    RESTART_PRESERVED_QUEUED,
    /** More than one mark of a finished task was found. */
    MULTIPLE_DONE_MARKERS_IGNORED,
    /** The task was marked as finished and the process failed. */
    DONE_MARKER_PROCESS_FAILURE_CONFLICT,
    /** The mark of a finished task is missing. */
    DONE_MARKER_MISSING,
    /** The run was ended after its last attempt. */
    INTERACTIVE_MAX_ATTEMPT_EXCEEDED,
    /** The run has succeeded without the mark of a finished task. */
    INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER,
    /** The run waits for its user. */
    WAITING_USER_INPUT
}
