package skillrunner.application.terminal;

import java.time.Clock;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.locks.ReentrantLock;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.background.IdSource;
import skillrunner.application.engine.EngineCli;
import skillrunner.application.engine.EngineTerminal;
import skillrunner.application.engine.Engines;
import skillrunner.application.signin.ExclusiveUse;
import skillrunner.application.signin.ExclusiveUser;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.terminal.TerminalId;
import skillrunner.domain.terminal.TerminalSession;

/**
 * Shows engines' own interfaces. There is one session at a time. It ends with its program, when it is stopped, when its time is over
 * and when nobody looks at it for too long, without anybody having to ask; how it ended is told once. Safe for concurrent use.
 */
public final class Terminals implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Terminals.class.getName());
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final String BROKE = "the terminal broke off unexpectedly; the server's log says why";

    private final Engines engines;
    private final TerminalHome home;
    private final TerminalGround ground;
    private final TerminalStarter starter;
    private final ExclusiveUse use;
    private final BackgroundTasks background;
    private final IdSource ids;
    private final Clock clock;
    private final TerminalLimits limits;
    private final ReentrantLock lock = new ReentrantLock();

    /** The session that is alive, or that has ended without having been told. Guarded by the lock. */
    private Optional<LiveTerminal> current = Optional.empty();

    /** Guarded by the lock, too. */
    private boolean closed;

    /**
     * Takes its collaborators.
     *
     * @param engines the engines of this server
     * @param machine what of the machine a terminal needs
     * @param home the home of all CLIs
     * @param folders where sessions work
     * @param use what a session has for itself while it lasts
     * @param background gives threads
     * @param ids makes ids
     * @param clock tells the time
     * @param limits how long things may take
     */
    public Terminals(
            Engines engines,
            TerminalMachine machine,
            TerminalHome home,
            TerminalFolders folders,
            ExclusiveUse use,
            BackgroundTasks background,
            IdSource ids,
            Clock clock,
            TerminalLimits limits) {
        this.engines = Objects.requireNonNull(engines);
        this.home = Objects.requireNonNull(home);
        this.ground = new TerminalGround(machine, home, folders);
        this.starter = new TerminalStarter(engines, machine, home, folders, background, limits);
        this.use = Objects.requireNonNull(use);
        this.background = Objects.requireNonNull(background);
        this.ids = Objects.requireNonNull(ids);
        this.clock = Objects.requireNonNull(clock);
        this.limits = Objects.requireNonNull(limits);
        use.whenWanted(this::settle);
    }

    /** Ends what earlier servers left. To be called before the first session. */
    public void recover() {
        ground.recover();
    }

    /**
     * Shows an engine's interface. What the engine is signed in with is renewed before, if it is about to end; it begins in any case, after
     * some seconds at most.
     *
     * @param engine an engine of this server
     * @return the session
     * @throws RefusedException with {@link ErrorCode#SESSION_CONFLICT} while another session or a sign-in is alive, with {@link
     *     ErrorCode#ENGINE_CLI_MISSING} if its program is not installed, with {@link ErrorCode#TERMINAL_UNAVAILABLE} if nothing can
     *     show it, with {@link ErrorCode#ENGINE_NOT_IN_USE} if the engine has no interface here
     */
    public TerminalSnapshot start(EngineId engine) {
        EngineCli cli = engines.cli(engine)
                .filter(it -> engines.inUse(engine) && it.terminal().isPresent())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.ENGINE_NOT_IN_USE, "'" + engine + "' has no interface on this server"));
        TerminalId id = new TerminalId(ids.next());
        ExclusiveUser user = new ExclusiveUser(ExclusiveUser.Purpose.TERMINAL, id.value(), engine, clock.instant());
        use.settle();
        use.take(user).ifPresent(other -> {
            throw other.refusal();
        });
        LiveTerminal live;
        try {
            live = begin(id, cli, user);
        } catch (RuntimeException | Error e) {
            use.giveBack(user);
            throw e;
        }
        return live.snapshot();
    }

    /** What was taken in between is given back if this throws. */
    private LiveTerminal begin(TerminalId id, EngineCli cli, ExclusiveUser user) {
        EngineId engine = cli.engine();
        EngineTerminal terminal = cli.terminal().orElseThrow();
        Optional<String> folder = Optional.empty();
        Optional<TerminalProgram> program = Optional.empty();
        try {
            String file = ground.hold(cli, id);
            String made = ground.prepare(id, engine);
            folder = Optional.of(made);
            home.signIns().before(engine);
            TerminalProgram started = starter.start(id, engine, terminal, file, made);
            program = Optional.of(started);
            TerminalSession session = TerminalSession.started(
                    id, engine, started.console().pid(), started.sandbox(), clock.instant(), limits.life());
            LiveTerminal live = new LiveTerminal(
                    user,
                    started,
                    new TerminalSnapshot(
                            session, terminal.command(), terminal.label(), made, home.folder(), started.door()),
                    clock,
                    limits);
            put(live);
            started.whenOver(
                    code -> {
                        live.exited(code);
                        finishIfEnded(live);
                    },
                    fault -> {
                        live.broke(BROKE);
                        finishIfEnded(live);
                    });
            lookAgain(live);
            return live;
        } catch (RuntimeException | Error e) {
            program.ifPresent(TerminalProgram::discard);
            ground.undo(id, engine, folder);
            throw e;
        }
    }

    /**
     * Tells the session, and how it ended once.
     *
     * @return the session that is alive, or that has ended since it was told last
     */
    public Optional<TerminalSnapshot> session() {
        return current()
                .filter(live -> {
                    refresh(live);
                    return !live.hasEnded() || live.reports();
                })
                .map(LiveTerminal::snapshot);
    }

    /**
     * Tells the session that is alive.
     *
     * @return it, if there is one
     */
    public Optional<TerminalSnapshot> alive() {
        return current()
                .filter(live -> {
                    refresh(live);
                    return !live.hasEnded();
                })
                .map(LiveTerminal::snapshot);
    }

    /**
     * Ends the session, and waits until nothing of it is left.
     *
     * @return the session after it; empty if there was none
     */
    public Optional<TerminalSnapshot> stop() {
        return current()
                .filter(live -> {
                    live.stop(Optional.empty());
                    finishIfEnded(live);
                    return live.reports();
                })
                .map(LiveTerminal::snapshot);
    }

    /**
     * Lets somebody look at the session. There is one viewer at a time.
     *
     * @param id names the session
     * @param viewer who
     * @param takeOver whether somebody who looks already is replaced
     * @return what the viewer can do
     * @throws RefusedException with {@link ErrorCode#SESSION_NOT_FOUND} if it is not alive, or with {@link
     *     ErrorCode#SESSION_CONFLICT} if somebody looks already
     */
    public TerminalSeat attach(TerminalId id, TerminalViewer viewer, boolean takeOver) {
        return current()
                .filter(live -> live.snapshot().session().id().equals(id)
                        && live.snapshot().door().kind() == TerminalDoor.Kind.EMBEDDED)
                .orElseThrow(() ->
                        new RefusedException(ErrorCode.SESSION_NOT_FOUND, "There is no terminal session of this id"))
                .attach(viewer, takeOver);
    }

    /** Ends the session, as the end of the server does, and one that just begins as well. */
    @Override
    public void close() {
        refuseOthers();
        current().ifPresent(live -> {
            live.stop(Optional.of("the server was stopped"));
            finishIfEnded(live);
        });
    }

    /** Brings the session that stands in the way of something else to its end, if it has one. */
    private void settle() {
        current().ifPresent(this::refresh);
    }

    private void refresh(LiveTerminal live) {
        live.expire();
        finishIfEnded(live);
    }

    private void lookAgain(LiveTerminal live) {
        background.submitAfter(LOOK_EVERY, "terminal-look", () -> {
            try {
                refresh(live);
            } catch (RuntimeException e) {
                LOG.log(System.Logger.Level.WARNING, "a terminal session could not be looked at", e);
            } finally {
                if (!live.hasEnded()) {
                    lookAgain(live);
                }
            }
        });
    }

    private void finishIfEnded(LiveTerminal live) {
        if (!live.hasEnded()) {
            return;
        }
        TerminalSnapshot ended = live.snapshot();
        TerminalSession session = ended.session();
        try {
            if (live.letGo()) {
                ground.clear(session.id(), session.engine(), ended.folder());
            }
        } finally {
            use.giveBack(live.user());
        }
    }

    private Optional<LiveTerminal> current() {
        lock.lock();
        try {
            return current;
        } finally {
            lock.unlock();
        }
    }

    /** @throws RefusedException if nobody would end it any more */
    private void put(LiveTerminal live) {
        lock.lock();
        try {
            if (closed) {
                throw new RefusedException(
                        ErrorCode.TERMINAL_UNAVAILABLE, "The server is being stopped, and shows nothing any more");
            }
            current = Optional.of(live);
        } finally {
            lock.unlock();
        }
    }

    private void refuseOthers() {
        lock.lock();
        try {
            closed = true;
        } finally {
            lock.unlock();
        }
    }
}
