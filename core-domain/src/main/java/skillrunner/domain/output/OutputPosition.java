package skillrunner.domain.output;

import skillrunner.domain.run.OutputStreamKind;

/**
 * How far the output of one attempt has been read, in bytes of each stream.
 *
 * @param stdout offset in stdout
 * @param stderr offset in stderr
 */
public record OutputPosition(long stdout, long stderr) {
    /** Nothing has been read. */
    public static final OutputPosition START = new OutputPosition(0, 0);

    /** Refuses negative offsets. */
    public OutputPosition {
        if (stdout < 0 || stderr < 0) {
            throw new IllegalArgumentException("not a position: " + stdout + ", " + stderr);
        }
    }

    /**
     * Returns the offset in one stream.
     *
     * @param stream which stream
     * @return the offset
     */
    public long of(OutputStreamKind stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }
}
