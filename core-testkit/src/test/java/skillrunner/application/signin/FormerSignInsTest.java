package skillrunner.application.signin;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiConsumer;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInSession;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.signin.InMemorySignInRecords;
import skillrunner.testkit.signin.ScriptedSignIn;

import static org.assertj.core.api.Assertions.assertThat;

/** What a server tells and ends of the sessions of the one before it, which had no time to. */
class FormerSignInsTest {
    private static final SignInWay PROXY =
            SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK);
    private static final SignInWay DELEGATE =
            SignInWay.of(SignInTransport.CLI_DELEGATE, EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL);

    private final ManualClock clock = new ManualClock();
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final InMemorySignInRecords records = new InMemorySignInRecords();
    private final SequentialIds ids = new SequentialIds();

    /** Of the server that was made last. */
    private ExclusiveUse use = new ExclusiveUse();

    private ScriptedSignIn proxy = new ScriptedSignIn(PROXY);
    private ScriptedSignIn delegate = new ScriptedSignIn(DELEGATE);

    @Test
    void a_session_over_either_transport_is_told_to_have_failed() {
        for (SignInWay way : List.of(PROXY, DELEGATE)) {
            SignInId left = begin(server(), way).session().id();
            SignIns next = server();
            next.recover(() -> {});

            SignInSnapshot told = next.find(Optional.of(way.transport()), left.value());
            assertThat(told.session().status()).isEqualTo(SignInStatus.FAILED);
            assertThat(told.session().error().map(SignInProblem::fault))
                    .contains(SignInFault.ORCHESTRATOR_RESTART_INTERRUPTED);
            assertThat(next.active()).isEmpty();
            assertThat(records.leftBehind())
                    .as("whoever only looks does not mark it as ended")
                    .hasSize(1);
            background.runAll();
            assertThat(records.of(left).stream().filter(line -> line.startsWith("session_finished")))
                    .hasSize(1);
            assertThat(records.leftBehind()).isEmpty();
        }
    }

    @Test
    void who_begins_waits_until_it_is_ended_and_what_follows_is_done() throws Exception {
        begin(server(), DELEGATE);
        SignIns next = server();
        CountDownLatch swept = new CountDownLatch(1);
        next.recover(swept::countDown);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> begun = threads.submit(() -> {
                begin(next, PROXY);
                return swept.getCount() == 0;
            });
            assertThat(next.active()).isEmpty();
            background.runAll();
            assertThat(begun.get()).isTrue();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void one_that_had_ended_and_was_not_let_go_of_is_told_as_it_ended() {
        SignInProblem refused = SignInFault.ACCOUNT_NOT_ELIGIBLE.saying("use a key");
        for (SignInWay way : List.of(PROXY, DELEGATE)) {
            assertThat(told(way, (server, desk) -> desk.failed(refused)).error())
                    .contains(refused);
            assertThat(told(way, (server, desk) -> desk.agreed(() -> {})).status())
                    .isEqualTo(SignInStatus.SUCCEEDED);
            SignInSession canceled = told(
                    way,
                    (server, desk) -> server.cancel(Optional.empty(), desk.id().value()));
            assertThat(canceled.status()).isEqualTo(SignInStatus.CANCELED);
            assertThat(canceled.error().map(SignInProblem::fault)).contains(SignInFault.CANCELED_BY_USER);
            SignInSession expired = told(way, (server, desk) -> {
                clock.advance(Duration.ofMinutes(16));
                server.find(Optional.empty(), desk.id().value());
            });
            assertThat(expired.status()).isEqualTo(SignInStatus.EXPIRED);
            assertThat(expired.error().map(SignInProblem::fault)).contains(SignInFault.TIME_OVER);
        }
    }

    /** What the next server tells of a session that ended this way while its server was killed. */
    private SignInSession told(SignInWay way, BiConsumer<SignIns, SignInDesk> ending) {
        SignIns killed = server();
        ScriptedSignIn driver = way.equals(PROXY) ? proxy : delegate;
        SignInId left = begin(killed, way).session().id();
        ending.accept(killed, driver.last().desk());
        // As it stood on the disk until its program had ended.
        SignInSession ended = killed.find(Optional.empty(), left.value()).session();
        records.keep(KeptSignIn.of(ended, false, Map.of()));
        SignIns next = server();
        next.recover(() -> {});
        return next.find(Optional.empty(), left.value()).session();
    }

    @Test
    void whoever_wants_the_home_waits_for_it_too_and_runs_begin_afterwards() throws Exception {
        begin(server(), DELEGATE);
        SignIns next = server();
        CountDownLatch runs = new CountDownLatch(1);
        next.recover(() -> assertThat(runs.getCount()).isZero());
        next.whenRecovered(runs::countDown);
        ExecutorService threads = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> terminal = threads.submit(() -> {
                use.settle();
                return runs.getCount() == 0;
            });
            assertThat(runs.getCount()).isOne();
            background.runAll();
            assertThat(terminal.get()).isTrue();
        } finally {
            threads.shutdown();
        }
    }

    @Test
    void where_nothing_was_left_runs_begin_at_once_and_once() {
        AtomicInteger begun = new AtomicInteger();
        SignIns first = server();
        first.recover(() -> {});
        first.whenRecovered(begun::incrementAndGet);
        assertThat(begun).hasValue(1);
        background.runAll();
        background.runDelayed();
        assertThat(begun).hasValue(1);
    }

    @Test
    void what_does_not_end_keeps_runs_back_for_half_a_minute_only() {
        begin(server(), DELEGATE);
        SignIns next = server();
        AtomicInteger begun = new AtomicInteger();
        next.recover(() -> {});
        next.whenRecovered(begun::incrementAndGet);
        assertThat(begun).hasValue(0);
        background.delayed().stream()
                .filter(task -> task.name().equals("sign-in recovery is overdue"))
                .forEach(task -> task.work().run());
        assertThat(begun).hasValue(1);
        background.runAll();
        assertThat(begun).hasValue(1);
    }

    private static SignInSnapshot begin(SignIns signIns, SignInWay way) {
        return signIns.start(way.transport(), way.engine(), way.method(), Optional.empty());
    }

    private SignIns server() {
        use = new ExclusiveUse();
        proxy = new ScriptedSignIn(PROXY);
        delegate = new ScriptedSignIn(DELEGATE);
        return new SignIns(
                List.of(proxy, delegate),
                use,
                records,
                engine -> false,
                background,
                ids,
                clock,
                Optional.of(Duration.ofMinutes(15)));
    }
}
