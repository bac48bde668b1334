package skillrunner.testkit.simulation;

/** Thrown in every thread of a server that was killed, at its next step, so that the thread ends without a further effect. */
final class ServerDied extends Error {
    private static final long serialVersionUID = 1L;

    ServerDied() {
        super("the server was killed", null, false, false);
    }
}
