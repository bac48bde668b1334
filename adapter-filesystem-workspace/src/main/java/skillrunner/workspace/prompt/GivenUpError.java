package skillrunner.workspace.prompt;

/** Ends a rendering that is no longer wanted. An error, since the engine catches exceptions and goes on with the next node. */
final class GivenUpError extends Error {
    private static final long serialVersionUID = 1L;

    GivenUpError() {
        super("the rendering was given up", null, false, false);
    }
}
