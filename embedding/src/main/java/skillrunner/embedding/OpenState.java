package skillrunner.embedding;

/** Whether a runner is open. What a closed database says to whoever asks it is of no use to anybody. Safe for concurrent use. */
final class OpenState implements AutoCloseable {
    private volatile boolean closed;

    /** What is asked. */
    interface Question<T, E extends Exception> {
        T ask() throws E;
    }

    /**
     * Asks something of the runner.
     *
     * @throws IllegalStateException if the runner is closed, before or meanwhile
     */
    <T, E extends Exception> T ask(Question<T, E> question) throws E {
        require();
        try {
            return question.ask();
        } catch (RuntimeException e) {
            require();
            throw e;
        }
    }

    /** @throws IllegalStateException if the runner is closed */
    void require() {
        if (closed) {
            throw new IllegalStateException("the runner is closed; its runs go on");
        }
    }

    @Override
    public void close() {
        closed = true;
    }
}
