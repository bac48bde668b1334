package skillrunner.application.signin;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.Predicate;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInAnswerRules;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInWay;

/**
 * One session and what its driver holds for it. The driver works without any lock, so an answer that takes its time keeps nobody from
 * looking or canceling. Safe for concurrent use.
 */
final class LiveSignIn {
    private static final System.Logger LOG = System.getLogger(LiveSignIn.class.getName());
    private static final SignInProblem BROKE_OFF =
            SignInFault.BROKE_OFF.saying("the sign-in broke off unexpectedly; the server's log says why");
    private static final Duration BETWEEN_FORCED_LOOKS = Duration.ofSeconds(1);

    private final ExclusiveUser user;
    private final RecordedSignIn state;
    private final Predicate<EngineId> ready;
    private final Clock clock;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

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
        SignInSession started = SignInSession.started(id, way, clock.instant(), life);
        this.user = userOf(started);
        this.state = new RecordedSignIn(started, records, clock, () -> onEnd.accept(this));
        this.ready = ready;
        this.clock = clock;
    }

    /** A session that has ended and whose driver is not at work any more. */
    LiveSignIn(RecordedSignIn ended, Predicate<EngineId> ready, Clock clock) {
        this.user = userOf(ended.session());
        this.state = ended;
        this.ready = ready;
        this.clock = clock;
    }

    private static ExclusiveUser userOf(SignInSession session) {
        return new ExclusiveUser(
                ExclusiveUser.Purpose.SIGN_IN,
                session.id().value(),
                session.way().engine(),
                session.createdAt());
    }

    ExclusiveUser user() {
        return user;
    }

    SignInSession session() {
        return state.session();
    }

    boolean hasEnded() {
        return session().status().isTerminal();
    }

    SignInSnapshot snapshot() {
        // Files are looked at without the lock: whoever looks keeps nobody from canceling.
        return state.snapshot(ready.test(user.engine()));
    }

    /** Lets the driver begin. If that fails, nothing of the session is left. Whoever ended it meanwhile has let go of nothing. */
    void begin(SignInDriver driver) {
        SignInWork begun;
        try {
            state.open();
            begun = driver.begin(session().way(), state);
        } catch (RuntimeException | Error e) {
            state.discard();
            throw e;
        }
        lock.lock();
        try {
            work = Optional.of(begun);
        } finally {
            lock.unlock();
        }
    }

    /** Whether it has ended and what its driver holds is known, so that it can be let go of. */
    boolean canLetGo() {
        return hasEnded() && work().isPresent();
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
        String answer = SignInAnswerRules.checked(value);
        state.line("input_received", Map.of("kind", kind.wire(), "value_redacted", true));
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
        state.line("forced_poll_for_new_start", Map.of("reason", "another start"));
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

    /** Ends it if its time is over. */
    void expire() {
        state.expire();
    }

    void cancel() {
        state.cancel();
    }

    void fail(SignInProblem why) {
        state.failed(why);
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
            state.finish(ready.test(user.engine()));
            return true;
        } finally {
            lettingGo.unlock();
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
        state.failed(BROKE_OFF);
    }
}
