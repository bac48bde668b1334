package skillrunner.application.signin;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.signin.SignInFault;
import skillrunner.domain.signin.SignInId;
import skillrunner.domain.signin.SignInInputKind;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProblem;
import skillrunner.domain.signin.SignInPrompt;
import skillrunner.domain.signin.SignInStatus;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import skillrunner.testkit.background.DeferredBackgroundTasks;
import skillrunner.testkit.background.SequentialIds;
import skillrunner.testkit.clock.ManualClock;
import skillrunner.testkit.signin.InMemorySignInRecords;
import skillrunner.testkit.signin.ScriptedSignIn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static skillrunner.domain.signin.SignInTransport.CLI_DELEGATE;
import static skillrunner.domain.signin.SignInTransport.OAUTH_PROXY;

class SignInsTest {
    private static final Duration LIFE = Duration.ofMinutes(15);

    private final ManualClock clock = new ManualClock();
    private final DeferredBackgroundTasks background = new DeferredBackgroundTasks();
    private final InMemorySignInRecords records = new InMemorySignInRecords();
    private final ExclusiveUse use = new ExclusiveUse();
    private final SequentialIds ids = new SequentialIds();
    private final ScriptedSignIn proxy =
            new ScriptedSignIn(SignInWay.of(OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK));
    private final ScriptedSignIn delegate =
            new ScriptedSignIn(SignInWay.of(CLI_DELEGATE, EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL));
    private final SignIns signIns = signIns(Optional.of(LIFE));

    // beginning

    @Test
    void a_session_begins_and_shows_what_its_user_has_to_do() {
        SignInSnapshot begun = codex();

        assertThat(begun.session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(begun.session().prompt().address()).contains(ScriptedSignIn.PAGE);
        assertThat(begun.folder()).isEqualTo("/sign-ins/" + begun.session().id());
        assertThat(begun.engineReady()).isFalse();
        assertThat(signIns.active()).map(SignInSnapshot::session).contains(begun.session());
        assertThat(use.user()).map(ExclusiveUser::session).contains(id(begun));
        assertThat(records.of(begun.session().id())).first().asString().startsWith("session_started");
    }

    @Test
    void what_no_driver_can_do_is_refused_and_leaves_nothing() {
        assertThat(code(() ->
                        signIns.start(OAUTH_PROXY, EngineId.CODEX, SignInMethod.AUTH_CODE_OR_URL, Optional.empty())))
                .isEqualTo(ErrorCode.UNSUPPORTED_COMBINATION);
        assertThat(code(() -> signIns.start(OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK, Optional.of("openai"))))
                .isEqualTo(ErrorCode.UNSUPPORTED_COMBINATION);
        assertThat(code(() -> signIns(Optional.empty())
                        .start(OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK, Optional.empty())))
                .isEqualTo(ErrorCode.SIGN_IN_DISABLED);
        assertThat(use.user()).isEmpty();
        assertThat(records.sessions()).isEmpty();
    }

    @Test
    void while_one_is_alive_no_other_begins_whatever_the_engine_and_transport() {
        SignInSnapshot first = codex();

        assertThatThrownBy(this::gemini).isInstanceOfSatisfying(RefusedException.class, e -> {
            assertThat(e.refusal().code()).isEqualTo(ErrorCode.SESSION_CONFLICT);
            assertThat(e.refusal().detail()).contains("codex", id(first));
        });
        assertThat(find(first)).isEqualTo(first);
        assertThat(delegate.begun()).isZero();
        assertThat(records.sessions()).containsExactly(first.session().id());
    }

    @Test
    void a_terminal_keeps_sign_ins_out_and_a_sign_in_the_terminal() {
        ExclusiveUser terminal =
                new ExclusiveUser(ExclusiveUser.Purpose.TERMINAL, "one", EngineId.IFLOW, clock.instant());
        assertThat(use.take(terminal)).isEmpty();

        assertThat(code(this::codex)).isEqualTo(ErrorCode.SESSION_CONFLICT);
        assertThat(records.sessions()).isEmpty();
        use.giveBack(terminal);
        SignInSnapshot begun = codex();
        assertThat(use.take(terminal)).map(ExclusiveUser::session).contains(id(begun));
        use.giveBack(terminal);
        assertThat(use.user()).map(ExclusiveUser::session).contains(id(begun));

        signIns.cancel(Optional.empty(), id(begun));
        assertThat(use.take(terminal)).isEmpty();
    }

    @Test
    void of_many_that_begin_at_once_one_does() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(10);
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Boolean>> starts = new ArrayList<>();
        for (int i = 0; i < 10; i++) {
            starts.add(threads.submit(() -> {
                go.await();
                try {
                    codex();
                    return true;
                } catch (RefusedException e) {
                    assertThat(e.refusal().code()).isEqualTo(ErrorCode.SESSION_CONFLICT);
                    return false;
                }
            }));
        }
        go.countDown();
        int begun = 0;
        for (Future<Boolean> start : starts) {
            begun += start.get() ? 1 : 0;
        }
        threads.shutdown();

        assertThat(begun).isEqualTo(1);
        assertThat(proxy.begun()).isEqualTo(1);
        assertThat(records.sessions()).hasSize(1);
    }

