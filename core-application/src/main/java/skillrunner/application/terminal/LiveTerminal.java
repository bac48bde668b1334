package skillrunner.application.terminal;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import skillrunner.application.console.ConsoleSize;
import skillrunner.application.signin.ExclusiveUser;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalLifecycle;
import skillrunner.domain.terminal.TerminalSession;

/** One session with its program. Safe for concurrent use. */
final class LiveTerminal {
    private final ExclusiveUser user;
    private final TerminalProgram program;
    private final TerminalSnapshot first;
    private final Clock clock;
    private final TerminalLimits limits;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private TerminalSession session;
    private Instant lastUsed;
    private boolean reported;

    /** Held by whoever lets go; whoever comes then waits. */
    private final ReentrantLock lettingGo = new ReentrantLock();

    private boolean gone;

    LiveTerminal(
            ExclusiveUser user, TerminalProgram program, TerminalSnapshot first, Clock clock, TerminalLimits limits) {
        this.user = user;
        this.program = program;
        this.first = first;
        this.session = first.session();
        this.lastUsed = session.createdAt();
        this.clock = clock;
        this.limits = limits;
    }

    ExclusiveUser user() {
        return user;
    }

    TerminalSnapshot snapshot() {
        lock.lock();
        try {
            return first.with(session);
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return snapshot().session().status().isTerminal();
    }

    /** Notes that the end was told. @return whether it had not been */
    boolean reports() {
        lock.lock();
        try {
            boolean news = !reported;
            reported = true;
            return news;
        } finally {
            lock.unlock();
        }
    }

    void exited(int code) {
        move(TerminalLifecycle.Event.ENDED, now -> now.exited(code, clock.instant()));
    }

    void broke(String why) {
        move(TerminalLifecycle.Event.BROKE, now -> now.broken(why, clock.instant()));
    }

    void stop(Optional<String> why) {
        move(TerminalLifecycle.Event.STOPPED, now -> now.stopped(why, clock.instant()));
    }

    /** Ends it if its time is over. */
    void expire() {
        Instant now = clock.instant();
        if (snapshot().session().isOverdue(now)) {
            move(TerminalLifecycle.Event.OVERDUE, it -> it.overdue(now));
        } else if (first.door().kind() == TerminalDoor.Kind.EMBEDDED && isIdle(now)) {
            move(TerminalLifecycle.Event.UNUSED, it -> it.unused(limits.idle(), now));
        }
        program.screen().lookAgain();
    }

    private boolean isIdle(Instant now) {
        if (program.screen().isSeen()) {
            used();
            return false;
        }
        lock.lock();
        try {
            return Duration.between(lastUsed, now).compareTo(limits.idle()) > 0;
        } finally {
            lock.unlock();
        }
    }

    private void used() {
        lock.lock();
        try {
            lastUsed = clock.instant();
        } finally {
            lock.unlock();
        }
    }

    private void move(TerminalLifecycle.Event event, UnaryOperator<TerminalSession> change) {
        lock.lock();
        try {
            if (TerminalLifecycle.TABLE.accepts(session.status(), event)) {
                session = change.apply(session);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Shows the end and closes the program, once; whoever comes meanwhile waits. @return whether this call did it */
    boolean letGo() {
        lettingGo.lock();
        try {
            if (gone) {
                return false;
            }
            gone = true;
            program.screen().end(snapshot());
            program.console().close();
            return true;
        } finally {
            lettingGo.unlock();
        }
    }

    TerminalSeat attach(TerminalViewer viewer, boolean takeOver) {
        TerminalScreen.Place place = program.screen()
                .attach(viewer, this::snapshot, takeOver)
                .orElseThrow(() -> hasEnded()
                        ? new RefusedException(ErrorCode.SESSION_NOT_FOUND, "The session has ended")
                        : new RefusedException(ErrorCode.SESSION_CONFLICT, "Somebody looks at the terminal already"));
        used();
        return new Seat(place);
    }

    private final class Seat implements TerminalSeat {
        private final TerminalScreen.Place place;

        private Seat(TerminalScreen.Place place) {
            this.place = place;
        }

        @Override
        public void type(byte[] keys) {
            if (place.isTaken()) {
                program.console().write(keys);
            }
        }

        @Override
        public void resize(ConsoleSize size) {
            if (place.isTaken()) {
                program.console().resize(size);
            }
        }

        @Override
        public void acknowledge(long bytes) {
            place.acknowledge(bytes);
        }

        @Override
        public void leave() {
            place.leave();
            used();
        }
    }
}
