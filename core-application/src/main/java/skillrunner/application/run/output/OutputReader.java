package skillrunner.application.run.output;

import java.nio.charset.StandardCharsets;
import java.util.function.BooleanSupplier;
import skillrunner.application.engine.EngineOutputReader;
import skillrunner.application.time.Countdown;
import skillrunner.domain.output.OutputPosition;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;

/** Feeds one attempt's output to the reader of its engine as it grows. Used by one thread. */
public final class OutputReader {
    private static final System.Logger LOG = System.getLogger("skillrunner.engine-output");
    private static final int CHUNK = 64 * 1024;

    /** So much at most in one go. */
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
     * @param time no more is begun once it is over, but that something is read of each stream
     * @return whether there may be more
     */
    public boolean readNew(Written written, Countdown time) {
        long before = stdout + stderr;
        if (written.stdout() > stdout) {
            stdout = read(OutputStreamKind.STDOUT, stdout, stdout + MAX_PER_PASS, verbose >= 1, time::isOver);
        }
        if (written.stderr() > stderr) {
            stderr = read(OutputStreamKind.STDERR, stderr, stderr + MAX_PER_PASS, verbose >= 2, time::isOver);
        }
        return stdout + stderr - before >= MAX_PER_PASS || (stdout + stderr > before && time.isOver());
    }

    /**
     * Tells how much was not read yet.
     *
     * @param stdoutEnd end in standard output
     * @param stderrEnd end in standard error
     * @return bytes of both
     */
    public long unread(long stdoutEnd, long stderrEnd) {
        return Math.max(0, stdoutEnd - stdout) + Math.max(0, stderrEnd - stderr);
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
        readToEnd(stdoutEnd, stderrEnd, () -> false);
    }

    /**
     * Reads up to two offsets, which are the output's end, or as far as there is time; something of each stream at least.
     *
     * @param stdoutEnd end in standard output
     * @param stderrEnd end in standard error
     * @param enough whether the time is over
     * @return whether all was read; if not, the last line may be half read, and nothing can be read behind it
     */
    public boolean readToEnd(long stdoutEnd, long stderrEnd, BooleanSupplier enough) {
        // What is short comes first: of what floods there may not be the time to read all.
        boolean errorsFirst = stderrEnd - stderr < stdoutEnd - stdout;
        if (errorsFirst) {
            stderr = read(OutputStreamKind.STDERR, stderr, stderrEnd, verbose >= 2, enough);
        }
        stdout = read(OutputStreamKind.STDOUT, stdout, stdoutEnd, verbose >= 1, enough);
        if (!errorsFirst) {
            stderr = read(OutputStreamKind.STDERR, stderr, stderrEnd, verbose >= 2, enough);
        }
        if (unread(stdoutEnd, stderrEnd) > 0 && enough.getAsBoolean()) {
            return false;
        }
        engine.finish();
        return true;
    }

    private long read(OutputStreamKind stream, long from, long end, boolean echo, BooleanSupplier enough) {
        long at = from;
        while (at < end
                && (at == from || !enough.getAsBoolean())
                && !Thread.currentThread().isInterrupted()) {
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
