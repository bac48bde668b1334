package skillrunner.application.run.output;

import java.nio.charset.StandardCharsets;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** Feeds one attempt's output to the reader of its engine as it grows. Used by one thread. */
public final class OutputReader {
    private static final System.Logger LOG = System.getLogger("skillrunner.engine-output");
    private static final int CHUNK = 64 * 1024;

    /** So much at most in one go, so that a flood of output can't keep a wish to end the run waiting. */
    private static final long MAX_PER_PASS = 8L * 1024 * 1024;

    private final RunOutput output;
    private final RunId run;
    private final EngineOutputReader engine;
    private final int verbose;
    private long stdout;
    private long stderr;

    /**
     * Begins at the attempt's first byte.
     *
     * @param output holds the bytes
     * @param run the run
     * @param attempt the attempt's number
     * @param engine is fed
     * @param verbose from 1 on standard output goes to the log as well, from 2 on standard error too
     */
    public OutputReader(RunOutput output, RunId run, int attempt, EngineOutputReader engine, int verbose) {
        this.output = output;
        this.run = run;
        this.engine = engine;
        this.verbose = verbose;
        this.stdout = output.start(run, OutputStreamKind.STDOUT, attempt);
        this.stderr = output.start(run, OutputStreamKind.STDERR, attempt);
    }

    /**
     * Reads what is new, up to a bound.
     *
     * @param written what there was a moment ago; a stream that holds no more than was read is left alone
     * @return whether there may be more
     */
    public boolean readNew(Written written) {
        long before = stdout + stderr;
        if (written.stdout() > stdout) {
            stdout = read(OutputStreamKind.STDOUT, stdout, stdout + MAX_PER_PASS, verbose >= 1);
        }
        if (written.stderr() > stderr) {
            stderr = read(OutputStreamKind.STDERR, stderr, stderr + MAX_PER_PASS, verbose >= 2);
        }
        return stdout + stderr - before >= MAX_PER_PASS;
    }

    /**
     * Returns how far everything has been told.
     *
     * @return the end of each stream's last event, from the attempt's first byte on
     */
    public OutputPosition position() {
        return engine.position();
    }

    /**
     * Reads up to two offsets, which are the output's end, however much is written meanwhile.
     *
     * @param stdoutEnd end in standard output
     * @param stderrEnd end in standard error
     */
    public void readToEnd(long stdoutEnd, long stderrEnd) {
        stdout = read(OutputStreamKind.STDOUT, stdout, stdoutEnd, verbose >= 1);
        stderr = read(OutputStreamKind.STDERR, stderr, stderrEnd, verbose >= 2);
        engine.finish();
    }

    private long read(OutputStreamKind stream, long from, long end, boolean echo) {
        long at = from;
        while (at < end && !Thread.currentThread().isInterrupted()) {
            int wanted = (int) Math.min(CHUNK, end - at);
            byte[] bytes = output.read(run, stream, at, wanted).bytes();
            if (bytes.length == 0) {
                break;
            }
            engine.feed(stream, bytes, bytes.length);
            at += bytes.length;
            if (echo && LOG.isLoggable(System.Logger.Level.INFO)) {
                String text = new String(bytes, StandardCharsets.UTF_8);
                LOG.log(System.Logger.Level.INFO, "{0} {1}: {2}", run, stream.wire(), text);
            }
            if (bytes.length < wanted) {
                break;
            }
        }
        return at;
    }
}
