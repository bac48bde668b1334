package skillrunner.application.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInWay;

/**
 * Ends what sessions of earlier servers left. A program that ignores being asked takes seconds, so this goes on beside the start of the
 * server, and only those wait for it who want the engines' home as it was. Safe for concurrent use.
 */
final class FormerSignIns {
    private static final System.Logger LOG = System.getLogger(FormerSignIns.class.getName());
    private static final SignInProblem INTERRUPTED = SignInFault.ORCHESTRATOR_RESTART_INTERRUPTED.saying(
            "ORCHESTRATOR_RESTART_INTERRUPTED: the server ended while the sign-in was under way");

    /** Far more than it takes to end programs that do not want to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SignInRecords records;
    private final Predicate<EngineId> ready;
    private final BackgroundTasks background;
    private final Clock clock;
    private volatile CountDownLatch ended = new CountDownLatch(0);
    private volatile CompletableFuture<Void> cleared = CompletableFuture.completedFuture(null);

    FormerSignIns(SignInRecords records, Predicate<EngineId> ready, BackgroundTasks background, Clock clock) {
        this.records = records;
        this.ready = ready;
        this.background = background;
        this.clock = clock;
    }

    private record Former(KeptSignIn kept, SignInWay way, LiveSignIn session) {}

    /**
     * Remembers them as failed at once, and ends what they left in the background.
     *
     * @param ways finds the way of one that is still known
     * @param drivers knows who goes it
     * @param remember is given each session
     * @param afterwards is done when all is ended, before anybody begins a session
     */
    void end(
            Function<KeptSignIn, Optional<SignInWay>> ways,
            Function<SignInWay, SignInDriver> drivers,
            Consumer<LiveSignIn> remember,
            Runnable afterwards) {
        List<Former> formers = new ArrayList<>();
        for (KeptSignIn kept : records.leftBehind()) {
            ways.apply(kept).ifPresent(way -> {
                RecordedSignIn state = RecordedSignIn.former(told(kept, way), kept, records, clock);
                Former former = new Former(kept, way, new LiveSignIn(state, ready, clock));
                formers.add(former);
                remember.accept(former.session());
            });
        }
        CountDownLatch latch = new CountDownLatch(1);
        CompletableFuture<Void> all = new CompletableFuture<>();
        ended = latch;
        cleared = all;
        if (formers.isEmpty()) {
            all.complete(null);
        }
        background.submit("sign-in recovery", () -> {
            try {
                formers.forEach(former -> end(former, drivers.apply(former.way())));
                all.complete(null);
                afterwards.run();
            } finally {
                all.complete(null);
                latch.countDown();
            }
        });
    }

    /** How a session is told that its server could not end: as it had ended, or as failed. */
    private SignInSession told(KeptSignIn kept, SignInWay way) {
        boolean over = kept.status().isTerminal();
        SignInStatus status = over ? kept.status() : SignInStatus.FAILED;
        Optional<SignInProblem> error = kept.error().filter(any -> over);
        return new SignInSession(
                kept.id(),
                way,
                status,
                SignInPrompt.NOTHING,
                status == SignInStatus.FAILED ? error.or(() -> Optional.of(INTERRUPTED)) : error,
                Optional.empty(),
                false,
                Optional.empty(),
                kept.createdAt(),
                over ? kept.updatedAt() : clock.instant(),
                kept.expiresAt());
    }

    /** Waits until they are ended. */
    void await() {
        try {
            if (ended.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS)) {
                return;
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        throw new RefusedException(
                ErrorCode.SESSION_CONFLICT, "What an earlier server left of a sign-in is still being ended; try again");
    }

    /** Does something once nothing is left of them, at once if nothing is, and in any case before long. */
    void whenCleared(Runnable what) {
        AtomicBoolean done = new AtomicBoolean();
        Runnable once = () -> {
            if (!done.getAndSet(true)) {
                what.run();
            }
        };
        CompletableFuture<Void> present = cleared;
        if (present.isDone()) {
            once.run();
            return;
        }
        var unused = present.thenRun(once);
        background.submitAfter(PATIENCE, "sign-in recovery is overdue", once);
    }

    private void end(Former former, SignInDriver driver) {
        KeptSignIn kept = former.kept();
        try {
            Objects.requireNonNull(driver)
                    .clear(
                            former.way(),
                            kept.id(),
                            records.folder(kept),
                            former.session().session().status() == SignInStatus.SUCCEEDED);
            former.session().letGo();
        } catch (RuntimeException e) {
            LOG.log(System.Logger.Level.WARNING, "what was left of a sign-in session could not be ended", e);
        }
    }
}
