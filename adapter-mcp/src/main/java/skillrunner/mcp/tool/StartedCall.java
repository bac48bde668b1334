package skillrunner.mcp.tool;

/** A call that is not answered yet. Safe for concurrent use; each may be said more than once. */
interface StartedCall {
    /** A call that was answered at once. */
    StartedCall OVER = new StartedCall() {
        @Override
        public void cancel() {}

        @Override
        public void letGo() {}
    };

    /** The caller takes the call back: a run that it started ends. */
    void cancel();

    /** Nobody waits for the answer any more; a run goes on. */
    void letGo();
}