    @Test
    void a_driver_that_can_not_begin_leaves_the_way_free() {
        proxy.onBegin(desk -> {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "the port is taken");
        });

        assertThat(code(this::codex)).isEqualTo(ErrorCode.INPUT_REFUSED);

        assertThat(records.sessions()).isEmpty();
        assertThat(signIns.active()).isEmpty();
        assertThat(gemini().session().status()).isEqualTo(SignInStatus.WAITING_USER);
    }

    // ending

    @Test
    void cancel_ends_it_once_and_lets_go() {
        SignInSnapshot begun = codex();

        SignInSnapshot canceled = signIns.cancel(Optional.of(OAUTH_PROXY), id(begun));
        SignInSnapshot again = signIns.cancel(Optional.of(OAUTH_PROXY), id(begun));

        assertThat(canceled.session().status()).isEqualTo(SignInStatus.CANCELED);
        assertThat(again).isEqualTo(canceled);
        assertThat(proxy.last().closes()).isEqualTo(1);
        assertThat(use.user()).isEmpty();
        assertThat(signIns.active()).isEmpty();
        assertThat(find(begun)).isEqualTo(canceled);
        assertFinishedOnce(begun);
    }

    @Test
    void one_that_is_canceled_while_it_begins_leaves_nothing_open() {
        proxy.onBegin(desk -> {
            signIns.cancel(Optional.empty(), SequentialIds.id(1));
            assertThat(code(this::gemini)).as("its driver is at work").isEqualTo(ErrorCode.SESSION_CONFLICT);
        });

        SignInSnapshot begun = codex();

        assertThat(begun.session().status()).isEqualTo(SignInStatus.CANCELED);
        assertThat(proxy.last().closes()).isEqualTo(1);
        assertThat(use.user()).isEmpty();
        assertFinishedOnce(begun);
    }

    @Test
    void however_many_are_refused_it_is_not_asked_more_than_once_a_second() {
        SignInSnapshot begun = codex();
        int before = proxy.last().looks();
        for (int i = 0; i < 5; i++) {
            assertThat(code(this::gemini)).isEqualTo(ErrorCode.SESSION_CONFLICT);
        }
        assertThat(proxy.last().looks()).isEqualTo(before + 1);

        clock.advance(Duration.ofSeconds(1));
        assertThat(code(this::gemini)).isEqualTo(ErrorCode.SESSION_CONFLICT);
        assertThat(proxy.last().looks()).isEqualTo(before + 2);
        assertThat(records.of(begun.session().id()).stream().filter(line -> line.startsWith("forced_poll")))
                .hasSize(2);
    }

    @Test
    void time_ends_it_though_nobody_asks() {
        SignInSnapshot begun = codex();
        clock.advance(LIFE.plusSeconds(1));

        background.runDelayed();

        assertThat(use.user()).isEmpty();
        assertThat(proxy.last().closes()).isEqualTo(1);
        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.EXPIRED);
        assertThat(background.names()).isEmpty();
        assertFinishedOnce(begun);
    }

    @Test
    void one_that_is_overdue_stands_in_nobodys_way() {
        SignInSnapshot begun = codex();
        clock.advance(LIFE.plusSeconds(1));

        assertThat(gemini().session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.EXPIRED);
    }

    @Test
    void before_another_is_refused_the_one_in_its_way_looks_once_more() {
        AtomicBoolean agreed = new AtomicBoolean();
        proxy.onLook(desk -> {
            if (agreed.get()) {
                desk.agreed(() -> {});
            }
        });
        SignInSnapshot begun = codex();
        agreed.set(true);

        assertThat(gemini().session().status()).isEqualTo(SignInStatus.WAITING_USER);
        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.SUCCEEDED);
    }

    @Test
    void it_looks_until_it_has_ended() {
        codex();
        background.runDelayed();
        background.runDelayed();
        assertThat(proxy.last().looks()).isEqualTo(3);

        proxy.last().desk().failed(SignInFault.PROVIDER_REFUSED.saying("the provider refused"));
        background.runDelayed();

        assertThat(proxy.last().looks()).isEqualTo(3);
        assertThat(proxy.last().closes()).isEqualTo(1);
        assertThat(background.names()).isEmpty();
    }

    @Test
    void a_look_that_fails_ends_the_session() {
        SignInSnapshot begun = codex();
        proxy.onLook(desk -> {
            throw new IllegalStateException("a bug");
        });

        background.runDelayed();

        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(find(begun).session().error().orElseThrow().words()).doesNotContain("a bug");
        assertThat(use.user()).isEmpty();
    }

    @Test
    void the_end_of_the_server_ends_it() {
        codex();

        signIns.close();

        assertThat(proxy.last().closes()).isEqualTo(1);
        assertThat(use.user()).isEmpty();
    }

    @Test
    void so_many_ended_ones_are_remembered_and_no_more() {
        List<SignInSnapshot> all = new ArrayList<>();
        for (int i = 0; i < 52; i++) {
            all.add(codex());
            signIns.cancel(Optional.empty(), id(all.get(i)));
        }

        assertThat(code(() -> find(all.get(1)))).isEqualTo(ErrorCode.SESSION_NOT_FOUND);
        assertThat(find(all.get(2)).session().status()).isEqualTo(SignInStatus.CANCELED);
    }

    // answering

    @Test
    void an_answer_of_a_user_is_taken_and_its_credentials_are_written_before_success_shows() {
        List<SignInStatus> whenWritten = new ArrayList<>();
        proxy.onSubmit(submission -> {
            assertThat(submission.value()).isEqualTo("a code");
            submission.desk().answered();
            submission.desk().agreed(() -> whenWritten.add(SignInStatus.SUCCEEDED));
        });
        SignInSnapshot begun = codex();

        SignInSnapshot answered = submit(begun, SignInInputKind.CODE, "  a code\n");

        assertThat(answered.session().status()).isEqualTo(SignInStatus.SUCCEEDED);
        assertThat(answered.session().pastedByHand()).isTrue();
        assertThat(whenWritten).hasSize(1);
        assertThat(records.of(begun.session().id()).toString())
                .contains("input_received", "value_redacted=true", "from=waiting_user", "to=succeeded")
                .doesNotContain("a code");
        assertFinishedOnce(begun);
    }

    @Test
    void what_nobody_asked_for_is_refused_and_changes_nothing() {
        SignInSnapshot begun = codex();
        for (ThrowingCallable wrong : List.<ThrowingCallable>of(
                () -> submit(begun, SignInInputKind.API_KEY, "key"),
                () -> submit(begun, SignInInputKind.CODE, " \n "),
                () -> submit(begun, SignInInputKind.CODE, "a code\n/and a command"),
                () -> submit(begun, SignInInputKind.CODE, "keys\u001b[A"),
                () -> submit(begun, SignInInputKind.CODE, "c".repeat((8 << 10) + 1)))) {
            assertThat(code(wrong)).isEqualTo(ErrorCode.INPUT_REFUSED);
        }
        assertThat(find(begun)).isEqualTo(begun);

        proxy.last().desk().asked(SignInPrompt.code(ScriptedSignIn.PAGE, "ABCD-EFGH"), Optional.empty());
        assertThat(code(() -> submit(begun, SignInInputKind.CODE, "x"))).isEqualTo(ErrorCode.INPUT_REFUSED);
        signIns.cancel(Optional.empty(), id(begun));
        assertThat(code(() -> submit(begun, SignInInputKind.CODE, "x"))).isEqualTo(ErrorCode.INPUT_REFUSED);
        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.CANCELED);
    }

    @Test
    void a_driver_that_refuses_an_answer_leaves_the_session_as_it_is() {
        proxy.onSubmit(submission -> {
            throw new RefusedException(ErrorCode.INPUT_REFUSED, "this is of another session");
        });
        SignInSnapshot begun = codex();

        assertThat(code(() -> submit(begun, SignInInputKind.TEXT, "x"))).isEqualTo(ErrorCode.INPUT_REFUSED);
        assertThat(find(begun)).isEqualTo(begun);
    }

    @Test
    void what_comes_after_the_end_writes_nothing() {
        SignInSnapshot begun = codex();
        SignInDesk desk = proxy.last().desk();
        signIns.cancel(Optional.empty(), id(begun));
        AtomicBoolean written = new AtomicBoolean();

        assertThat(desk.agreed(() -> written.set(true))).isFalse();
        assertThat(desk.answered()).isFalse();
        assertThat(desk.calledBack()).isFalse();
        assertThat(desk.failed(SignInFault.PROVIDER_REFUSED.saying("late"))).isFalse();

        assertThat(written).isFalse();
        assertThat(find(begun).session().error().map(SignInProblem::words)).contains("canceled by user");
        assertFinishedOnce(begun);
    }

    @Test
    void credentials_that_can_not_be_written_are_no_success() {
        SignInSnapshot begun = codex();

        assertThat(proxy.last().desk().agreed(() -> {
                    throw new IllegalStateException("the file is not ours");
                }))
                .isFalse();

        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(find(begun).session().error().orElseThrow().words()).contains("the file is not ours");
    }

    @Test
    void a_state_that_the_transport_does_not_have_is_a_fault_of_the_driver() {
        SignInSnapshot begun = codex();

        assertThat(proxy.last().desk().automated()).isFalse();

        assertThat(find(begun).session().status()).isEqualTo(SignInStatus.FAILED);
        assertThat(records.of(begun.session().id()).toString()).contains("driver_error");
        SignInSnapshot other = gemini();
        assertThat(delegate.last().desk().automated()).isTrue();
        assertThat(find(other).session().status()).isEqualTo(SignInStatus.WAITING_ORCHESTRATOR);
        assertThat(delegate.last().desk().automated()).isTrue();
    }

    @Test
    void a_browsers_answer_finds_its_session_once() {
        AtomicBoolean consumed = new AtomicBoolean();
        SignInSnapshot begun = codex();
        proxy.onCallBack(answer -> {
            if (!answer.state().equals("its state") || consumed.getAndSet(true)) {
                return false;
            }
            proxy.last().desk().calledBack();
            proxy.last().desk().agreed(() -> {});
            return true;
        });

        assertThat(signIns.callBack(answer("another"))).isEmpty();
        assertThat(find(begun)).isEqualTo(begun);
        assertThat(signIns.callBack(answer("its state")))
                .map(it -> it.session().status())
                .contains(SignInStatus.SUCCEEDED);
        assertThat(signIns.callBack(answer("its state"))).isEmpty();
        assertThat(find(begun).session().calledBackAt()).contains(clock.instant());
        assertThat(find(begun).session().pastedByHand()).isFalse();
    }

    // finding

    @Test
    void a_session_of_the_other_transport_is_not_found_and_nothing_happens_to_it() {
        SignInSnapshot begun = codex();
        Optional<SignInTransport> other = Optional.of(CLI_DELEGATE);

        for (ThrowingCallable asked : List.<ThrowingCallable>of(
                () -> signIns.find(other, id(begun)),
                () -> signIns.cancel(other, id(begun)),
                () -> signIns.submit(other, id(begun), SignInInputKind.CODE, "x"),
                () -> signIns.find(Optional.empty(), "no id"),
                () -> signIns.find(Optional.empty(), SequentialIds.id(99)))) {
            assertThat(code(asked)).isEqualTo(ErrorCode.SESSION_NOT_FOUND);
        }
        assertThat(signIns.find(Optional.of(OAUTH_PROXY), id(begun))).isEqualTo(begun);
    }

    @Test
    void what_a_driver_notes_is_in_the_snapshot() {
        SignInSnapshot begun = codex();
        proxy.last().desk().note("callback_mode", "auto");

        assertThat(find(begun).notes()).isEqualTo(Map.of("callback_mode", "auto"));
        assertThat(proxy.last().desk().folder()).isEqualTo(begun.folder());
    }

    private void assertFinishedOnce(SignInSnapshot begun) {
        assertThat(records.of(begun.session().id()).stream().filter(line -> line.startsWith("session_finished")))
                .hasSize(1);
    }

    private SignIns signIns(Optional<Duration> life) {
        return new SignIns(List.of(proxy, delegate), use, records, engine -> false, background, ids, clock, life);
    }

    private SignInSnapshot codex() {
        return signIns.start(OAUTH_PROXY, EngineId.CODEX, SignInMethod.CALLBACK, Optional.empty());
    }

    private SignInSnapshot gemini() {
        return signIns.start(CLI_DELEGATE, EngineId.GEMINI, SignInMethod.AUTH_CODE_OR_URL, Optional.empty());
    }

    private SignInSnapshot find(SignInSnapshot known) {
        return signIns.find(Optional.empty(), id(known));
    }

    private SignInSnapshot submit(SignInSnapshot known, SignInInputKind kind, String value) {
        return signIns.submit(Optional.empty(), id(known), kind, value);
    }

    private static String id(SignInSnapshot known) {
        SignInId id = known.session().id();
        return id.value();
    }

    private static BrowserAnswer answer(String state) {
        return new BrowserAnswer("openai", state, Optional.of("code"), Optional.empty());
    }

    private static ErrorCode code(ThrowingCallable refused) {
        return catchThrowableOfType(RefusedException.class, refused).refusal().code();
    }
}
