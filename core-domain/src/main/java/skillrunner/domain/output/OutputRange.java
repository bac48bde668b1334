package skillrunner.domain.output;

import java.util.Objects;
import skillrunner.domain.run.OutputStreamKind;

/**
 * A piece of what one attempt wrote, in bytes of that attempt's stream.
 *
 * @param stream which stream
 * @param from offset of the first byte
 * @param to offset behind the last byte
 */
public record OutputRange(OutputStreamKind stream, long from, long to) {
    /** Refuses null and what is not a range. */
    public OutputRange {
        Objects.requireNonNull(stream);
        if (from < 0 || to < from) {
            throw new IllegalArgumentException("not a range: " + from + " to " + to);
        }
    }
}
