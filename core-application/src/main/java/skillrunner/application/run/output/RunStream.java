package skillrunner.application.run.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/**
 * One client's view of a run: positions in both streams and the last status told. Holds nothing else, so a slow client
 * costs no memory. Used by one thread at a time.
 */
public final class RunStream {
    /** Most bytes of one frame. */
    static final int FRAME_BYTES = 8192;

    /** So many events are held at most. */
    private static final int EVENTS_AT_ONCE = 64;

    /** A status is looked up at least this often while a long backlog is sent. */
    private static final int FRAMES_PER_STATUS = 64;

    private final FollowRun source;
    private final Run first;
    private final Deque<StreamFrame> ready = new ArrayDeque<>();
    private final boolean log;
    private final boolean chat;
    private long cursor;
    private long cursorSent;
    private long stdout;
    private long stderr;
    private long stdoutSent;
    private long stderrSent;
    private @Nullable RunStatus told;
    private Optional<Stall> toldStall = Optional.empty();
    private int sinceStatus;
    private boolean ended;
    private boolean gone;

    RunStream(FollowRun source, Run first, StreamStart start) {
        this.source = source;
        this.first = first;
        this.log = start.log();
        this.chat = start.cursor().isPresent();
        this.cursor = start.cursor()
                .map(wanted -> source.effectiveCursor(first.id(), wanted))
                .orElse(0L);
        this.cursorSent = cursor;
        this.stdout = source.effectiveOffset(first, OutputStreamKind.STDOUT, start.stdout());
        this.stderr = source.effectiveOffset(first, OutputStreamKind.STDERR, start.stderr());
        this.stdoutSent = stdout;
        this.stderrSent = stderr;
    }

    /**
     * Returns the next frame. Never blocks on anything but the disk.
     *
     * @return the frame, or empty if there is nothing to tell now
     */
    public Optional<StreamFrame> next() {
        if (told == null) {
            told = first.status();
            return Optional.of(new StreamFrame.Snapshot(
                    first.status(),
                    stdout,
                    stderr,
                    chat ? Optional.of(cursor) : Optional.empty(),
                    first.interactions().pending()));
        }
        if (ready.isEmpty() && !finished()) {
            look();
        }
        Optional<StreamFrame> frame = Optional.ofNullable(ready.poll());
        if (frame.isPresent() && frame.get() instanceof StreamFrame.Output output) {
            if (output.stream() == OutputStreamKind.STDOUT) {
                stdoutSent = output.to();
            } else {
                stderrSent = output.to();
            }
        }
        if (frame.isPresent() && frame.get() instanceof StreamFrame.Chat event) {
            cursorSent = event.event().seq();
        }
        return frame;
    }

    /**
     * Tells whether nothing will follow.
     *
     * @return true after the end frame, or when the run was removed
     */
    public boolean finished() {
        return (ended || gone) && ready.isEmpty();
    }

    /**
     * Returns what a client sends to go on after the last frame it was given.
     *
     * @return offset in stdout
     */
    public long stdoutSent() {
        return stdoutSent;
    }

    /**
     * Returns what a client sends to go on after the last frame it was given.
     *
     * @return offset in stderr
     */
    public long stderrSent() {
        return stderrSent;
    }

    /**
     * Returns what a client sends to go on after the last frame it was given.
     *
     * @return number of the last event; empty if no events are wanted
     */
    public Optional<Long> cursorSent() {
        return chat ? Optional.of(cursorSent) : Optional.empty();
    }

    private void look() {
        if (++sinceStatus < FRAMES_PER_STATUS && readOutput(false)) {
            return;
        }
        sinceStatus = 0;
        // The status is read before the output: whatever was written before a final status is then seen.
        Optional<Run> now = source.find(first.id());
        if (now.isEmpty()) {
            gone = true;
            return;
        }
        Run run = now.get();
        boolean settled = run.status().isTerminal() || run.status() == RunStatus.WAITING_USER;
        boolean output = readOutput(settled);
        // Whoever is told of the end has everything; what can't be written yet is waited for.
        boolean whole = !chat || !settled || source.hasAllEvents(first.id());
        boolean events = readEvents();
        if (!settled && (run.status() != told || !source.stall(run).equals(toldStall))) {
            tell(run);
        } else if (settled && whole && !output && !events) {
            tell(run);
            ready.add(new StreamFrame.End(
                    run.status().isTerminal() ? "terminal" : run.status().wire(), source.receipt(run)));
            ended = true;
        }
    }

    private void tell(Run run) {
        told = run.status();
        toldStall = source.stall(run);
        ready.add(new StreamFrame.Status(
                run.status(),
                run.updatedAt(),
                run.failure().map(failure -> failure.code()),
                run.interactions().pending(),
                toldStall));
    }

    private boolean readEvents() {
        if (!chat) {
            return false;
        }
        List<JournalEvent> events = source.events(first.id(), cursor, EVENTS_AT_ONCE);
        for (JournalEvent event : events) {
            cursor = event.seq();
            ready.add(new StreamFrame.Chat(event));
        }
        return !events.isEmpty();
    }

    private boolean readOutput(boolean complete) {
        if (!log) {
            return false;
        }
        long outBefore = stdout;
        long errBefore = stderr;
        stdout = read(OutputStreamKind.STDOUT, stdout, complete);
        stderr = read(OutputStreamKind.STDERR, stderr, complete);
        return stdout != outBefore || stderr != errBefore;
    }

    private long read(OutputStreamKind stream, long from, boolean complete) {
        RunOutput.Piece piece = source.read(first.id(), stream, from, FRAME_BYTES);
        byte[] bytes = piece.bytes();
        int held = Utf8Cut.incompleteTail(bytes);
        boolean nothingFollows = bytes.length < FRAME_BYTES && (complete || piece.attemptFollows());
        int length = nothingFollows ? bytes.length : bytes.length - held;
        if (length == 0) {
            return from;
        }
        ready.add(new StreamFrame.Output(
                stream, from, from + length, new String(bytes, 0, length, StandardCharsets.UTF_8)));
        return from + length;
    }
}
