package skillrunner.application.run.output;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSignals;
import skillrunner.application.run.Runs;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/** Shows a run live, from any offset, as often as anybody likes. Readers never consume. Safe for concurrent use. */
public final class FollowRun {
    /** So much is held at most, over all runs, of what their clients are told together. */
    private static final long MOST_SHARED_CHARACTERS = 4L << 20;

    private final FindRun findRun;
    private final Runs runs;
    private final RunOutput output;
    private final JournalReader journal;
    private final RunSignals signals;
    private final Map<RunId, SharedLooks> followed = new ConcurrentHashMap<>();
    private final AtomicLong room = new AtomicLong(MOST_SHARED_CHARACTERS);

    public FollowRun(FindRun findRun, Runs runs, RunOutput output, JournalReader journal, RunSignals signals) {
        this.findRun = Objects.requireNonNull(findRun);
        this.runs = Objects.requireNonNull(runs);
        this.output = Objects.requireNonNull(output);
        this.journal = Objects.requireNonNull(journal);
        this.signals = Objects.requireNonNull(signals);
    }

    /**
     * Begins to follow a run. {@code wakeUp} may be called before this returns.
     *
     * @param id the request
     * @param start what is wanted, and from where
     * @param wakeUp called from any thread when there may be a next frame
     * @return the run as the client sees it, and what ends the watch
     * @throws skillrunner.domain.problem.RefusedException with {@code REQUEST_NOT_FOUND} or {@code RUN_NOT_FOUND}
     */
    public Following follow(RequestId id, StreamStart start, Runnable wakeUp) {
        RunId run = findRun.find(id).run().id();
        Object follower = new Object();
        SharedLooks looks = join(run, follower, start.cursor().isPresent(), wakeUp);
        Subscription watch = () -> leave(run, follower);
        try {
            return new Following(
                    run, new RunStream(this, looks, findRun.find(id).run(), start), watch);
        } catch (RuntimeException | Error e) {
            watch.close();
            throw e;
        }
    }

    /**
     * Has every client look for itself when it looks next. To be called now and then: a signal may be lost, and what clients of one run
     * are told together is looked at once between two signals.
     */
    public void lookAnew() {
        followed.values().forEach(SharedLooks::forget);
    }

    private SharedLooks join(RunId run, Object follower, boolean events, Runnable wakeUp) {
        return followed.compute(run, (id, present) -> {
            SharedLooks looks = present;
            if (looks == null) {
                looks = new SharedLooks(this, run, room);
                looks.watchedBy(signals.watch(run, looks::wake), signals.watchEvents(run, looks::told));
            }
            looks.add(follower, events, wakeUp);
            return looks;
        });
    }

    private void leave(RunId run, Object follower) {
        followed.computeIfPresent(run, (id, present) -> present.remove(follower) ? null : present);
    }

    /**
     * Tells whether a client that has read so far has nothing more to expect. Compared with what is there, since a run
     * that was interrupted may leave output without a receipt.
     *
     * @param run the run
     * @param has what the client has
     * @return true if the run has ended and nothing is left to send
     */
    public boolean isComplete(Run run, StreamStart has) {
        return run.status().isTerminal()
                && (!has.log()
                        || (has.stdout() >= output.size(run.id(), OutputStreamKind.STDOUT)
                                && has.stderr() >= output.size(run.id(), OutputStreamKind.STDERR)))
                && has.cursor()
                        .filter(cursor -> cursor < journal.lastFcmp(run.id()))
                        .isEmpty();
    }

    /**
     * A client's place.
     *
     * @param run the run
     * @param stream gives the frames
     * @param watch ends the watch
     */
    public record Following(RunId run, RunStream stream, Subscription watch) {}

    Optional<Run> find(RunId run) {
        return runs.find(run);
    }

    Optional<RunReceipt> receipt(Run run) {
        return findRun.receipt(run);
    }

    List<JournalEvent> events(RunId run, long cursor, int most) {
        return journal.fcmpAfter(run, cursor, most);
    }

    boolean hasAllEvents(RunId run) {
        return journal.isWhole(run);
    }

    long effectiveCursor(RunId run, long wanted) {
        return Math.min(wanted, journal.lastFcmp(run));
    }

    Optional<Stall> stall(Run run) {
        return findRun.stall(run);
    }

    RunOutput.Piece read(RunId run, OutputStreamKind stream, long from, int max) {
        return output.read(run, stream, from, max);
    }

    /** Clamps to what is there, and moves back to the start of the character the offset lies in. */
    long effectiveOffset(Run followed, OutputStreamKind stream, long wanted) {
        RunId run = followed.id();
        long size = output.size(run, stream);
        if (wanted > size || (wanted == size && mayGoOn(followed, stream, size))) {
            return size - Utf8Cut.incompleteTail(lastBytes(run, stream, size));
        }
        long offset = Math.max(0, wanted);
        byte[] at = output.read(run, stream, offset, 1).bytes();
        return at.length == 0 ? offset : offset - Utf8Cut.stepsBack(lastBytes(run, stream, offset), at[0]);
    }

    /** Whether what stands at the end may be half a character of which nobody was told. Once an attempt has ended it is told. */
    private boolean mayGoOn(Run run, OutputStreamKind stream, long size) {
        return run.status() == RunStatus.RUNNING
                && output.attempts(run.id()) == run.attempt()
                && size > output.start(run.id(), stream, run.attempt());
    }

    /** Up to three bytes before an offset, of the attempt that goes on there: a character never spans two attempts. */
    private byte[] lastBytes(RunId run, OutputStreamKind stream, long offset) {
        for (int back = (int) Math.min(Utf8Cut.LONGEST - 1, offset); back > 0; back--) {
            byte[] bytes = output.read(run, stream, offset - back, back + 1).bytes();
            if (bytes.length > back || (bytes.length == back && offset == output.size(run, stream))) {
                return Arrays.copyOf(bytes, back);
            }
        }
        return new byte[0];
    }
}
