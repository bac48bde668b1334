package skillrunner.application.terminal;

import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import skillrunner.application.console.Console;

/**
 * Shows what a program writes to whoever looks, and records the end of it. The program is read as fast as the viewer draws: when too
 * much is under way the reading pauses, and the program stands still. Without a viewer it is read as fast as it writes. Safe for
 * concurrent use.
 */
final class TerminalScreen {
    /** So much of the output is kept at least, and twice as much at most. */
    static final int RECORDED_BYTES = 256 * 1024;

    /** So much may be under way to a viewer that has not drawn it. */
    static final int MOST_UNDER_WAY_BYTES = 384 * 1024;

    private static final int PIECE_BYTES = 16 * 1024;

    private final Console console;
    private final BooleanSupplier overdue;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    /** Guarded by the lock, as what follows. */
    private final ScreenRecording recording;

    private @Nullable Place present;
    private boolean ended;

    /** @param file keeps what is shown, for whoever looks later; nobody else uses it */
    TerminalScreen(Console console, Optional<ScreenFile> file) {
        this.console = console;
        this.recording = new ScreenRecording(RECORDED_BYTES, file);
        this.overdue = () -> console.exitCode().isPresent();
    }

    /** Reads until there is nothing more to read. */
    void pump() {
        byte[] buffer = new byte[PIECE_BYTES];
        for (int count = console.read(buffer); count > 0; count = console.read(buffer)) {
            if (!shown(Arrays.copyOf(buffer, count))) {
                return;
            }
        }
    }

    private boolean shown(byte[] output) {
        lock.lock();
        try {
            // A program that has ended writes no more than what is in the kernel: nobody has to hold it back.
            while (!ended && present != null && present.isFull() && !overdue.getAsBoolean()) {
                changed.awaitUninterruptibly();
            }
            if (ended) {
                return false;
            }
            recording.add(output);
            if (present != null) {
                present.show(output);
            }
            return true;
        } finally {
            lock.unlock();
        }
    }

    /** Whoever waits looks again: the program may have ended meanwhile. */
    void lookAgain() {
        lock.lock();
        try {
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    /**
     * Lets somebody look.
     *
     * @param viewer who
     * @param now the session as it is
     * @param takeOver whether somebody who looks already is replaced
     * @return the place, or empty if it is taken
     */
    Optional<Place> attach(TerminalViewer viewer, Supplier<TerminalSnapshot> now, boolean takeOver) {
        lock.lock();
        try {
            if (ended || (present != null && !takeOver)) {
                return Optional.empty();
            }
            if (present != null) {
                present.viewer.replaced();
            }
            Place place = new Place(viewer);
            present = place;
            byte[] recorded = recording.drawn();
            place.sent = recorded.length;
            viewer.begin(now.get(), recorded, recording.isCut());
            changed.signalAll();
            return Optional.of(place);
        } finally {
            lock.unlock();
        }
    }

    boolean isSeen() {
        lock.lock();
        try {
            return present != null;
        } finally {
            lock.unlock();
        }
    }

    /** Shows the end, once. */
    void end(TerminalSnapshot last) {
        lock.lock();
        try {
            if (!ended) {
                ended = true;
                if (present != null) {
                    present.viewer.end(last);
                }
                letGo();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Ends without a word to anybody: nobody has looked. */
    void discard() {
        lock.lock();
        try {
            ended = true;
            letGo();
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by the lock. */
    private void letGo() {
        present = null;
        recording.close();
        changed.signalAll();
    }

    /** Where one viewer looks from. */
    final class Place {
        private final TerminalViewer viewer;

        /** Guarded by the screen's lock. */
        private long sent;

        private long drawn;

        private Place(TerminalViewer viewer) {
            this.viewer = viewer;
        }

        private boolean isFull() {
            return sent - drawn > MOST_UNDER_WAY_BYTES;
        }

        private void show(byte[] output) {
            sent += output.length;
            viewer.show(output);
        }

        /** Tells whether it is still this one who looks. */
        boolean isTaken() {
            lock.lock();
            try {
                return this == present;
            } finally {
                lock.unlock();
            }
        }

        void acknowledge(long bytes) {
            lock.lock();
            try {
                drawn = Math.max(drawn, Math.min(bytes, sent));
                changed.signalAll();
            } finally {
                lock.unlock();
            }
        }

        void leave() {
            lock.lock();
            try {
                if (this == present) {
                    present = null;
                    changed.signalAll();
                }
            } finally {
                lock.unlock();
            }
        }
    }
}
