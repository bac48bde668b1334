package skillrunner.domain.problem;

import java.util.Locale;

import static skillrunner.domain.problem.ErrorKind.CONFLICT;
import static skillrunner.domain.problem.ErrorKind.FORBIDDEN;
import static skillrunner.domain.problem.ErrorKind.GONE;
import static skillrunner.domain.problem.ErrorKind.INTERNAL;
import static skillrunner.domain.problem.ErrorKind.INVALID;
import static skillrunner.domain.problem.ErrorKind.LIMITED;
import static skillrunner.domain.problem.ErrorKind.METHOD_NOT_ALLOWED;
import static skillrunner.domain.problem.ErrorKind.MISDIRECTED;
import static skillrunner.domain.problem.ErrorKind.NOT_FOUND;
import static skillrunner.domain.problem.ErrorKind.TOO_LARGE;
import static skillrunner.domain.problem.ErrorKind.TOO_SLOW;
import static skillrunner.domain.problem.ErrorKind.UNAVAILABLE;
import static skillrunner.domain.problem.ErrorKind.UNSUPPORTED_MEDIA;

/**
 * Why a request was refused. The constant's name is the wire value of {@code code} and is never renamed. {@code
 * docs/errors.md} lists the same codes; a test compares the two.
 */
public enum ErrorCode {
    /** Broken JSON, a missing or unknown field, a wrong type, a bad value. */
    REQUEST_INVALID(INVALID, "The request is not valid"),
    /** The skill exists but does not run on the requested engine. */
    SKILL_ENGINE_UNSUPPORTED(INVALID, "The skill does not support this engine"),
    /** The skill exists but does not declare the requested execution mode. */
    SKILL_EXECUTION_MODE_UNSUPPORTED(INVALID, "The skill does not support this execution mode"),
    /** The engine is known but left out of this server's configuration or can't do what is asked. */
    ENGINE_NOT_IN_USE(INVALID, "The engine is not in use on this server"),
    /** The model is not in the engine's list. */
    MODEL_UNKNOWN(INVALID, "The model is not in the engine's list"),
    /** The uploaded archive is not a zip or breaks a rule for archives. */
    ARCHIVE_INVALID(INVALID, "The archive is not acceptable"),
    /** The skill in an uploaded package breaks a rule for packages. */
    PACKAGE_INVALID(INVALID, "The skill package is not acceptable"),
    /** The uploaded package of a temporary skill is over its limit. */
    PACKAGE_TOO_LARGE(INVALID, "The skill package is too large"),
    /** An upload came after the run was started. */
    RUN_ALREADY_STARTED(INVALID, "The run has already been started"),
    /** The run is of a mode that asks no questions. */
    RUN_NOT_INTERACTIVE(INVALID, "The run asks no questions"),
    /** The engine can't be signed in this way. */
    UNSUPPORTED_COMBINATION(INVALID, "The engine can't be signed in this way"),
    /** Nobody may sign an engine in on this server. */
    SIGN_IN_DISABLED(INVALID, "Sign-ins are switched off"),
    /** A sign-in session does not ask for this, or it can be no answer. */
    INPUT_REFUSED(INVALID, "The input is not acceptable"),
    /** The port to which a provider sends the browser back is taken by another program. */
    LISTENER_PORT_BUSY(INVALID, "The port for the browser's answer is taken"),
    /** A provider gave no code for a device. */
    PROVIDER_REFUSED(INVALID, "The provider refused"),
    /** A path leaves the folder it is meant for. */
    PATH_INVALID(INVALID, "The path is not acceptable"),
    /** A user name and a password are needed, and none or wrong ones came. */
    UNAUTHENTICATED(ErrorKind.UNAUTHENTICATED, "A user name and a password are needed"),
    /** A browser sent the request from another origin. */
    ORIGIN_FOREIGN(FORBIDDEN, "The request comes from a foreign origin"),
    /** No route has this path. */
    ROUTE_NOT_FOUND(NOT_FOUND, "There is nothing at this address"),
    /** No engine has this name. */
    ENGINE_NOT_FOUND(NOT_FOUND, "The engine does not exist"),
    /** No installed skill has this id. */
    SKILL_NOT_FOUND(NOT_FOUND, "The skill does not exist"),
    /** No request has this id. */
    REQUEST_NOT_FOUND(NOT_FOUND, "The request does not exist"),
    /** The request exists but has no run yet. */
    RUN_NOT_FOUND(NOT_FOUND, "The request has no run yet"),
    /** The run has not ended yet, or its result was lost from the disk. */
    RESULT_NOT_FOUND(NOT_FOUND, "The run has no result"),
    /** The run has no such artifact. */
    ARTIFACT_NOT_FOUND(NOT_FOUND, "The artifact does not exist"),
    /** The skill or run has no such file. */
    FILE_NOT_FOUND(NOT_FOUND, "The file does not exist"),
    /** No upgrade task has this id. */
    UPGRADE_NOT_FOUND(NOT_FOUND, "The upgrade task does not exist"),
    /** No installation of a skill package has this id. */
    INSTALL_NOT_FOUND(NOT_FOUND, "The installation does not exist"),
    /** No sign-in session has this id. */
    SESSION_NOT_FOUND(NOT_FOUND, "The session does not exist"),
    /** The path has a route, but not for this method. */
    METHOD_UNSUPPORTED(METHOD_NOT_ALLOWED, "The method is not supported at this address"),
    /** A stored skill can't be read. */
    SKILL_DEGRADED(CONFLICT, "The skill is damaged"),
    /** The snapshot of the CLI's version exists; it is never overwritten. */
    SNAPSHOT_EXISTS(CONFLICT, "The snapshot already exists"),
    /** The engine is asked for its models, so it has no snapshots. */
    SNAPSHOT_UNSUPPORTED(CONFLICT, "The engine has no snapshots"),
    /** The version of the engine's CLI can't be told. */
    CLI_VERSION_UNDETECTED(CONFLICT, "The CLI's version can't be detected"),
    /** The engine's CLI can't be asked for models or did not answer. */
    SUGGESTION_UNAVAILABLE(CONFLICT, "The CLI suggests no models"),
    /** The engine's CLI is not installed. */
    ENGINE_NOT_INSTALLED(CONFLICT, "The engine is not installed"),
    /** The engine's CLI is of a major version that its driver does not know. */
    ENGINE_VERSION_UNSUPPORTED(CONFLICT, "The version of the engine's CLI is not supported"),
    /** The key of the request was used for another request. */
    IDEMPOTENCY_KEY_REUSED(CONFLICT, "The key was used for another request"),
    /** The question was decided before; the decision is told. */
    INTERACTION_DECIDED(CONFLICT, "The question is decided already"),
    /** The run does not wait for an answer to this question. */
    INTERACTION_NOT_PENDING(CONFLICT, "The run does not wait for this answer"),
    /** Another upgrade task is queued or running. */
    UPGRADE_BUSY(CONFLICT, "Another upgrade is in progress"),
    /** A sign-in or a terminal is under way, and there may be one at a time. */
    SESSION_CONFLICT(CONFLICT, "Another session is under way"),
    /** No earlier version of the CLI is installed. */
    NO_EARLIER_VERSION(CONFLICT, "There is no earlier version"),
    /** The address was withdrawn in favour of another one. */
    LEGACY_ROUTE_GONE(GONE, "The address was withdrawn"),
    /** The body came more slowly than is waited for. */
    REQUEST_TOO_SLOW(TOO_SLOW, "The request came too slowly"),
    /** The body is over its limit. */
    BODY_TOO_LARGE(TOO_LARGE, "The body is too large"),
    /** The body's content type is not the one the route takes. */
    CONTENT_TYPE_UNSUPPORTED(UNSUPPORTED_MEDIA, "The content type is not supported"),
    /** The Host header names another host. */
    HOST_UNKNOWN(MISDIRECTED, "The request was sent to an unknown host name"),
    /** The queue of runs is full. */
    RUN_QUEUE_FULL(LIMITED, "The run queue is full"),
    /** Too many wrong passwords came from the client's address. */
    AUTH_ATTEMPTS_EXHAUSTED(LIMITED, "Too many wrong passwords"),
    /** The server holds as much for other requests as it may. */
    SERVER_BUSY(UNAVAILABLE, "The server is busy"),
    /** Too many clients follow output at once. */
    STREAMS_EXHAUSTED(UNAVAILABLE, "Too many clients are connected"),
    /** The data directory takes no writes, or the database can't be used for a while. */
    STORAGE_UNAVAILABLE(UNAVAILABLE, "The data directory can't be used at the moment"),
    /** The disk is full; nothing was stored. */
    STORAGE_FULL(INTERNAL, "The disk is full"),
    /** The engine's manifest of models is missing or malformed. */
    CATALOGUE_UNREADABLE(INTERNAL, "The engine's list of models can't be read"),
    /** The folder of the engine's models takes no writes; nothing was stored. */
    CATALOGUE_UNWRITABLE(INTERNAL, "The engine's list of models can't be written"),
    /** The provider knows its clients by an id and a secret, and none are configured. */
    OAUTH_CLIENT_NOT_CONFIGURED(INTERNAL, "The OAuth client is not configured"),
    /** The program of an engine that a sign-in or a terminal needs is not installed. */
    ENGINE_CLI_MISSING(INTERNAL, "The engine's CLI is missing"),
    /** Nothing can show a terminal to a browser, or the machine gives none. */
    TERMINAL_UNAVAILABLE(INTERNAL, "No terminal can be shown"),
    /** Anything we did not foresee. */
    INTERNAL_ERROR(INTERNAL, "The server failed");

    private final ErrorKind kind;
    private final String title;

    ErrorCode(ErrorKind kind, String title) {
        this.kind = kind;
        this.title = title;
    }

    /**
     * Returns what sort of error this is.
     *
     * @return the kind
     */
    public ErrorKind kind() {
        return kind;
    }

    /**
     * Returns a short sentence for people, the same for every occurrence.
     *
     * @return the title
     */
    public String title() {
        return title;
    }

    /**
     * Returns the code in the form used in addresses: lower case with dashes.
     *
     * @return for example {@code run-queue-full}
     */
    public String slug() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
