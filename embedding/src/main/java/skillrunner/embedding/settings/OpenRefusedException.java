package skillrunner.embedding.settings;

/** A runner can't be opened so, or here; nothing of it is left open. The message is one line for whoever runs the program. */
public class OpenRefusedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /**
     * Says why.
     *
     * @param message one line
     */
    public OpenRefusedException(String message) {
        super(message);
    }
}
