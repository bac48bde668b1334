package skillrunner.mcp.bridge;

/** The server was reached, and does not do what is asked. */
final class RefusedByServerException extends Exception {
    private static final long serialVersionUID = 1L;

    RefusedByServerException(String sentence) {
        super(sentence);
    }
}
