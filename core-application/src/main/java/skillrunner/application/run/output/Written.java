package skillrunner.application.run.output;

import skillrunner.domain.run.OutputStreamKind;

/**
 * How much a run has written, in all attempts together, in bytes of each stream.
 *
 * @param stdout to standard output
 * @param stderr to standard error
 */
public record Written(long stdout, long stderr) {
    /**
     * Returns how much of one stream there is.
     *
     * @param stream which stream
     * @return bytes
     */
    public long of(OutputStreamKind stream) {
        return switch (stream) {
            case STDOUT -> stdout;
            case STDERR -> stderr;
        };
    }

    /**
     * Returns how much there is of both.
     *
     * @return bytes
     */
    public long total() {
        return stdout + stderr;
    }
}
