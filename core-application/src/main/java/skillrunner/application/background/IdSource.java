package skillrunner.application.background;

/** Makes ids that nobody can guess and that never repeat. Implementations are safe for concurrent use. */
@FunctionalInterface
public interface IdSource {
    /**
     * Makes an id.
     *
     * @return a random UUID in lower case
     */
    String next();
}
