package skillrunner.application.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Predicate;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.domain.signin.SignInWays;

/**
 * Signs engines in. There is one session at a time over all engines and transports; ended ones are remembered for a while. Sessions
 * live in memory; where each stands is kept on the disk too, and {@link #recover} ends what an earlier server left. Safe for
 * concurrent use.
 */
public final class SignIns implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(SignIns.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final int REMEMBERED = 50;

    private final Map<SignInWay, SignInDriver> drivers = new LinkedHashMap<>();
    private final SignInWays ways;
    private final ExclusiveUse use;
    private final SignInRecords records;
    private final Predicate<EngineId> ready;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Clock clock;
    private final Optional<Duration> life;
    private final FormerSignIns formers;
    private final ReentrantLock lock = new ReentrantLock();

    /** The session that is alive or being ended. Guarded by the lock. */
    private Optional<LiveSignIn> current = Optional.empty();

    /** In the order in which they ended. Guarded by the lock. */
    private final Map<SignInId, LiveSignIn> ended = new LinkedHashMap<>();

    /**
     * Takes its collaborators.
     *
     * @param drivers what can sign engines in
     * @param use what a session has for itself while it lasts
     * @param records what is kept of sessions
     * @param ready tells whether an engine has its credentials
     * @param background gives threads
     * @param ids makes ids
     * @param clock tells the time
     * @param life how long a session may take; empty if nobody may begin one
     * @throws IllegalArgumentException if two drivers offer the same way
     */
    public SignIns(
            List<SignInDriver> drivers,
            ExclusiveUse use,
            SignInRecords records,
            Predicate<EngineId> ready,
            BackgroundTasks background,
            IdSource ids,
            Clock clock,
            Optional<Duration> life) {
        this.ways = new SignInWays(
                drivers.stream().flatMap(driver -> driver.ways().stream()).toList());
        drivers.forEach(driver -> driver.ways().forEach(way -> this.drivers.put(way, driver)));
        this.use = Objects.requireNonNull(use);
        this.records = Objects.requireNonNull(records);
        this.ready = Objects.requireNonNull(ready);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.life = Objects.requireNonNull(life);
        this.formers = new FormerSignIns(records, ready, background, clock);
        use.whenWanted(this::settle);
    }

    /**
     * Returns what can be offered.
     *
     * @return the ways of all drivers
     */
    public SignInWays ways() {
        return ways;
    }

    /**
     * Begins a session.
     *
     * @param transport who shall talk to the provider
     * @param engine the engine
     * @param method what the user will do
     * @param provider which provider of an engine that has several
     * @return the session, as far as it has come
     * @throws RefusedException with {@link ErrorCode#UNSUPPORTED_COMBINATION} if there is no such way, with {@link
     *     ErrorCode#SESSION_CONFLICT} while a session or a terminal is alive, with {@link ErrorCode#SIGN_IN_DISABLED} if nobody may
     *     sign in here, or as the driver refuses
     */
    public SignInSnapshot start(
            SignInTransport transport, EngineId engine, SignInMethod method, Optional<String> provider) {
        Duration patience = life.orElseThrow(
                () -> new RefusedException(ErrorCode.SIGN_IN_DISABLED, "Sign-ins are switched off on this server"));
        SignInWay way = ways.find(transport, engine, method, provider)
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.UNSUPPORTED_COMBINATION,
                        "'" + engine + "'"
                                + provider.map(it -> " with the provider '" + it + "'")
                                        .orElse("") + " can't be signed in by " + method.wire() + " over "
                                + transport.wire()));
        SignInDriver driver = Objects.requireNonNull(drivers.get(way));
        driver.require(way);
        use.settle();
        LiveSignIn live =
                new LiveSignIn(new SignInId(ids.next()), way, patience, records, ready, clock, this::finishSoon);
        take(live);
        try {
            live.begin(driver);
        } catch (RuntimeException | Error e) {
            forget(live, false);
            throw e;
        }
        lookAgain(live);
        live.look();
        finishIfEnded(live);
        return snapshot(live);
    }

    /**
     * Finds a session.
     *
     * @param transport over which it goes; none of another transport is found
     * @param id names it
     * @return the session as it is now
     * @throws RefusedException with {@link ErrorCode#SESSION_NOT_FOUND}
     */
    public SignInSnapshot find(Optional<SignInTransport> transport, String id) {
        LiveSignIn live = live(transport, id);
        refresh(live);
        return snapshot(live);
    }

    /**
     * Finds the session that is alive.
     *
     * @return it, if there is one
     */
    public Optional<SignInSnapshot> active() {
        return current()
                .filter(live -> {
                    refresh(live);
                    return !live.hasEnded();
                })
                .map(this::snapshot);
    }

    /**
     * Takes what a user typed.
     *
     * @param transport over which the session goes; none of another transport is found
     * @param id names the session
     * @param kind of what kind it is
     * @param value what was typed
     * @return the session after it
     * @throws RefusedException with {@link ErrorCode#SESSION_NOT_FOUND}, or with {@link ErrorCode#INPUT_REFUSED} if the session asks
     *     for nothing of the kind or it can be no answer
     */
    public SignInSnapshot submit(Optional<SignInTransport> transport, String id, SignInInputKind kind, String value) {
        LiveSignIn live = live(transport, id);
        refresh(live);
        live.submit(kind, value);
        finishIfEnded(live);
        return snapshot(live);
    }

    /**
     * Ends a session. One that has ended stays as it is.
     *
     * @param transport over which the session goes; none of another transport is found
     * @param id names the session
     * @return the session after it
     * @throws RefusedException with {@link ErrorCode#SESSION_NOT_FOUND}
     */
    public SignInSnapshot cancel(Optional<SignInTransport> transport, String id) {
        LiveSignIn live = live(transport, id);
        live.cancel();
        finishIfEnded(live);
        return snapshot(live);
    }

    /**
     * Takes what a browser brought to the server's own port.
     *
     * @param answer what it brought
     * @return the session it belongs to, after it; empty if it belongs to none, or was brought before
     */
    public Optional<SignInSnapshot> callBack(BrowserAnswer answer) {
        Optional<LiveSignIn> live = current().filter(it -> it.callBack(answer));
        live.ifPresent(this::finishIfEnded);
        return live.map(this::snapshot);
    }

    /**
     * Remembers the sessions of an earlier server as failed, and ends in the background what they left; whoever begins a session waits for
     * that. To be called before a session begins. What can't be ended is logged, and tried again by the next server.
     *
     * @param afterwards is done when all is ended, before anybody begins a session
     */
    public void recover(Runnable afterwards) {
        formers.end(
                kept -> ways.find(kept.transport(), kept.engine(), kept.method(), kept.provider()),
                way -> Objects.requireNonNull(drivers.get(way)),
                former -> {
                    lock.lock();
                    try {
                        remember(former);
                    } finally {
                        lock.unlock();
                    }
                },
                afterwards);
    }

    /**
     * Does something once nothing of the sessions of an earlier server is in the engines' home any more, neither a program nor accounts that
     * were laid aside: at once if nothing was left, and half a minute later in any case.
     *
     * @param what is done once, by any thread
     */
    public void whenRecovered(Runnable what) {
        formers.whenCleared(what);
    }

    /** Ends the session that is alive, as the end of the server does: nobody will see it. */
    @Override
    public void close() {
        current().ifPresent(live -> {
            live.fail(SignInFault.SERVER_STOPPED.saying("the server was stopped"));
            finishIfEnded(live);
        });
    }

    /**
     * Waits until nothing is left of the sessions of earlier servers, and brings that which stands in the way of another to its end if it has
     * one: it is overdue, or its user has just agreed.
     */
    private void settle() {
        formers.await();
        current().ifPresent(live -> {
            live.expire();
            if (!live.hasEnded()) {
                live.lookAtOnce();
            }
            finishIfEnded(live);
        });
    }

    private void take(LiveSignIn live) {
        lock.lock();
        try {
            use.take(live.user()).ifPresent(user -> {
                throw user.refusal();
            });
            current = Optional.of(live);
        } finally {
            lock.unlock();
        }
    }

    private Optional<LiveSignIn> current() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    private LiveSignIn live(Optional<SignInTransport> transport, String id) {
        Optional<LiveSignIn> found = SignInId.parse(id).flatMap(this::byId);
        return found.filter(live -> transport.isEmpty()
                        || transport.get() == live.session().way().transport())
                .orElseThrow(() ->
                        new RefusedException(ErrorCode.SESSION_NOT_FOUND, "There is no sign-in session of this id"));
    }

    private Optional<LiveSignIn> byId(SignInId id) {
        lock.lock();
        try {
            return current.filter(live -> live.session().id().equals(id)).or(() -> Optional.ofNullable(ended.get(id)));
        } finally {
            lock.unlock();
        }
    }

    private void refresh(LiveSignIn live) {
        live.expire();
        finishIfEnded(live);
    }

    private void lookAgain(LiveSignIn live) {
        background.submitAfter(LOOK_EVERY, "sign-in", () -> {
            try {
                live.expire();
                live.look();
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a sign-in session could not be looked at", e);
            } finally {
                finishIfEnded(live);
                if (!live.hasEnded()) {
                    lookAgain(live);
                }
            }
        });
    }

    /**
     * Whoever comes here while another thread lets go waits for it. One that is still beginning keeps its place until its start comes here:
     * another would find in the home what this one has not put back.
     */
    private void finishIfEnded(LiveSignIn live) {
        if (live.canLetGo()) {
            live.letGo();
            forget(live, true);
        }
    }

    private void forget(LiveSignIn live, boolean remember) {
        lock.lock();
        try {
            if (current.filter(live::equals).isEmpty()) {
                return;
            }
            current = Optional.empty();
            if (remember) {
                remember(live);
            }
        } finally {
            lock.unlock();
            use.giveBack(live.user());
        }
    }

    /** Guarded by the lock. */
    private void remember(LiveSignIn live) {
        ended.put(live.session().id(), live);
        Iterator<SignInId> oldest = ended.keySet().iterator();
        while (ended.size() > REMEMBERED) {
            oldest.next();
            oldest.remove();
        }
    }

    /** What a session holds is let go of at once and not by whoever looks next; whoever ended it does not wait for it. */
    private void finishSoon(LiveSignIn live) {
        background.submit("sign-in", () -> finishIfEnded(live));
    }

    private SignInSnapshot snapshot(LiveSignIn live) {
        return live.snapshot();
    }
}
