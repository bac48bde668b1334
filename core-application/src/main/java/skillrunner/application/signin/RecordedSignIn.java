package skillrunner.application.signin;

import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.UnaryOperator;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInLifecycle;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;

/**
 * Where a session stands. It changes under a lock, by the table of its transport, and each change of status is recorded; what comes after
 * the end is dropped. Safe for concurrent use.
 */
final class RecordedSignIn implements SignInDesk {
    private static final System.Logger LOG = System.getLogger(RecordedSignIn.class.getName());
    private static final int MOST_ERROR_CHARACTERS = 500;

    private final SignInRecords records;
    private final Clock clock;
    private final Runnable onEnd;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Object> notes = new LinkedHashMap<>();
    private final List<Line> early = new ArrayList<>();
    private SignInSession session;
    private String folder = "";
    private boolean opened;
    private boolean discarded;

    /** What is to be written of something that happened. */
    private record Line(SignInSession session, String type, Map<String, ?> facts) {}

    /**
     * Takes a session that nothing is recorded of yet.
     *
     * @param onEnd is run under the lock when it ends, so it must not take its time
     */
    RecordedSignIn(SignInSession session, SignInRecords records, Clock clock, Runnable onEnd) {
        this.session = session;
        this.records = records;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /** A session that is recorded already. */
    static RecordedSignIn former(SignInSession session, KeptSignIn kept, SignInRecords records, Clock clock) {
        RecordedSignIn former = new RecordedSignIn(session, records, clock, () -> {});
        former.folder = records.folder(kept);
        former.opened = true;
        former.notes.putAll(kept.notes());
        if (session.status() != kept.status()) {
            former.line(
                    "state_changed",
                    Map.of("from", kept.status().wire(), "to", session.status().wire()));
        }
        return former;
    }

    /** Makes the folder of the session, with its first line. What happened to the session before follows on it. */
    void open() {
        lock.lock();
        try {
            folder = records.open(session);
            records.add(
                    session,
                    "session_started",
                    Map.of(
                            "status",
                            SignInLifecycle.of(session.way().transport())
                                    .initial()
                                    .wire(),
                            "engine",
                            session.way().engine().wire(),
                            "auth_method",
                            session.way().method().wire()));
            for (Line line : early) {
                records.add(line.session(), line.type(), line.facts());
            }
            early.clear();
            opened = true;
            keep(false);
        } finally {
            lock.unlock();
        }
    }

    /** Nothing of it stays, and nothing more comes: what its driver began may go on for a while. */
    void discard() {
        lock.lock();
        try {
            discarded = true;
            records.discard(session.id());
        } finally {
            lock.unlock();
        }
    }

    /** Writes that nothing is left of it that would have to be ended. */
    void finish(boolean engineReady) {
        SignInSession ended = session();
        Map<String, Object> facts = new LinkedHashMap<>();
        facts.put("status", ended.status().wire());
        ended.error().ifPresent(error -> facts.put("error", error.words()));
        facts.put("auth_ready", engineReady);
        line("session_finished", facts);
        keep(true);
    }

    /** Writes a line about something that happened. */
    void line(String type, Map<String, ?> facts) {
        lock.lock();
        try {
            if (discarded) {
                return;
            }
            if (opened) {
                records.add(session, type, facts);
            } else {
                early.add(new Line(session, type, facts));
            }
        } finally {
            lock.unlock();
        }
    }

    SignInSession session() {
        lock.lock();
        try {
            return session;
        } finally {
            lock.unlock();
        }
    }

    SignInSnapshot snapshot(boolean engineReady) {
        lock.lock();
        try {
            return new SignInSnapshot(session, engineReady, folder, notes);
        } finally {
            lock.unlock();
        }
    }

    /** Its time may be over. */
    void expire() {
        Instant now = clock.instant();
        move(SignInLifecycle.Event.OVERDUE, present -> present.isOverdue(now) ? present.expired(now) : present);
    }

    void cancel() {
        move(SignInLifecycle.Event.CALLED_OFF, present -> present.canceled(clock.instant()));
    }

    @Override
    public boolean asked(SignInPrompt prompt, Optional<SignInProblem> why) {
        return move(
                SignInLifecycle.Event.ASKED,
                present -> present.asked(prompt, why.map(RecordedSignIn::cut), clock.instant()));
    }

    @Override
    public boolean automated() {
        return move(SignInLifecycle.Event.AUTOMATED, present -> present.automated(clock.instant()));
    }

    @Override
    public boolean answered() {
        return move(SignInLifecycle.Event.ANSWERED, present -> present.answered(clock.instant()));
    }

    @Override
    public boolean calledBack() {
        boolean alive = change(present -> present.calledBack(clock.instant()));
        if (alive) {
            line("callback_received", Map.of("stateful", true));
        }
        return alive;
    }

    @Override
    public boolean agreed(Runnable credentials) {
        lock.lock();
        try {
            if (session.status().isTerminal()) {
                return false;
            }
            // Under the lock: nothing may end the session between the two, and neither may happen without the other.
            credentials.run();
            return move(SignInLifecycle.Event.AGREED, present -> present.succeeded(clock.instant()));
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "the credentials of a sign-in could not be written", e);
            failed(SignInFault.CREDENTIALS_NOT_WRITTEN.saying("the credentials could not be written: " + reason(e)));
            return false;
        } finally {
            lock.unlock();
        }
    }

