package skillrunner.application.run.output;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.Stall;

/** One look at a run from a client's place: what there is to tell, and where the client is then. Used once, by one thread. */
final class RunLook {
    /** Most bytes of one frame. */
    static final int FRAME_BYTES = 8192;

    /** So many events are held at most. */
    private static final int EVENTS_AT_ONCE = 64;

    /** A status is looked up at least this often while a long backlog is sent. */
    private static final int FRAMES_PER_STATUS = 64;

    private final FollowRun source;
    private final RunId id;
    private final boolean log;
    private final List<ToldFrame> frames = new ArrayList<>();
    private Optional<Long> cursor;
    private long stdout;
    private long stderr;
    private @Nullable RunStatus told;
    private Optional<Stall> toldStall;
    private int sinceStatus;
    private boolean more;
    private boolean finished;

    /**
     * What was seen.
     *
     * @param frames what is told, in this order
     * @param after where the client is then
     * @param more whether more was there than was looked at
     * @param finished whether nothing will follow
     */
    record Seen(List<ToldFrame> frames, StreamPlace after, boolean more, boolean finished) {
        Seen {
            frames = List.copyOf(frames);
        }

        /** About how many characters are held. */
        long characters() {
            long characters = 0;
            for (ToldFrame told : frames) {
                if (told.frame() instanceof StreamFrame.Output output) {
                    characters += output.text().length();
                } else if (told.frame() instanceof StreamFrame.Chat chat) {
                    characters += chat.event().length();
                }
            }
            return characters;
        }
    }

    private RunLook(FollowRun source, RunId id, StreamPlace from) {
        this.source = source;
        this.id = id;
        this.log = from.log();
        this.cursor = from.cursor();
        this.stdout = from.stdout();
        this.stderr = from.stderr();
        this.told = from.told();
        this.toldStall = from.stall();
        this.sinceStatus = from.sinceStatus();
    }

    /** Looks. Blocks on nothing but the disk. */
    static Seen at(FollowRun source, RunId id, StreamPlace from) {
        RunLook look = new RunLook(source, id, from);
        look.look();
        return new Seen(
                look.frames,
                new StreamPlace(
                        look.log, look.stdout, look.stderr, look.cursor, look.told, look.toldStall, look.sinceStatus),
                look.more,
                look.finished);
    }

    private void look() {
        boolean looked = ++sinceStatus < FRAMES_PER_STATUS;
        if (looked && readOutput(false)) {
            return;
        }
        sinceStatus = 0;
        // The status is read before the output: whatever was written before a final status is then seen.
        Optional<Run> now = source.find(id);
        if (now.isEmpty()) {
            finished = true;
            return;
        }
        Run run = now.get();
        boolean settled = run.status().isTerminal() || run.status() == RunStatus.WAITING_USER;
        // What a run that goes on has written meanwhile brings a signal of its own.
        boolean output = (settled || !looked) && readOutput(settled);
        // Whoever is told of the end has everything; what can't be written yet is waited for.
        boolean whole = cursor.isEmpty() || !settled || source.hasAllEvents(id);
        boolean events = readEvents();
        if (!settled && (run.status() != told || !source.stall(run).equals(toldStall))) {
            tell(run);
        } else if (settled && whole && !output && !events) {
            tell(run);
            add(new StreamFrame.End(
                    run.status().isTerminal() ? "terminal" : run.status().wire(), source.receipt(run)));
            finished = true;
        }
    }

    private void tell(Run run) {
        told = run.status();
        toldStall = source.stall(run);
        add(new StreamFrame.Status(
                run.status(),
                run.updatedAt(),
                run.failure().map(failure -> failure.code()),
                run.interactions().pending(),
                toldStall));
    }

    private void add(StreamFrame frame) {
        frames.add(new ToldFrame(frame, stdout, stderr, cursor));
    }

    private boolean readEvents() {
        if (cursor.isEmpty()) {
            return false;
        }
        List<JournalEvent> events = source.events(id, cursor.get(), EVENTS_AT_ONCE);
        for (JournalEvent event : events) {
            cursor = Optional.of(event.seq());
            add(new StreamFrame.Chat(event));
        }
        more |= events.size() == EVENTS_AT_ONCE;
        return !events.isEmpty();
    }

    private boolean readOutput(boolean complete) {
        if (!log) {
            return false;
        }
        boolean out = read(OutputStreamKind.STDOUT, stdout, complete);
        boolean err = read(OutputStreamKind.STDERR, stderr, complete);
        return out || err;
    }

    private boolean read(OutputStreamKind stream, long from, boolean complete) {
        RunOutput.Piece piece = source.read(id, stream, from, FRAME_BYTES);
        byte[] bytes = piece.bytes();
        more |= bytes.length == FRAME_BYTES || piece.attemptFollows();
        int held = Utf8Cut.incompleteTail(bytes);
        boolean nothingFollows = bytes.length < FRAME_BYTES && (complete || piece.attemptFollows());
        int length = nothingFollows ? bytes.length : bytes.length - held;
        if (length == 0) {
            return false;
        }
        if (stream == OutputStreamKind.STDOUT) {
            stdout = from + length;
        } else {
            stderr = from + length;
        }
        add(new StreamFrame.Output(stream, from, from + length, new String(bytes, 0, length, StandardCharsets.UTF_8)));
        return true;
    }
}
