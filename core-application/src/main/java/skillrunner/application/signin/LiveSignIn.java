package skillrunner.application.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Excerpt;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInLifecycle;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInWay;

/**
 * One session and what its driver holds for it. The state changes under a lock; the driver works without one, so an answer that
 * takes its time keeps nobody from looking or canceling, and what it brings after the end is dropped. Safe for concurrent use.
 */
final class LiveSignIn implements SignInDesk {
    private static final System.Logger LOG = System.getLogger(LiveSignIn.class.getName());
    private static final SignInProblem BROKE_OFF =
            SignInFault.BROKE_OFF.saying("the sign-in broke off unexpectedly; the server's log says why");
    private static final SignInProblem INTERRUPTED = SignInFault.ORCHESTRATOR_RESTART_INTERRUPTED.saying(
            "ORCHESTRATOR_RESTART_INTERRUPTED: the server ended while the sign-in was under way");
    private static final int MOST_ERROR_CHARACTERS = 500;
    private static final Duration BETWEEN_FORCED_LOOKS = Duration.ofSeconds(1);

    private final ExclusiveUser user;
    private final SignInRecords records;
    private final Predicate<EngineId> ready;
    private final Clock clock;
    private final Consumer<LiveSignIn> onEnd;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    private final Map<String, Object> notes = new LinkedHashMap<>();
    private SignInSession session;
    private String folder = "";
    private Optional<SignInWork> work = Optional.empty();
    private Instant nextForcedLook = Instant.MIN;

    /** Held by whoever looks, so that no two do. */
    private final ReentrantLock looking = new ReentrantLock();

    /** Held by whoever lets go; whoever comes then waits. */
    private final ReentrantLock lettingGo = new ReentrantLock();

    private boolean gone;

    LiveSignIn(
            SignInId id,
            SignInWay way,
            Duration life,
            SignInRecords records,
            Predicate<EngineId> ready,
            Clock clock,
            Consumer<LiveSignIn> onEnd) {
        Instant now = clock.instant();
        this.session = SignInSession.started(id, way, now, life);
        this.user = new ExclusiveUser(ExclusiveUser.Purpose.SIGN_IN, id.value(), way.engine(), now);
        this.records = records;
        this.ready = ready;
        this.clock = clock;
        this.onEnd = onEnd;
    }

    /** A session of an earlier server: it has failed, unless it had ended before its server did. */
    static LiveSignIn former(
            KeptSignIn kept, SignInWay way, SignInRecords records, Predicate<EngineId> ready, Clock clock) {
        LiveSignIn former = new LiveSignIn(
                kept.id(),
                way,
                Duration.between(kept.createdAt(), kept.expiresAt()),
                records,
                ready,
                Clock.fixed(kept.createdAt(), ZoneOffset.UTC),
                live -> {});
        former.folder = records.folder(kept);
        former.notes.putAll(kept.notes());
        Instant now = clock.instant();
        former.session = switch (kept.status()) {
            case SUCCEEDED -> former.session.succeeded(kept.updatedAt());
            case CANCELED -> former.session.canceled(kept.updatedAt());
            case EXPIRED -> former.session.expired(kept.updatedAt());
            case FAILED, STARTING, WAITING_ORCHESTRATOR, WAITING_USER, CODE_SUBMITTED_WAITING_RESULT ->
                former.session.failed(INTERRUPTED, now);
        };
        if (!kept.status().isTerminal()) {
            records.add(
                    former.session,
                    "state_changed",
                    Map.of(
                            "from",
                            kept.status().wire(),
                            "to",
                            former.session.status().wire()));
        }
        return former;
    }

    ExclusiveUser user() {
        return user;
    }

    SignInSession session() {
        lock.lock();
        try {
            return session;
        } finally {
            lock.unlock();
        }
    }

    boolean hasEnded() {
        return session().status().isTerminal();
    }

    SignInSnapshot snapshot() {
        // Files are looked at without the lock: whoever looks keeps nobody from canceling.
        boolean engineReady = ready.test(user.engine());
        lock.lock();
        try {
            return new SignInSnapshot(session, engineReady, folder, notes);
        } finally {
            lock.unlock();
        }
    }

    /** Lets the driver begin. If that fails, nothing of the session is left. */
    void begin(SignInDriver driver) {
        SignInSession started = session();
        String made = records.open(started);
        lock.lock();
        try {
            folder = made;
        } finally {
            lock.unlock();
        }
        SignInWork begun;
        try {
            records.add(
                    started,
                    "session_started",
                    Map.of(
                            "status",
                            started.status().wire(),
                            "engine",
                            started.way().engine().wire(),
                            "auth_method",
                            started.way().method().wire()));
            keep(false);
            begun = driver.begin(started.way(), this);
        } catch (RuntimeException | Error e) {
            records.discard(started.id());
            throw e;
        }
        lock.lock();
        try {
            work = Optional.of(begun);
        } finally {
            lock.unlock();
        }
        if (hasEnded()) {
            // Whoever ended it meanwhile found nothing to let go of.
            begun.close();
        }
    }

