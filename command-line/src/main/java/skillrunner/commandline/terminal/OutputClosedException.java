package skillrunner.commandline.terminal;

/** Standard output takes no more: nobody reads it any longer, or its disk is full. */
public final class OutputClosedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutputClosedException() {
        super("standard output takes no more");
    }
}
