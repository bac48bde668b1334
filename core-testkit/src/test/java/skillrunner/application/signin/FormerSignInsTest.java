package skillrunner.application.signin;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
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

    private static SignInSnapshot begin(SignIns signIns, SignInWay way) {
        return signIns.start(way.transport(), way.engine(), way.method(), Optional.empty());
    }

    private SignIns server() {
        return new SignIns(
                List.of(new ScriptedSignIn(PROXY), new ScriptedSignIn(DELEGATE)),
                new ExclusiveUse(),
                records,
                engine -> false,
                background,
                ids,
                clock,
                Optional.of(Duration.ofMinutes(15)));
    }
}
