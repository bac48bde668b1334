package skillrunner.delegate;

/** What was changed for a session in the engines' home, and is changed back at its end. */
interface LaidAside {
    /** Nothing was. */
    LaidAside NOTHING = succeeded -> {};

    /**
     * Changes it back. May be repeated, also by another server.
     *
     * @param succeeded whether the session has; then what the program made of it stays
     * @throws java.io.UncheckedIOException if it can't be
     */
    void putBack(boolean succeeded);
}
