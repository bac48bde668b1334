package skillrunner.application.signin;

import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Predicate;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInWay;

/**
 * Ends what sessions of earlier servers left. A program that ignores being asked takes seconds, so this goes on beside the start of the
 * server, and only who begins a session waits for it. Safe for concurrent use.
 */
final class FormerSignIns {
    private static final System.Logger LOG = System.getLogger(FormerSignIns.class.getName());

    /** Far more than it takes to end programs that do not want to end. */
    private static final Duration PATIENCE = Duration.ofSeconds(30);

    private final SignInRecords records;
    private final Predicate<EngineId> ready;
    private final BackgroundTasks background;
    private final Clock clock;
    private volatile CountDownLatch ended = new CountDownLatch(0);

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
                Former former = new Former(kept, way, LiveSignIn.former(kept, way, records, ready, clock));
                formers.add(former);
                remember.accept(former.session());
            });
        }
        CountDownLatch latch = new CountDownLatch(1);
        ended = latch;
        background.submit("sign-in recovery", () -> {
            try {
                formers.forEach(former -> end(former, drivers.apply(former.way())));
                afterwards.run();
            } finally {
                latch.countDown();
            }
        });
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
