package skillrunner.application.run.output;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;

/**
 * One client's view of a run: positions in both streams and the last status told. Holds nothing else, so a slow client
 * costs no memory. Used by one thread at a time.
 */
public final class RunStream {
    /** Most bytes of one frame. */
    static final int FRAME_BYTES = RunLook.FRAME_BYTES;

    private final SharedLooks looks;
    private final Run first;
    private final Deque<ToldFrame> ready = new ArrayDeque<>();
    private StreamPlace place;
    private boolean more = true;
    private boolean ended;

    RunStream(FollowRun source, SharedLooks looks, Run first, StreamStart start) {
        this.looks = looks;
        this.first = first;
        long stdout = source.effectiveOffset(first, OutputStreamKind.STDOUT, start.stdout());
        long stderr = source.effectiveOffset(first, OutputStreamKind.STDERR, start.stderr());
        Optional<Long> cursor = start.cursor().map(wanted -> source.effectiveCursor(first.id(), wanted));
        this.place = new StreamPlace(start.log(), stdout, stderr, cursor, null, Optional.empty(), 0);
    }

    private ToldFrame snapshot() {
        return new ToldFrame(
                new StreamFrame.Snapshot(
                        first.status(),
                        place.stdout(),
                        place.stderr(),
                        place.cursor(),
                        first.interactions().pending()),
                place.stdout(),
                place.stderr(),
                place.cursor());
    }

    /**
     * Returns the next frame. Never blocks on anything but the disk.
     *
     * @return the frame, or empty if there is nothing to tell now
     */
    public Optional<StreamFrame> next() {
        return nextTold().map(ToldFrame::frame);
    }

    /**
     * Returns the next frame with the place behind it. Never blocks on anything but the disk.
     *
     * @return the frame, or empty if there is nothing to tell now
     */
    public Optional<ToldFrame> nextTold() {
        if (place.told() == null) {
            ToldFrame snapshot = snapshot();
            place = new StreamPlace(
                    place.log(), place.stdout(), place.stderr(), place.cursor(), first.status(), place.stall(), 0);
            return Optional.of(snapshot);
        }
        if (ready.isEmpty() && !finished()) {
            RunLook.Seen seen = looks.from(place);
            place = seen.after();
            more = seen.more();
            ended = seen.finished();
            ready.addAll(seen.frames());
        }
        return Optional.ofNullable(ready.poll());
    }

    /**
     * Tells whether more is known to follow at once. What nobody knows of may be there all the same.
     *
     * @return true if the next frame is worth waiting for before this one is sent
     */
    public boolean hasBacklog() {
        return !ready.isEmpty() || (more && !ended);
    }

    /**
     * Tells whether nothing will follow.
     *
     * @return true after the end frame, or when the run was removed
     */
    public boolean finished() {
        return ended && ready.isEmpty();
    }
}
