package skillrunner.app;

/** The server can't start here. The message is one line for the operator. */
public final class StartRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StartRefusedException(String message) {
        super(message);
    }
}
