package skillrunner.application.run.interaction;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.admission.CreateRunCommand;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.InteractionStatus;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.RecoveryState;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunReceipt;
import skillrunner.domain.run.RunRequest;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.run.VerdictPolicy;
import skillrunner.domain.skill.ExecutionMode;
import skillrunner.testkit.run.CoreOnFakes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static skillrunner.testkit.skill.SkillBuilder.aSkill;

/** Runs that ask their user, from the question to the end. */
class InteractiveRunTest {
    private static final Map<String, Object> NUMBER =
            Map.of("type", "object", "required", List.of("n"), "properties", Map.of("n", Map.of("type", "integer")));
    private static final String DONE = "{\"__SKILL_DONE__\": true, \"n\": 1}";

    private final CoreOnFakes core = new CoreOnFakes();

    @BeforeEach
    void install() {
        install(3);
        core.server().dispatcher.start();
    }

    private void install(int turns) {
        core.skills.install(aSkill().inModes(ExecutionMode.AUTO, ExecutionMode.INTERACTIVE)
                .answering(NUMBER)
                .inTurns(turns)
                .build());
    }

    // asking

    @Test
    void a_plain_question_lets_the_run_wait_without_a_slot() {
        Run waiting = waiting("Which number?");

        assertThat(waiting.status()).isEqualTo(RunStatus.WAITING_USER);
        Interaction pending = pending(waiting);
        assertThat(pending.question().kind()).isEqualTo(InteractionKind.OPEN_TEXT);
        assertThat(pending.question().prompt()).isEqualTo("Which number?");
        assertThat(pending.deadline()).isEmpty();
        assertThat(core.server().dispatcher.busySlots()).isZero();
        assertThat(core.held()).isEmpty();
    }

    @Test
    void a_malformed_question_is_one_still() {
        Run waiting = waiting("{\"ask_user\": [1, 2]}");

        assertThat(pending(waiting).question().prompt()).isNotBlank();
    }

