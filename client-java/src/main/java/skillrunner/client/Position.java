package skillrunner.client;

/**
 * How much of a run has been followed.
 *
 * @param stdout bytes of stdout over the whole run
 * @param stderr bytes of stderr over the whole run
 * @param event number of the last event
 */
public record Position(long stdout, long stderr, long event) {
    /** The beginning. */
    public static final Position START = new Position(0, 0, 0);

    public Position {
        if (stdout < 0 || stderr < 0 || event < 0) {
            throw new IllegalArgumentException("a position is not below 0");
        }
    }
}
