package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.application.console.ConsoleFailedException;
import skillrunner.application.signin.SignInDesk;
import skillrunner.application.signin.SignInWork;
import skillrunner.delegate.screen.Secrets;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.DelegateCourse;
import skillrunner.domain.signin.DelegatePolicy;
import skillrunner.domain.signin.DelegateVerdict;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInProblem;

/**
 * The programs at work for one session, one after another. It looks when something is shown, and now and then, lets the program's {@link
 * Script} act on it, and carries out what {@link DelegatePolicy} makes of it. Safe for concurrent use.
 */
final class DelegateSignIn implements SignInWork {
    private static final Logger LOG = LoggerFactory.getLogger(DelegateSignIn.class);
    private static final String TASK = "sign-in screen";
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(50);
    private static final Duration TICK = Duration.ofMillis(250);

    private final InstalledCli cli;
    private final String marker;
    private final Iterator<Script> scripts;
    private final CredentialWatch watch;
    private final List<LaidAside> aside;
    private final Secrets secrets;
    private final SessionLogs logs;
    private final SignInDesk desk;
    private final Parts parts;

    /** Guards what follows. */
    private final ReentrantLock lock = new ReentrantLock();

    /** Null before the first program, and while one is followed by another. */
    private @Nullable Standing present;

    private Instant nextLook = Instant.MIN;
    private boolean looksLater;

    /** The program that was started last: it may be gone, and is ended in any case. Written under the lock. */
    private volatile @Nullable DelegateProgram latest;

    /** Set without the lock, which who types may hold until the program takes in what is typed. */
    private final AtomicBoolean closed = new AtomicBoolean();

    DelegateSignIn(
            InstalledCli cli,
            String marker,
            List<Script> scripts,
            CredentialWatch watch,
            List<LaidAside> aside,
            Secrets secrets,
            SessionLogs logs,
            SignInDesk desk,
            Parts parts) {
        this.cli = cli;
        this.marker = marker;
        this.scripts = scripts.iterator();
        this.watch = watch;
        this.aside = List.copyOf(aside);
        this.secrets = secrets;
        this.logs = logs;
        this.desk = desk;
        this.parts = parts;
    }

    /** Starts the program of the next script. */
    void start() {
        lock.lock();
        try {
            if (closed.get()) {
                return;
            }
            Script script = scripts.next();
            DelegateProgram started = DelegateProgram.start(cli, script, desk.folder(), marker, parts);
            Standing standing = new Standing(started, script, desk, secrets, logs, parts, this::judge);
            present = standing;
            latest = started;
            desk.note("cli_pid", started.pid());
            parts.background().submit(TASK, () -> started.read(logs, () -> news(standing)));
            standing.begin();
            tick(standing);
        } catch (ConsoleFailedException e) {
            LOG.warn("the program of a sign-in could not be started", e);
            desk.failed(SignInFault.CLI_NOT_STARTED.saying("the CLI could not be started: " + e.getMessage()));
        } finally {
            lock.unlock();
        }
    }

    /** What is not shown, such as that nothing is, is seen by looking now and then. */
    private void tick(Standing of) {
        parts.background().submitAfter(TICK, TASK, () -> {
            if (look(of)) {
                tick(of);
            }
        });
    }

    /** A program that writes without end is looked at now and then only. */
    private void news(Standing of) {
        lock.lock();
        try {
            if (!of.now().isBefore(nextLook) || of.program().isOver()) {
                look(of);
            } else if (!looksLater) {
                looksLater = true;
                parts.background().submitAfter(BETWEEN_LOOKS, TASK, () -> look(of));
            }
        } finally {
            lock.unlock();
        }
    }

    /** @return whether it is still this program that counts */
    private boolean look(Standing of) {
        lock.lock();
        try {
            looksLater = false;
            if (closed.get() || of != present) {
                return false;
            }
            nextLook = of.now().plus(BETWEEN_LOOKS);
            try {
                of.look();
            } catch (RuntimeException e) {
                LOG.error("the screen of a sign-in could not be read", e);
                of.failed(
                        SignInFault.BROKE_OFF.saying("the sign-in broke off unexpectedly; the server's log says why"));
                return true;
            }
            judge();
            return of == present;
        } finally {
            lock.unlock();
        }
    }

    /** Guarded by the lock. */
    private void judge() {
        Standing of = present;
        if (closed.get() || of == null || of.hasFailed()) {
            return;
        }
        DelegateCourse course = of.course();
        if (course == DelegateCourse.WORKS) {
            return;
        }
        boolean changed = watch.changed();
        DelegateVerdict verdict = DelegatePolicy.decide(course, changed, of.hasAsked(), scripts.hasNext());
        if (verdict == DelegateVerdict.ANOTHER_WAY) {
            // How an attempt ended is not how the session's program did.
            follow(of);
            return;
        }
        if (of.program().isOver()) {
            of.program().exitCode().ifPresent(desk::exited);
        }
        if (verdict == DelegateVerdict.SIGNED_IN) {
            of.warning().ifPresent(warning -> {
                LOG.warn("a sign-in succeeded with a warning: {}", warning);
                desk.note("warning", warning);
            });
            desk.agreed(() -> {});
        } else if (verdict.isFailure()) {
            SignInProblem why = WhyNot.of(verdict, course, of);
            // They may be good, or be those of a renewal that a run needed: nobody here knows.
            of.failed(changed ? why.and("the credentials have changed meanwhile nevertheless") : why);
        }
    }

    private void follow(Standing former) {
        present = null;
        parts.background().submit(TASK, () -> {
            former.program().close();
            start();
        });
    }

    @Override
    public void submit(SignInInputKind kind, String value) {
        lock.lock();
        try {
            Standing of = present;
            if (closed.get() || of == null || of.program().exitCode().isPresent()) {
                throw new RefusedException(ErrorCode.INPUT_REFUSED, "The CLI has ended");
            }
            of.submit(value);
            logs.entered(kind.wire(), value.length());
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void look(Instant now) {
        lock.lock();
        try {
            if (present != null) {
                look(present);
            }
        } finally {
            lock.unlock();
        }
    }

    @Override
    public void close() {
        if (closed.getAndSet(true)) {
            return;
        }
        closeLatest();
        // Whoever was starting one has started it when the lock is free.
        lock.lock();
        try {
            closeLatest();
        } finally {
            lock.unlock();
        }
        logs.close();
        for (LaidAside each : aside) {
            try {
                each.putBack(desk.hasSucceeded());
            } catch (RuntimeException e) {
                LOG.warn("what was laid aside for a sign-in could not be put back", e);
                desk.wentWrongToo("what was laid aside could not be put back: " + e.getMessage());
            }
        }
        parts.binaries().release(marker);
    }

    private void closeLatest() {
        DelegateProgram last = latest;
        if (last != null) {
            last.close();
        }
    }
}
