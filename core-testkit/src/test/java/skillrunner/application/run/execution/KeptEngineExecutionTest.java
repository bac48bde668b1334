package skillrunner.application.run.execution;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.Subscription;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.application.run.interaction.Reply;
import skillrunner.application.storage.UnavailableException;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionStatus;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.InteractiveProfile;
import skillrunner.domain.run.Lease;
import skillrunner.domain.run.NodeId;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunQuota;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.testkit.run.CoreOnFakes;
import skillrunner.testkit.run.ScriptedAgentProcesses.ScriptedProcess;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Runs on an engine that keeps running from question to answer. */
class KeptEngineExecutionTest {
    private static final String ASKS = "say Which number?";
    private static final String DONE = "say {\"__SKILL_DONE__\": true, \"n\": 1}";
    private static final Map<String, Object> NUMBER =
            Map.of("type", "object", "required", List.of("n"), "properties", Map.of("n", Map.of("type", "integer")));

    private final CoreOnFakes core = new CoreOnFakes();
    private final Deque<String> script = new ArrayDeque<>();
    private @Nullable RunExecution execution;
    private @Nullable Run carried;

    @BeforeEach
    void install() {
        core.driver.keepsRunning();
        core.skills.install(aSkill().inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE)
                .answering(NUMBER)
                .inTurns(3)
                .build());
        core.processes.onLaunch(process -> process.listens(this::speak, ended -> ended.exits(0)));
    }

    private void speak(ScriptedProcess process, String line) {
        process.prints(script.remove()).prints("done");
    }

    // a conversation

    @Test
    void three_turns_are_one_process_which_is_told_each_answer_once() {
        Run waiting = begun(ASKS, "say And which colour?", DONE);

        assertThat(waiting.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(process().isRunning()).isTrue();
        assertThat(reply(waiting, 1, "seven\nor so")).isEqualTo(RunStatus.RUNNING);
        Run again = carryOn();
        assertThat(again.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(again.attempt()).isEqualTo(2);
        assertThat(reply(again, 2, Map.of("colour", "red"))).isEqualTo(RunStatus.RUNNING);
        Run ended = carryOn();

        assertThat(ended.status()).as(ended.toString()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(3);
        assertThat(core.processes.launches()).hasSize(1);
        assertThat(process().heard()).hasSize(3).endsWith("seven / or so", "{\"colour\":\"red\"}");
        assertThat(process().isHungUp()).isTrue();
        assertThat(process().works()).isFalse();
        assertThat(core.held()).isEmpty();
    }

    @Test
    void each_turn_is_a_part_of_the_output_with_a_receipt_of_its_own() {
        Run waiting = begun(ASKS, DONE);
        process().prints("tries what belongs to the answer");
        reply(waiting, 1, "seven");
        Run ended = carryOn();

        assertThat(output(ended, 1)).isEqualTo(ASKS + "\ndone\n");
        assertThat(output(ended, 2)).isEqualTo("tries what belongs to the answer\n" + DONE + "\ndone\n");
        long first = core.output
                .attempt(ended.id(), OutputStreamKind.STDOUT, 1)
                .orElseThrow()
                .size();
        assertThat(receipt(ended, 1).stdout().bytes()).isEqualTo(first);
        assertThat(receipt(ended, 1).exitCode()).isEmpty();
        assertThat(receipt(ended, 2).stdout().bytes()).isEqualTo(core.output.size(ended.id(), OutputStreamKind.STDOUT));
        assertThat(receipt(ended, 2).exitCode()).contains(0);
    }

    @Test
    void what_is_proven_of_a_question_is_all_that_is_told_of_its_turn() {
        Run waiting = begun(ASKS);

        process().prints("say something behind the question");

        assertThat(core.output.size(waiting.id(), OutputStreamKind.STDOUT))
                .isEqualTo(receipt(waiting, 1).stdout().bytes());
    }

    @Test
    void a_run_that_may_not_ask_has_its_prompt_and_nothing_more() {
        script.add(DONE);
        core.processes.onLaunch(process -> process.answers("{\"n\": 1}"));
        create(Map.of("execution_mode", "auto"));
        Run ended = take();

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(core.processes.launches().get(0).firstLine()).isEmpty();
    }

    @Test
    void the_profile_is_shown_before_and_after_a_question() {
        Run waiting = begun(ASKS, DONE);

        assertThat(Optional.ofNullable(core.shown.get(waiting.id()))
                        .orElseThrow()
                        .profile()
                        .kind())
                .isEqualTo(InteractiveProfile.Kind.STICKY_PROCESS);
        reply(waiting, 1, "seven");
        Run ended = carryOn();
        assertThat(core.workspaces
                        .result(ended.id())
                        .orElseThrow()
                        .interactiveProfile()
                        .orElseThrow()
                        .kind())
                .isEqualTo(InteractiveProfile.Kind.STICKY_PROCESS);
    }

    // ends

    @Test
    void an_engine_that_ends_instead_of_waiting_fails_the_run() {
        core.processes.onLaunch(process -> process.prints(ASKS).prints("done").exits(0));
        create(Map.of());

        assertThat(code(take())).isEqualTo(RunFailureCode.INTERACTION_PROCESS_LOST);
    }

    @ParameterizedTest
    @ValueSource(strings = {"exits", "vanishes"})
    void an_engine_that_goes_away_while_it_waits_fails_the_run(String how) {
        Run waiting = begun(ASKS);
        if (how.equals("exits")) {
            process().exits(0);
        } else {
            process().vanishes();
        }

        assertThatThrownBy(() -> reply(waiting, 1, "seven"))
                .isInstanceOfSatisfying(
                        RefusedException.class,
                        refused -> assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INTERACTION_NOT_PENDING));
        Run ended = carryOn();

        assertThat(code(ended)).isEqualTo(RunFailureCode.INTERACTION_PROCESS_LOST);
        assertThat(ended.recovery().state()).isEqualTo(RecoveryState.NONE);
        assertThat(question(ended, 1).status()).isEqualTo(InteractionStatus.CANCELED);
        assertThat(core.held()).isEmpty();
        assertThat(core.workspaces.result(ended.id())).isPresent();
    }

    @Test
    void an_engine_that_goes_away_between_answer_and_its_delivery_fails_the_run() {
        Run waiting = begun(ASKS);
        reply(waiting, 1, "seven");
        process().exits(0);

        Run ended = carryOn();

        assertThat(code(ended)).isEqualTo(RunFailureCode.INTERACTION_PROCESS_LOST);
        assertThat(question(ended, 1).status()).isEqualTo(InteractionStatus.ANSWERED);
        assertThat(process().heard()).hasSize(1);
    }

    @Test
    void a_wish_for_the_end_ends_the_engine_first() {
        Run waiting = begun(ASKS);

        assertThat(core.server().cancelRun.cancel(waiting.requestId()).accepted())
                .isTrue();
        assertThat(core.server().cancelRun.cancel(waiting.requestId()).accepted())
                .isFalse();
        assertThatThrownBy(() -> reply(waiting, 1, "late")).isInstanceOf(RefusedException.class);
        Run ended = carryOn();

        assertThat(ended.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(process().works()).isFalse();
        assertThat(process().stops()).isEqualTo(1);
        assertThat(question(ended, 1).decision().orElseThrow().decidedBy()).isEqualTo(DecidedBy.CANCEL);
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_wish_that_comes_when_the_engine_has_just_asked_ends_it_too() {
        core.processes.onLaunch(process -> process.listens((told, line) -> {}, ended -> ended.exits(0)));
        RunRequest request = create(Map.of());
        take();
        process().prints("session s-1").prints(ASKS).prints("done");
        core.disk.onNextWrite("status", () -> core.server().cancelRun.cancel(request.id()));
        Run ended = carryOn();

        assertThat(ended.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(process().works()).isFalse();
        assertThat(core.interactions.all(ended.id())).isEmpty();
    }

    // limits

    @Test
    void an_engine_that_takes_too_much_while_it_waits_is_ended() {
        core.restartWith(new RunQuota(0, 0, 0, 4, 5_000));
        Run waiting = begun(ASKS);
        process().holds(5, 0);
        core.clock.advance(Duration.ofMinutes(1));
        Run ended = carryOn();

        assertThat(code(ended)).isEqualTo(RunFailureCode.PROCESS_LIMIT_EXCEEDED);
        assertThat(process().works()).isFalse();
        assertThat(question(waiting, 1).status()).isNotEqualTo(InteractionStatus.PENDING);
        assertThatThrownBy(() -> reply(waiting, 1, "late")).isInstanceOf(RefusedException.class);
        assertThat(core.held()).isEmpty();
    }

    @Test
    void an_engine_that_takes_what_it_may_goes_on_waiting() {
        core.restartWith(new RunQuota(0, 0, 0, 4, 5_000));
        begun(ASKS);
        process().holds(4, 5_000);
        core.clock.advance(Duration.ofMinutes(1));

        assertThat(carryOn().status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(process().works()).isTrue();
    }

    // time

    @Test
    void an_engine_is_not_kept_longer_than_was_said() {
        Run waiting = begun(Map.of("session_timeout_sec", 60), ASKS);
        core.clock.advance(Duration.ofSeconds(59));
        assertThat(carryOn().status()).isEqualTo(RunStatus.WAITING_USER);

        core.clock.advance(Duration.ofSeconds(1));
        core.server().tasks().runDelayed();
        Run ended = carryOn();

        assertThat(code(ended)).isEqualTo(RunFailureCode.INTERACTION_WAIT_TIMEOUT);
        assertThat(process().works()).isFalse();
        assertThat(question(ended, 1).status()).isEqualTo(InteractionStatus.EXPIRED);
        assertThat(question(waiting, 1).deadline()).isPresent();
    }

    @Test
    void an_answer_that_comes_while_the_engine_is_ended_is_too_late() {
        Run waiting = begun(Map.of("session_timeout_sec", 60), ASKS);
        core.clock.advance(Duration.ofSeconds(60));
        process().refusesToDie(1);
        carryOn();
        assertThat(process().stops()).isEqualTo(1);

        assertThatThrownBy(() -> reply(waiting, 1, "late")).isInstanceOf(RefusedException.class);
        core.clock.advance(Duration.ofSeconds(60));
        assertThat(code(carryOn())).isEqualTo(RunFailureCode.INTERACTION_WAIT_TIMEOUT);
    }

    @Test
    void the_hard_timeout_of_a_turn_does_not_count_while_nobody_works() {
        Run waiting = begun(ASKS, DONE);
        core.clock.advance(Duration.ofSeconds(1_000));
        assertThat(carryOn().status()).isEqualTo(RunStatus.WAITING_USER);

        reply(waiting, 1, "seven");

        assertThat(carryOn().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_engine_that_does_not_end_when_it_is_told_nothing_more_is_ended_in_time() {
        core.processes.onLaunch(process -> process.listens(this::speak, ended -> {}));
        Run running = begun(DONE);
        assertThat(running.status()).isEqualTo(RunStatus.RUNNING);
        assertThat(process().isHungUp()).isTrue();

        core.clock.advance(Duration.ofMinutes(10));
        assertThat(carryOn().status()).isEqualTo(RunStatus.RUNNING);
        core.clock.advance(Duration.ofMinutes(1));

        assertThat(code(carryOn())).isEqualTo(RunFailureCode.TIMEOUT);
        assertThat(process().works()).isFalse();
    }

    @Test
    void where_nobody_has_to_answer_the_engine_is_told_a_decision() {
        begun(Map.of("interactive_require_user_reply", false, "session_timeout_sec", 60), ASKS, DONE);
        core.clock.advance(Duration.ofSeconds(60));
        assertThat(carryOn().status()).isEqualTo(RunStatus.WAITING_USER);

        core.server().tasks().runDelayed();
        Run ended = carryOn();

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.interactions().autoDecisions()).isEqualTo(1);
        assertThat(process().heard()).hasSize(2);
        assertThat(process().heard().get(1)).contains("auto_decide_timeout");
    }

    // restart

    @Test
    void a_restart_finds_the_engine_waiting() {
        begun(ASKS, DONE);

        Run found = restart();

        assertThat(found.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(found.recovery().state()).isEqualTo(RecoveryState.RECOVERED_WAITING);
        assertThat(found.recovery().reason()).contains("sticky_waiting_preserved");
        reply(found, 1, "seven");
        assertThat(carryOn().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(core.processes.launches()).hasSize(1);
    }

    @Test
    void an_answer_that_was_stored_and_not_told_is_told_by_the_next_server() {
        Run waiting = begun(ASKS, DONE);
        reply(waiting, 1, "seven");

        Run ended = restart();

        assertThat(ended.status()).as(ended.toString()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(process().heard()).hasSize(2).endsWith("seven");
    }

    @Test
    void an_answer_that_was_told_is_not_told_again() {
        core.processes.onLaunch(process -> process.listens(
                (told, line) -> {
                    if (!script.isEmpty()) {
                        speak(told, line);
                    }
                },
                ended -> ended.exits(0)));
        Run waiting = begun(ASKS);
        reply(waiting, 1, "seven");
        assertThat(carryOn().status()).isEqualTo(RunStatus.RUNNING);

        restart();
        process().prints(DONE).prints("done");

        assertThat(carryOn().status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(process().heard()).hasSize(2);
    }

    @Test
    void a_restart_that_finds_no_engine_says_so() {
        Run waiting = begun(ASKS);
        process().vanishes();

        Run ended = restart();

        assertThat(code(ended)).isEqualTo(RunFailureCode.INTERACTION_PROCESS_LOST);
        assertThat(ended.recovery().state()).isEqualTo(RecoveryState.FAILED_RECONCILED);
        assertThat(core.processes.swept()).contains(waiting.marker());
    }

    @Test
    void a_wish_that_was_stored_before_the_server_died_is_met_by_the_next_one() {
        Run waiting = begun(ASKS);
        core.server().cancelRun.cancel(waiting.requestId());

        Run ended = restart();

        assertThat(ended.status()).isEqualTo(RunStatus.CANCELED);
        assertThat(process().works()).isFalse();
    }

    /** An engine that does not keep running would have ended by itself. */
    @Test
    void an_answer_that_was_given_while_no_server_was_there_counts() {
        core.processes.onLaunch(process -> process.listens((told, line) -> {}, ended -> ended.exits(0)));
        create(Map.of());
        take();
        core.restart();
        process().prints(DONE).prints("done");
        core.clock.advance(Duration.ofHours(1));

        assertThat(restart().status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_engine_that_works_on_when_its_time_was_over_while_no_server_was_there_is_ended() {
        core.processes.onLaunch(process -> process.listens((told, line) -> {}, ended -> ended.exits(0)));
        create(Map.of());
        take();
        core.clock.advance(Duration.ofHours(1));

        assertThat(code(restart())).isEqualTo(RunFailureCode.TIMEOUT);
    }

    @Test
    void time_that_passed_while_no_server_was_there_counts() {
        begun(Map.of("session_timeout_sec", 60), ASKS);
        core.clock.advance(Duration.ofHours(1));

        assertThat(code(restart())).isEqualTo(RunFailureCode.INTERACTION_WAIT_TIMEOUT);
        assertThat(process().works()).isFalse();
    }

    /** Wherever it dies between the question and the moment in which it is stored. */
    @ParameterizedTest
    @ValueSource(strings = {"prompt", "attempt", "status", "run"})
    void a_question_that_was_not_stored_is_asked_by_the_next_server(String where) {
        core.processes.onLaunch(process -> process.listens((told, line) -> {}, ended -> ended.exits(0)));
        create(Map.of());
        take();
        core.disk.failEvery(where, () -> new UnavailableException("busy", new IOException("busy")));
        process().prints("session s-1").prints(ASKS).prints("done");
        carryOn();
        core.disk.failNoMore();

        Run waiting = restart();

        assertThat(waiting.status()).as(waiting.toString()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(question(waiting, 1).question().prompt()).isEqualTo("Which number?");
        assertThat(process().works()).isTrue();
    }

    // helpers

    private Run begun(String... turns) {
        return begun(Map.of(), turns);
    }

    private Run begun(Map<String, Object> options, String... turns) {
        script.addAll(List.of(turns));
        create(options);
        return take();
    }

    private RunRequest create(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(Map.of("execution_mode", "interactive"));
        all.putAll(options);
        return core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), all, false));
    }

    private Run take() {
        Run taken = core.runs
                .takeNextQueued(new Lease(new NodeId("node-1"), Lease.WITHOUT_END), core.clock.instant())
                .orElseThrow();
        carry(taken, false);
        return carryOn();
    }

    private void carry(Run run, boolean resumed) {
        carried = run;
        execution = core.server().executions.open(run, resumed);
    }

    /** As the dispatcher does: until nothing more can be done now and nobody has rung meanwhile. */
    private Run carryOn() {
        while (execution != null) {
            boolean[] rang = {false};
            Optional<Duration> pause;
            try (Subscription watch = core.server().signals.watch(run().id(), () -> rang[0] = true)) {
                pause = execution.step();
            }
            if (pause.isPresent() && !pause.get().isZero() && !rang[0]) {
                break;
            }
            if (pause.isEmpty()) {
                execution.close();
                execution = null;
                core.server()
                        .executions
                        .following(Objects.requireNonNull(carried))
                        .ifPresent(next -> carry(next, false));
            }
        }
        return run();
    }

    private Run restart() {
        core.restart();
        core.server().reconcileRuns.reconcile();
        carry(run(), true);
        return carryOn();
    }

    private Run run() {
        return core.runs.all().get(0);
    }

    private ScriptedProcess process() {
        return core.processes.process(run().id(), 1);
    }

    private RunStatus reply(Run run, int number, Object response) {
        FindRun.Found found = core.server().findRun.find(run.requestId());
        return core.server().answerQuestion.answer(found, new Reply(number, Optional.of(response), Optional.empty()));
    }

    private Interaction question(Run run, int number) {
        return core.interactions.find(run.id(), number).orElseThrow();
    }

    private RunReceipt receipt(Run run, int attempt) {
        return core.runs.find(run.id(), attempt).flatMap(Attempt::receipt).orElseThrow();
    }

    private String output(Run run, int attempt) {
        try (InputStream stored = core.output
                .attempt(run.id(), OutputStreamKind.STDOUT, attempt)
                .orElseThrow()
                .open(0)) {
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RunFailureCode code(Run run) {
        return run.failure()
                .orElseThrow(() -> new AssertionError(run.toString()))
                .code();
    }
}
