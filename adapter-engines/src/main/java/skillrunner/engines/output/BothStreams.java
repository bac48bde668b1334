package skillrunner.engines.output;

import java.util.Objects;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;

/** The reader of an engine, made of one reader for each stream. */
public final class BothStreams implements EngineOutputReader {
    private final StreamReader stdout;
    private final StreamReader stderr;

    /**
     * Takes its parts.
     *
     * @param stdout reads stdout
     * @param stderr reads stderr
     */
    public BothStreams(StreamReader stdout, StreamReader stderr) {
        this.stdout = Objects.requireNonNull(stdout);
        this.stderr = Objects.requireNonNull(stderr);
    }

    @Override
    public void feed(OutputStreamKind stream, byte[] bytes, int length) {
        switch (stream) {
            case STDOUT -> stdout.feed(bytes, length);
            case STDERR -> stderr.feed(bytes, length);
        }
    }

    @Override
    public void finish() {
        stdout.finish();
        stderr.finish();
    }

    @Override
    public OutputPosition position() {
        return new OutputPosition(stdout.position(), stderr.position());
    }
}
