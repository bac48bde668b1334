package skillrunner.application.run.output;

import java.util.Objects;
import skillrunner.application.run.journal.OutputBehind;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** Looks for output that no event came from. Safe for concurrent use. */
public final class UntoldOutput implements OutputBehind {
    /** Nobody writes so many blanks behind what he says. */
    private static final int MOST_BLANKS = 64 * 1024;

    private final RunOutput output;

    public UntoldOutput(RunOutput output) {
        this.output = Objects.requireNonNull(output);
    }

    @Override
    public boolean isThere(RunId run, int attempt, OutputPosition told) {
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            long begin = output.start(run, stream, attempt);
            long end = output.start(run, stream, attempt + 1);
            long length = end - begin - told.of(stream);
            if (length > MOST_BLANKS || (length > 0 && hasText(run, stream, begin + told.of(stream), (int) length))) {
                return true;
            }
        }
        return false;
    }

    private boolean hasText(RunId run, OutputStreamKind stream, long from, int length) {
        for (byte value : output.read(run, stream, from, length).bytes()) {
            if (value > ' ') {
                return true;
            }
        }
        return false;
    }
}
