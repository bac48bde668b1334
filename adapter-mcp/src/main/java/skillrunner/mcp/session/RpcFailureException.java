package skillrunner.mcp.session;

import org.jspecify.annotations.Nullable;

/** Leaves the reading of a message that is none, or none for this server. */
final class RpcFailureException extends Exception {
    private static final long serialVersionUID = 1L;

    private final transient RpcFailure failure;
    private final transient @Nullable Object id;

    RpcFailureException(RpcFailure failure, @Nullable Object id) {
        super(failure.sentence());
        this.failure = failure;
        this.id = id;
    }

    RpcFailure failure() {
        return failure;
    }

    /** The id of the message, if it has one. */
    @Nullable
    Object id() {
        return id;
    }
}