    /** As the disk has it, without the names of our classes. */
    private static String reason(RuntimeException why) {
        Throwable told = why instanceof UncheckedIOException ? Objects.requireNonNullElse(why.getCause(), why) : why;
        return Objects.requireNonNullElse(told.getMessage(), "no reason is known");
    }

    @Override
    public boolean failed(SignInProblem why) {
        return move(SignInLifecycle.Event.FELL_THROUGH, present -> present.failed(cut(why), clock.instant()));
    }

    @Override
    public boolean hasSucceeded() {
        return session().status() == SignInStatus.SUCCEEDED;
    }

    @Override
    public void wentWrongToo(String what) {
        lock.lock();
        try {
            session = session.wentWrongToo(Excerpt.of(what, MOST_ERROR_CHARACTERS));
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void exited(int exitCode) {
        lock.lock();
        try {
            session = session.exited(exitCode);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void note(String key, Object value) {
        lock.lock();
        try {
            notes.put(key, value);
            keep(false);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public SignInId id() {
        return session().id();
    }

    @Override
    public String folder() {
        lock.lock();
        try {
            return folder;
        } finally {
            lock.unlock();
        }
    }

    /** A driver that yields what the table of its transport does not have is at fault, and its session ends for it. */
    private boolean move(SignInLifecycle.Event event, UnaryOperator<SignInSession> next) {
        lock.lock();
        try {
            SignInStatus before = session.status();
            if (before.isTerminal()) {
                return false;
            }
            if (!session.accepts(event)) {
                line("driver_error", Map.of("message", event + " can't follow on " + before.wire()));
                session = session.failed(
                        SignInFault.FORBIDDEN_STATE.saying("the sign-in came into a state that it can't have"),
                        clock.instant());
            } else {
                session = next.apply(session);
            }
            if (session.status() != before) {
                line(
                        "state_changed",
                        Map.of("from", before.wire(), "to", session.status().wire()));
                keep(false);
                if (session.status().isTerminal()) {
                    onEnd.run();
                }
            }
            return !session.status().isTerminal() || session.status() == SignInStatus.SUCCEEDED;
        } finally {
            lock.unlock();
        }
    }

    /** Another server has to tell its end, and to end what outlived it. */
    private void keep(boolean letGo) {
        lock.lock();
        try {
            if (opened && !discarded) {
                records.keep(KeptSignIn.of(session, letGo, notes));
            }
        } finally {
            lock.unlock();
        }
    }

    private boolean change(UnaryOperator<SignInSession> next) {
        lock.lock();
        try {
            if (session.status().isTerminal()) {
                return false;
            }
            session = next.apply(session);
            return true;
        } finally {
            lock.unlock();
        }
    }

    private static SignInProblem cut(SignInProblem problem) {
        return problem.fault().saying(Excerpt.of(problem.words(), MOST_ERROR_CHARACTERS));
    }
}
