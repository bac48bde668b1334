package skillrunner.domain.run;

/**
 * Why a run ended without success. The constant's name is the wire value of {@code error.code} and is never renamed;
 * {@code docs/errors.md} lists the same codes.
 */
public enum RunFailureCode {
    /** Somebody canceled it. */
    CANCELED_BY_USER,
    /** The hard timeout passed. */
    TIMEOUT,
    /** The engine is not signed in. */
    AUTH_REQUIRED,
    /** The server went away and the engine's process did not survive. */
    ORCHESTRATOR_RESTART_INTERRUPTED,
    /** The server died twice while it prepared the run. */
    PREPARATION_FAILED,
    /** A parameter, an inline value or a required file is missing or wrong. */
    INPUT_VALIDATION_FAILED,
    /** The answer is missing, is no JSON object, breaks the schema, or an artifact is missing. */
    OUTPUT_VALIDATION_FAILED,
    /** The answer is longer than 16 MiB. */
    ANSWER_LIMIT_EXCEEDED,
    /** The engine reported a failed turn or ended with a non-zero code. */
    ENGINE_EXIT_NONZERO,
    /** The engine's CLI is not installed or can't be started. */
    ENGINE_UNAVAILABLE,
    /** The engine's CLI is of a major version that its driver does not know. */
    ENGINE_VERSION_UNSUPPORTED,
    /** The skill was removed before the run started, or can't be read. */
    SKILL_NOT_FOUND,
    /** The engine's conversation can't be taken up, to hand over an answer. */
    SESSION_RESUME_FAILED,
    /** Nobody answered in time an engine that kept running for the answer. */
    INTERACTION_WAIT_TIMEOUT,
    /** The engine that kept running for an answer is gone. */
    INTERACTION_PROCESS_LOST,
    /** It asked once more than the skill allows. */
    INTERACTIVE_MAX_ATTEMPT_EXCEEDED,
    /** It wrote more to its streams than a run may. */
    OUTPUT_LIMIT_EXCEEDED,
    /** Its workspace held more, or more files, than that of a run may; or its engine was ended for a file that grew too large. */
    FILE_LIMIT_EXCEEDED,
    /** It had more processes at once than a run may. */
    PROCESS_LIMIT_EXCEEDED,
    /** Its processes held more memory than those of a run may. */
    MEMORY_LIMIT_EXCEEDED,
    /** The disk was full. */
    STORAGE_FULL,
    /** Anything we did not foresee. */
    INTERNAL_ERROR
}