    void submit(SignInInputKind kind, String value) {
        SignInSession now = session();
        boolean asks = now.status() == SignInStatus.WAITING_USER
                && now.prompt().input().filter(input -> input.takes(kind)).isPresent();
        Optional<SignInWork> present = work();
        if (!asks || present.isEmpty()) {
            throw new RefusedException(
                    ErrorCode.INPUT_REFUSED,
                    "The session is " + now.status().wire()
                            + now.prompt()
                                    .input()
                                    .map(input -> " and asks for " + input.wire())
                                    .orElse(" and asks for nothing"));
        }
        String answer = value.strip();
        if (answer.isEmpty()) {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "The answer is empty");
        }
        records.add(now, "input_received", Map.of("kind", kind.wire(), "value_redacted", true));
        try {
            present.get().submit(kind, answer);
        } catch (RefusedException e) {
            throw e;
        } catch (RuntimeException e) {
            brokeOff(e);
        }
    }

    boolean callBack(BrowserAnswer answer) {
        try {
            return !hasEnded() && work().filter(it -> it.callBack(answer)).isPresent();
        } catch (RuntimeException e) {
            brokeOff(e);
            return true;
        }
    }

    /** Lets the driver look, unless somebody does already. */
    void look() {
        look(it -> it.look(clock.instant()));
    }

    /**
     * Lets the driver look though it may not be due, because another session would be refused. However many are: a provider is asked
     * once a second at most.
     */
    void lookAtOnce() {
        Instant now = clock.instant();
        lock.lock();
        try {
            if (now.isBefore(nextForcedLook)) {
                return;
            }
            nextForcedLook = now.plus(BETWEEN_FORCED_LOOKS);
        } finally {
            lock.unlock();
        }
        records.add(session(), "forced_poll_for_new_start", Map.of("reason", "another start"));
        look(it -> it.lookAtOnce(clock.instant()));
    }

    private void look(Consumer<SignInWork> way) {
        if (hasEnded() || !looking.tryLock()) {
            return;
        }
        try {
            work().ifPresent(way);
        } catch (RuntimeException e) {
            brokeOff(e);
        } finally {
            looking.unlock();
        }
    }

    void expire() {
        Instant now = clock.instant();
        move(SignInLifecycle.Event.OVERDUE, present -> present.isOverdue(now) ? present.expired(now) : present);
    }

    void cancel() {
        move(SignInLifecycle.Event.CALLED_OFF, present -> present.canceled(clock.instant()));
    }

    /**
     * Closes what the driver held, once; whoever comes meanwhile waits until it is closed.
     *
     * @return whether this call did it
     */
    boolean letGo() {
        lettingGo.lock();
        try {
            if (gone) {
                return false;
            }
            gone = true;
            try {
                work().ifPresent(SignInWork::close);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "what a sign-in session held could not be let go", e);
            }
            SignInSession ended = session();
            Map<String, Object> facts = new LinkedHashMap<>();
            facts.put("status", ended.status().wire());
            ended.error().ifPresent(error -> facts.put("error", error.words()));
            facts.put("auth_ready", ready.test(ended.way().engine()));
            records.add(ended, "session_finished", facts);
            keep(true);
            return true;
        } finally {
            lettingGo.unlock();
        }
    }

    @Override
    public boolean asked(SignInPrompt prompt, Optional<SignInProblem> why) {
        return move(
                SignInLifecycle.Event.ASKED,
                present -> present.asked(prompt, why.map(LiveSignIn::cut), clock.instant()));
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
            records.add(session(), "callback_received", Map.of("stateful", true));
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
            failed(SignInFault.CREDENTIALS_NOT_WRITTEN.saying("the credentials could not be written: "
                    + Objects.requireNonNullElse(e.getMessage(), "no reason is known")));
            return false;
        } finally {
            lock.unlock();
        }
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

    private Optional<SignInWork> work() {
        lock.lock();
        try {
            return work;
        } finally {
            lock.unlock();
        }
    }

    private void brokeOff(RuntimeException why) {
        LOG.log(System.Logger.Level.ERROR, "a sign-in session broke off", why);
        failed(BROKE_OFF);
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
                records.add(session, "driver_error", Map.of("message", event + " can't follow on " + before.wire()));
                session = session.failed(
                        SignInFault.FORBIDDEN_STATE.saying("the sign-in came into a state that it can't have"),
                        clock.instant());
            } else {
                session = next.apply(session);
            }
            if (session.status() != before) {
                records.add(
                        session,
                        "state_changed",
                        Map.of("from", before.wire(), "to", session.status().wire()));
                keep(false);
                if (session.status().isTerminal()) {
                    onEnd.accept(this);
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
            records.keep(KeptSignIn.of(session, letGo, notes));
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
