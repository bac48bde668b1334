package skillrunner.app.demo;

/** The demo can't go on; the message is one sentence for the person at the terminal. */
final class DemoFailedException extends Exception {
    private static final long serialVersionUID = 1;

    DemoFailedException(String message) {
        super(message);
    }
}
