package skillrunner.application.run.journal;

/** The room that is left ends runs. What they said is told from their output once there is more. */
final class NoRoomException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    NoRoomException() {
        super("the disk is full", null, false, false);
    }
}