    @Test
    void an_answer_without_the_marker_ends_the_run_with_a_warning() {
        Run ended = turn(create(Map.of()), "{\"n\": 1}");

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.warnings()).contains(VerdictPolicy.DONE_MARKER_MISSING);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__SKILL_DONE__\": true, \"n\": \"no number\"}",
                "{\"__SKILL_DONE__\": true, \"n\": 1, \"cut\": \"o",
                "All is done, \"__SKILL_DONE__\": true. Is there anything else?",
                "{\\\"__skill_done__\\\" : true}",
                "{\"__SKILL_DONE__\": true, \"ask_user\": {\"kind\": \"confirm\", \"prompt\": \"Well?\"}}"
            })
    void whoever_is_done_asks_nothing_and_a_wrong_answer_fails(String said) {
        Run ended = turn(create(Map.of()), said);

        assertThat(ended.status()).isEqualTo(RunStatus.FAILED);
        assertThat(ended.failure().orElseThrow().code()).isEqualTo(RunFailureCode.OUTPUT_VALIDATION_FAILED);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"__SKILL_DONE__\": \"true\"}",
                "{\"__SKILL_DONE__\": false, \"n\": \"?\"}",
                "__SKILL_DONE__: true",
                "I am not done, so \"__SKILL_DONE__\": trueish. Which one?",
                "<think>In the end I answer {\"__SKILL_DONE__\": true, \"n\": 1}.</think>\\nWhich one?",
                "Then I say \"__SKILL_DONE__\": true.\\n</think>\\nWhich one?",
                "<think>With \"__SKILL_DONE__\": true it is"
            })
    void what_is_no_mark_of_the_end_is_a_question(String said) {
        assertThat(waiting(said).status()).isEqualTo(RunStatus.WAITING_USER);
    }

    @Test
    void what_an_agent_thinks_is_no_part_of_its_question() {
        Run waiting =
                waiting("<think>A number, <ASK_USER_YAML>\\nkind: confirm\\n</ASK_USER_YAML>?</think>\\nWhich number?");

        assertThat(pending(waiting).question().prompt()).isEqualTo("Which number?");
        assertThat(pending(waiting).question().kind()).isEqualTo(InteractionKind.OPEN_TEXT);
    }

    @Test
    void who_only_thinks_aloud_asks_with_that() {
        assertThat(pending(waiting("<think>Which number?")).question().prompt()).contains("Which number?");
    }

    @Test
    void the_mark_may_stand_beside_the_answer() {
        Run ended = turn(create(Map.of()), "\"__SKILL_DONE__\": true, and here it is: {\"n\": 1}");

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.warnings()).doesNotContain(VerdictPolicy.DONE_MARKER_MISSING);
    }

    @Test
    void what_is_put_on_record_of_each_turn_is_what_its_events_say() {
        Run waiting = waiting("Which number?");
        turn(create(Map.of()), "{\"n\": 1}");
        reply(waiting, 1, "one");
        turn(request(waiting), DONE);

        assertThat(core.workspaces.closedAttempts())
                .extracting(audit -> audit.completion().state().wire(), audit -> audit.completion()
                        .reason())
                .containsExactly(
                        tuple("awaiting_user_input", "WAITING_USER_INPUT"),
                        tuple("completed", "INTERACTIVE_COMPLETED_WITHOUT_DONE_MARKER"),
                        tuple("completed", "DONE_SIGNAL_FOUND"));
    }

    @Test
    void one_question_too_many_fails_the_run() {
        install(1);

        Run ended = turn(create(Map.of()), "Which number?");

        assertThat(ended.failure().orElseThrow().code()).isEqualTo(RunFailureCode.INTERACTIVE_MAX_ATTEMPT_EXCEEDED);
    }

    @Test
    void a_question_of_an_engine_that_named_no_session_fails_the_run() {
        RunRequest request = create(Map.of());
        core.processes.onLaunch(process -> process.answers("Which number?"));
        core.server().tasks().runAll();

        assertThat(run(request).failure().orElseThrow().code()).isEqualTo(RunFailureCode.SESSION_RESUME_FAILED);
    }

    // answering

    @Test
    void the_answer_is_the_next_prompt_in_the_same_session_and_is_given_once() {
        Run waiting = waiting("Which number?");

        assertThat(reply(waiting, 1, "--help me")).isEqualTo(RunStatus.QUEUED);
        Run ended = turn(request(waiting), DONE);

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.attempt()).isEqualTo(2);
        assertThat(core.processes.launches()).hasSize(2);
        assertThat(core.processes.launches().get(1).arguments()).containsSequence("resume", "session-1");
        assertThat(prompt(waiting)).isEqualTo("--help me");
    }

    @Test
    void an_answer_that_is_no_text_is_given_as_json() {
        Run waiting = waiting("Which number?");

        reply(waiting, 1, Map.of("n", 7));
        turn(request(waiting), DONE);

        assertThat(prompt(waiting)).isEqualTo("{\"n\":7}");
    }

    @Test
    void an_agent_that_calls_every_question_the_first_gets_numbers_that_grow() {
        String asking = "{\"ask_user\": {\"interaction_id\": 1, \"prompt\": \"Which?\"}}";
        Run first = waiting(asking);
        reply(first, 1, "this");
        Run second = turn(request(first), asking);

        assertThat(second.interactions().pending()).contains(2);
        assertThat(second.attempt()).isEqualTo(2);
        assertThat(second.interactions().count()).isEqualTo(2);
    }

    @Test
    void a_late_answer_is_told_the_decision() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "first");

        assertThatThrownBy(() -> reply(waiting, 1, "second"))
                .isInstanceOfSatisfying(RefusedException.class, refused -> {
                    assertThat(refused.refusal().code()).isEqualTo(ErrorCode.INTERACTION_DECIDED);
                    assertThat(refused.refusal().facts())
                            .contains(new RefusalFacts.Decided(
                                    1, Optional.of("first"), "user_reply", core.clock.instant()));
                });
    }

    @Test
    void an_answer_that_is_sent_again_under_its_key_is_the_same_answer() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "first", "key");

        assertThat(reply(waiting, 1, "first", "key")).isEqualTo(RunStatus.RUNNING);
        assertRefused(() -> reply(waiting, 1, "other", "key"), ErrorCode.IDEMPOTENCY_KEY_REUSED);
        turn(request(waiting), DONE);
        assertThat(reply(waiting, 1, "first", "key")).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(core.processes.launches()).hasSize(2);
    }

    @Test
    void the_same_answer_under_its_key_is_accepted_though_both_were_sent_at_once() {
        Run waiting = waiting("Which number?");
        core.disk.onNextWrite("decision", () -> reply(waiting, 1, "first", "key"));

        assertThat(reply(waiting, 1, "first", "key")).isEqualTo(RunStatus.QUEUED);

        assertThat(run(request(waiting)).attempt()).isEqualTo(2);
    }

    @Test
    void of_two_answers_at_once_the_later_one_is_told_the_decision() {
        Run waiting = waiting("Which number?");
        core.disk.onNextWrite("decision", () -> reply(waiting, 1, "first", "key"));

        assertRefused(() -> reply(waiting, 1, "second"), ErrorCode.INTERACTION_DECIDED);

        assertThat(run(request(waiting)).attempt()).isEqualTo(2);
    }

    @Test
    void what_does_not_answer_the_question_changes_nothing() {
        Run waiting = waiting("Which number?");

        assertRefused(() -> reply(waiting, 2, "this"), ErrorCode.INTERACTION_NOT_PENDING);
        assertRefused(() -> reply(waiting, 1, " \n"), ErrorCode.REQUEST_INVALID);

        assertThat(run(request(waiting))).isEqualTo(waiting);
    }

    @Test
    void a_run_that_can_not_ask_takes_no_answer() {
        RunRequest auto = core.create(
                new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), Map.of(), false));

        assertRefused(() -> reply(run(auto), 1, "this"), ErrorCode.RUN_NOT_INTERACTIVE);
        assertRefused(() -> pending(auto), ErrorCode.RUN_NOT_INTERACTIVE);
    }

    @Test
    void a_canceled_run_takes_no_answer() {
        Run waiting = waiting("Which number?");
        core.server().cancelRun.cancel(waiting.requestId());

        assertRefused(() -> reply(waiting, 1, "late"), ErrorCode.INTERACTION_DECIDED);
        assertThat(run(request(waiting)).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(decision(waiting).decidedBy()).isEqualTo(DecidedBy.CANCEL);
    }

    @Test
    void a_run_that_ends_before_its_next_turn_is_proven_by_the_last_one() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "one");
        core.server().cancelRun.cancel(waiting.requestId());
        core.server().tasks().runAll();

        Run ended = run(request(waiting));
        assertThat(ended.status()).isEqualTo(RunStatus.CANCELED);
        FindRun find = core.server().findRun;
        Optional<RunReceipt> receipt = find.receipt(ended);
        assertThat(receipt).map(RunReceipt::attempt).contains(1);
        assertThat(find.details(ended.requestId()).receipt()).isEqualTo(receipt);
        assertThat(core.workspaces.result(ended.id()).orElseThrow().receipt()).isEqualTo(receipt);
    }

    // an engine that says nothing

    @Test
    void an_engine_that_goes_on_in_silence_is_asked_what_it_said() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "this");
        core.sessions.remember("session-1", "session session-1\nsay " + DONE + "\ndone\n");

        Run ended = silently(request(waiting), 0);

        assertThat(ended.status()).as(ended.toString()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_engine_that_goes_on_in_silence_may_have_asked_again() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "this");
        core.sessions.remember("session-1", "session session-1\nsay And which colour?\ndone\n");

        Run again = silently(request(waiting), 0);

        assertThat(pending(again).question().prompt()).isEqualTo("And which colour?");
        reply(again, 2, "blue");
        assertThat(turn(request(waiting), DONE).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void a_conversation_that_nobody_knows_any_more_is_lost() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "this");

        assertThat(code(silently(request(waiting), 0))).isEqualTo(RunFailureCode.SESSION_RESUME_FAILED);
    }

    @Test
    void an_engine_that_fails_for_another_reason_has_not_lost_its_conversation() {
        Run first = waiting("Which number?");
        reply(first, 1, "this");
        assertThat(code(silently(request(first), 2))).isEqualTo(RunFailureCode.ENGINE_EXIT_NONZERO);

        Run second = waiting("Which number?");
        reply(second, 1, "this");
        core.processes.onLaunch(
                process -> process.complains("conversation lost").exits(1));
        core.server().tasks().runAll();
        assertThat(code(run(request(second)))).isEqualTo(RunFailureCode.SESSION_RESUME_FAILED);
    }

    private Run silently(RunRequest request, int exitCode) {
        core.processes.onLaunch(process -> process.exits(exitCode));
        core.server().tasks().runAll();
        return run(request);
    }

    private static RunFailureCode code(Run run) {
        return run.failure().orElseThrow().code();
    }

    // what is shown beside the run

    @Test
    void a_question_is_shown_with_what_takes_the_conversation_up_again() {
        Run waiting = waiting("Which number?");

        InteractiveState shown = shown(waiting);
        assertThat(shown.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(shown.pending().map(Interaction::number)).contains(1);
        assertThat(shown.session().map(InteractiveState.Session::handle)).contains("session-1");
        assertThat(core.workspaces.mirroredStatus(waiting.id())).contains(RunStatus.WAITING_USER);
    }

    @Test
    void an_answer_is_shown_before_the_next_turn_begins() {
        Run waiting = waiting("Which number?");

        reply(waiting, 1, "this");

        assertThat(shown(waiting).pending()).isEmpty();
        assertThat(shown(waiting).status()).isEqualTo(RunStatus.QUEUED);
        assertThat(core.workspaces.mirroredStatus(waiting.id())).contains(RunStatus.QUEUED);
    }

    @Test
    void a_decision_for_want_of_an_answer_is_shown() {
        Run waiting = turn(create(Map.of("interactive_require_user_reply", false)), "Which?");
        core.server().tasks().runDelayed();

        assertThat(shown(waiting).interactions().get(0).status()).isEqualTo(InteractionStatus.ANSWERED);
    }

    @Test
    void an_answer_is_given_though_it_could_not_be_shown() {
        Run waiting = waiting("Which number?");
        core.disk.failEvery("status", () -> new IllegalStateException("a bug"));
        assertThatThrownBy(() -> reply(waiting, 1, "this")).hasMessage("a bug");
        core.disk.failNoMore();
        core.processes.onLaunch(process -> process.prints("session session-1").answers(DONE));

        core.server().tasks().runAll();

        assertThat(run(request(waiting)).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_end_while_it_waited_is_shown() {
        Run waiting = waiting("Which number?");

        core.server().cancelRun.cancel(waiting.requestId());

        assertThat(shown(waiting).pending()).isEmpty();
        assertThat(shown(waiting).status()).isEqualTo(RunStatus.CANCELED);
        assertThat(shown(waiting).interactions().get(0).status()).isEqualTo(InteractionStatus.CANCELED);
    }

    @Test
    void an_end_after_an_answer_is_shown() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "this");
        turn(request(waiting), DONE);

        assertThat(shown(waiting).status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(shown(waiting).attempt()).isEqualTo(2);
    }

    private InteractiveState shown(Run run) {
        return Optional.ofNullable(core.shown.get(run.id())).orElseThrow();
    }

    // time

    @Test
    void nobody_decides_for_a_user_who_must() {
        Run waiting = waiting("Which number?");
        core.clock.advance(Duration.ofDays(400));
        core.server().tasks().runDelayed();

        assertThat(run(request(waiting)).status()).isEqualTo(RunStatus.WAITING_USER);
    }

    @Test
    void a_question_that_nobody_answers_is_decided_when_its_time_is_over() {
        Run waiting = turn(create(Map.of("interactive_require_user_reply", false, "wait_timeout_sec", 9)), "Which?");
        assertThat(core.server().tasks().delayed())
                .anySatisfy(task -> assertThat(task.delay()).isEqualTo(Duration.ofSeconds(9)));

        core.clock.advance(Duration.ofSeconds(9));
        core.processes.onLaunch(process -> process.prints("session session-1").answers(DONE));
        core.server().tasks().runDelayed();

        Run ended = run(request(waiting));
        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(ended.interactions().autoDecisions()).isEqualTo(1);
        assertThat(decision(waiting).decidedBy()).isEqualTo(DecidedBy.AUTO_DECIDE_TIMEOUT);
        assertThat(prompt(waiting)).contains("auto_decide_timeout");
    }

    @Test
    void a_decision_that_meets_a_bug_is_tried_again() {
        Run waiting = turn(create(Map.of("interactive_require_user_reply", false)), "Which?");
        core.disk.failEvery("decision", () -> new IllegalStateException("a bug"));
        core.server().tasks().runDelayed();
        core.disk.failNoMore();
        core.server().tasks().runDelayed();

        assertThat(decision(waiting).decidedBy()).isEqualTo(DecidedBy.AUTO_DECIDE_TIMEOUT);
    }

    @Test
    void silence_is_a_no_to_what_can_be_refused() {
        Run waiting = turn(
                create(Map.of("interactive_require_user_reply", false)),
                "{\"ask_user\": {\"kind\": \"risk_ack\", \"prompt\": \"Delete all?\"}}");
        core.server().tasks().runDelayed();

        assertThat(decision(waiting).response().orElseThrow())
                .isInstanceOfSatisfying(
                        Map.class, answer -> assertThat(answer.get("policy")).isEqualTo("refusal"));
    }

    // restart

    @Test
    void a_run_that_waits_does_so_after_a_restart_and_can_be_answered() {
        Run waiting = waiting("Which number?");

        core.restart().reconcileRuns.reconcile();
        core.server().dispatcher.start();

        Run found = run(request(waiting));
        assertThat(found.status()).isEqualTo(RunStatus.WAITING_USER);
        assertThat(found.recovery().state()).isEqualTo(RecoveryState.RECOVERED_WAITING);
        assertThat(found.recovery().reason()).contains("resumable_waiting_preserved");
        reply(found, 1, "this");
        assertThat(turn(request(waiting), DONE).status()).isEqualTo(RunStatus.SUCCEEDED);
    }

    @Test
    void an_answer_that_was_stored_before_the_server_died_is_given_by_the_next_one() {
        Run waiting = waiting("Which number?");
        reply(waiting, 1, "this");

        core.restart().reconcileRuns.reconcile();
        core.server().dispatcher.start();
        Run ended = turn(request(waiting), DONE);

        assertThat(ended.status()).isEqualTo(RunStatus.SUCCEEDED);
        assertThat(prompt(waiting)).isEqualTo("this");
        assertThat(core.processes.launches()).hasSize(2);
    }

    @Test
    void a_deadline_that_passed_while_no_server_was_there_decides_at_once() {
        Run waiting =
                turn(create(Map.of("interactive_require_user_reply", false, "session_timeout_sec", 60)), "Which?");
        core.clock.advance(Duration.ofHours(1));

        core.restart().reconcileRuns.reconcile();
        core.server().expireInteractions.start();
        assertThat(core.server().tasks().delayed())
                .anySatisfy(task -> assertThat(task.delay()).isEqualTo(Duration.ZERO));
        core.server().tasks().runDelayed();

        assertThat(run(request(waiting)).status()).isEqualTo(RunStatus.QUEUED);
    }

    @Test
    void a_clock_that_was_set_back_lets_nobody_wait_longer_than_was_said() {
        turn(create(Map.of("interactive_require_user_reply", false, "session_timeout_sec", 60)), "Which?");
        core.clock.set(core.clock.instant().minus(Duration.ofDays(3)));

        core.restart().expireInteractions.start();

        assertThat(core.server().tasks().delayed())
                .anySatisfy(task -> assertThat(task.delay()).isEqualTo(Duration.ofSeconds(60)));
    }

    // helpers

    private RunRequest create(Map<String, Object> options) {
        Map<String, Object> all = new HashMap<>(options);
        all.put("execution_mode", "interactive");
        return core.create(new CreateRunCommand("demo", "codex", Map.of(), Map.of(), Optional.empty(), all, false));
    }

    private Run turn(RunRequest request, String words) {
        core.processes.onLaunch(process -> process.prints("session session-1").answers(words));
        core.server().tasks().runAll();
        return run(request);
    }

    private Run waiting(String words) {
        return turn(create(Map.of()), words);
    }

    private Run run(RunRequest request) {
        return core.runs
                .find(core.runs.findRequest(request.id()).orElseThrow().runId().orElseThrow())
                .orElseThrow();
    }

    private RunRequest request(Run run) {
        return core.runs.findRequest(run.requestId()).orElseThrow();
    }

    private Interaction pending(Run run) {
        return pending(request(run)).pending().orElseThrow();
    }

    private FindPending.Pending pending(RunRequest request) {
        return core.server().findPending.find(core.server().findRun.find(request.id()));
    }

    private String prompt(Run run) {
        try (InputStream stored = core.output.prompt(run.id()).orElseThrow().open(0)) {
            return new String(stored.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Decision decision(Run run) {
        return core.interactions
                .find(run.id(), 1)
                .flatMap(Interaction::decision)
                .orElseThrow();
    }

    private RunStatus reply(Run run, int number, Object response) {
        return reply(run, new Reply(number, Optional.of(response), Optional.empty()));
    }

    private RunStatus reply(Run run, int number, Object response, String key) {
        return reply(run, new Reply(number, Optional.of(response), IdempotencyKey.parse(key)));
    }

    private RunStatus reply(Run run, Reply reply) {
        FindRun.Found found = core.server().findRun.find(run.requestId());
        return core.server().answerQuestion.answer(found, reply);
    }

    private static void assertRefused(ThrowingCallable call, ErrorCode code) {
        assertThatThrownBy(call).isInstanceOfSatisfying(RefusedException.class, refused -> assertThat(
                        refused.refusal().code())
                .isEqualTo(code));
    }
}
