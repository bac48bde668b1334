package skillrunner.domain.journal;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.state.TransitionTable;

import static org.assertj.core.api.Assertions.assertThat;

class MoveEventsTest {
    private static final Instant AT = Instant.parse("2026-01-02T03:04:05.123456789Z");
    private static final MoveEvents.Facts KNOWN = new MoveEvents.Facts(
            Optional.of(new Completion(
                    Completion.State.COMPLETED,
                    "OUTPUT_VALIDATED",
                    List.of(DiagnosticCode.MULTIPLE_DONE_MARKERS_IGNORED))),
            Optional.of("The words"),
            Optional.empty());

    static Stream<TransitionTable.Row<RunStatus, RunLifecycle.Event>> everyMove() {
        return RunLifecycle.TABLE.rows().stream();
    }

    @ParameterizedTest
    @MethodSource("everyMove")
    void every_legal_move_is_told_as_facts_and_to_a_front_end_exactly_if_it_changes_something(
            TransitionTable.Row<RunStatus, RunLifecycle.Event> row) {
        RunMove move = move(row, failure(row.to()));

        assertThat(MoveEvents.orchestrator(move, KNOWN)).hasSize(MoveEvents.facts(move));
        List<FcmpDraft> shown = MoveEvents.fcmp(move, KNOWN).stream()
                .filter(draft -> draft.type() != FcmpType.REPLY_ACCEPTED && draft.type() != FcmpType.AUTO_DECIDED)
                .toList();
        if (row.on() == RunLifecycle.Event.RESTART_PRESERVED) {
            assertThat(shown).isEmpty();
            assertThat(MoveEvents.rasp(move, KNOWN)).isEmpty();
            assertThat(MoveEvents.endsAttempt(move)).isFalse();
        } else {
            assertThat(shown.get(0).type()).isEqualTo(FcmpType.STATE_CHANGED);
            assertThat(shown.get(0).data())
                    .containsEntry("from", row.from().wire())
                    .containsEntry("to", row.to().wire())
                    .containsEntry("updated_at", "2026-01-02T03:04:05.123456Z");
            assertThat(shown)
                    .filteredOn(draft -> draft.type() == FcmpType.CONVERSATION_COMPLETED)
                    .hasSize(row.to() == RunStatus.SUCCEEDED ? 1 : 0);
            assertThat(shown)
                    .filteredOn(draft -> draft.type() == FcmpType.CONVERSATION_FAILED)
                    .hasSize(row.to() == RunStatus.FAILED || row.to() == RunStatus.CANCELED ? 1 : 0);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "QUEUED, TURN_STARTED, RUNNING, turn.started",
        "RUNNING, INPUT_NEEDED, WAITING_USER, turn.needs_input",
        "WAITING_USER, REPLY_ACCEPTED, QUEUED, interaction.reply.accepted",
        "WAITING_USER, AUTO_DECIDED, QUEUED, interaction.auto_decide.timeout",
        "RUNNING, TURN_SUCCEEDED, SUCCEEDED, turn.succeeded",
        "RUNNING, TURN_FAILED, FAILED, turn.failed",
        "RUNNING, CANCELED_BY_USER, CANCELED, run.canceled",
        "QUEUED, CANCELED_BY_USER, CANCELED, run.canceled",
        "WAITING_USER, CANCELED_BY_USER, CANCELED, run.canceled",
        "RUNNING, RESTART_INTERRUPTED, FAILED, restart.reconcile_failed",
        "WAITING_USER, RESTART_INTERRUPTED, FAILED, restart.reconcile_failed",
        "WAITING_USER, REPLY_DELIVERED, RUNNING, interaction.reply.accepted",
        "WAITING_USER, AUTO_DECISION_DELIVERED, RUNNING, interaction.auto_decide.timeout",
        "WAITING_USER, WAIT_EXPIRED, FAILED, interaction.wait.timeout",
        "WAITING_USER, PROCESS_LOST, FAILED, interaction.process.lost"
    })
    void a_front_end_is_told_what_moved_the_run(
            RunStatus from, RunLifecycle.Event event, RunStatus to, String trigger) {
        RunMove move = move(TransitionTable.row(from, event, to), failure(to));

        assertThat(MoveEvents.fcmp(move, KNOWN))
                .filteredOn(draft -> draft.type() == FcmpType.STATE_CHANGED)
                .singleElement()
                .satisfies(draft -> assertThat(draft.data()).containsEntry("trigger", trigger));
    }

    @Test
    void a_question_is_told_with_its_number_kind_and_words() {
        RunMove move = move(
                TransitionTable.row(RunStatus.RUNNING, RunLifecycle.Event.INPUT_NEEDED, RunStatus.WAITING_USER),
                Optional.empty());

        List<FcmpDraft> shown = MoveEvents.fcmp(move, asking(Optional.empty()));

        assertThat(shown.get(0).data()).containsEntry("pending_interaction_id", 1);
        assertThat(shown.get(1).type()).isEqualTo(FcmpType.INPUT_REQUIRED);
        assertThat(shown.get(1).data())
                .isEqualTo(Map.of("interaction_id", 1, "kind", "open_text", "prompt", "Which way?"));
        assertThat(MoveEvents.orchestrator(move, asking(Optional.empty()))
                        .get(0)
                        .data())
                .isEqualTo(Map.of("interaction_id", 1, "kind", "open_text"));
        assertThat(MoveEvents.rasp(move, asking(Optional.empty())))
                .extracting(RaspDraft::type)
                .containsExactly(RaspType.INPUT_REQUIRED);
    }

    @Test
    void an_answer_is_told_directly_before_its_change_and_in_the_attempt_that_it_opens() {
        RunMove move = move(
                TransitionTable.row(RunStatus.WAITING_USER, RunLifecycle.Event.REPLY_ACCEPTED, RunStatus.QUEUED),
                Optional.empty());
        Decision words = new Decision(Optional.of(" " + "x".repeat(300)), DecidedBy.USER_REPLY, AT);
        Decision form = new Decision(Optional.of(Map.of("password", "secret")), DecidedBy.USER_REPLY, AT);

        List<FcmpDraft> shown = MoveEvents.fcmp(move, asking(Optional.of(words)));

        assertThat(shown).extracting(FcmpDraft::type).containsExactly(FcmpType.REPLY_ACCEPTED, FcmpType.STATE_CHANGED);
        assertThat(shown.get(0).data())
                .containsEntry("interaction_id", 1)
                .containsEntry("resolution_mode", "user_reply");
        assertThat(String.valueOf(shown.get(0).data().get("response_preview"))).hasSizeLessThanOrEqualTo(201);
        assertThat(MoveEvents.fcmp(move, asking(Optional.of(form))).get(0).data())
                .doesNotContainKey("response_preview");
        assertThat(MoveEvents.asking(move)).contains(0);
    }

    private static MoveEvents.Facts asking(Optional<Decision> decision) {
        Interaction asked = Interaction.asked(1, 1, Question.openText("Which way?"), AT, Optional.empty());
        return new MoveEvents.Facts(
                Optional.empty(),
                Optional.empty(),
                Optional.of(decision.map(asked::decided).orElse(asked)));
    }

    @Test
    void a_success_is_told_in_this_order() {
        RunMove move = move(
                TransitionTable.row(RunStatus.RUNNING, RunLifecycle.Event.TURN_SUCCEEDED, RunStatus.SUCCEEDED),
                Optional.empty());

        assertThat(MoveEvents.fcmp(move, KNOWN))
                .extracting(FcmpDraft::type)
                .containsExactly(FcmpType.STATE_CHANGED, FcmpType.CONVERSATION_COMPLETED, FcmpType.DIAGNOSTIC);
        assertThat(MoveEvents.rasp(move, KNOWN))
                .extracting(RaspDraft::type)
                .containsExactly(RaspType.COMPLETION, RaspType.RUN_TERMINAL);
        assertThat(MoveEvents.orchestrator(move, KNOWN))
                .containsExactly(new OrchestratorDraft(OrchestratorType.RUN_TERMINAL, Map.of("status", "succeeded")));
    }

    @Test
    void a_failure_of_the_server_says_so_before_the_end() {
        RunMove move = move(
                TransitionTable.row(RunStatus.RUNNING, RunLifecycle.Event.TURN_FAILED, RunStatus.FAILED),
                Optional.of(RunFailureCode.INTERNAL_ERROR));

        assertThat(MoveEvents.orchestrator(move, KNOWN))
                .containsExactly(
                        new OrchestratorDraft(OrchestratorType.RUN_FAILED, Map.of("message", "The words")),
                        new OrchestratorDraft(OrchestratorType.RUN_TERMINAL, Map.of("status", "failed")));
        assertThat(MoveEvents.fcmp(move, KNOWN).get(1).data())
                .isEqualTo(Map.of("error", Map.of("category", "runtime", "code", "INTERNAL_ERROR")));
    }

    @Test
    void a_failure_of_the_engine_is_an_end_like_any_other() {
        RunMove move = move(
                TransitionTable.row(RunStatus.RUNNING, RunLifecycle.Event.TURN_FAILED, RunStatus.FAILED),
                Optional.of(RunFailureCode.ENGINE_EXIT_NONZERO));

        assertThat(MoveEvents.orchestrator(move, KNOWN))
                .extracting(OrchestratorDraft::type)
                .containsExactly(OrchestratorType.RUN_TERMINAL);
    }

    private static Optional<RunFailureCode> failure(RunStatus to) {
        return switch (to) {
            case FAILED -> Optional.of(RunFailureCode.TIMEOUT);
            case CANCELED -> Optional.of(RunFailureCode.CANCELED_BY_USER);
            default -> Optional.empty();
        };
    }

    private static RunMove move(
            TransitionTable.Row<RunStatus, RunLifecycle.Event> row, Optional<RunFailureCode> failure) {
        return new RunMove(
                new RunId("00000000-0000-4000-8000-000000000001"), 1, 1, row.from(), row.on(), row.to(), failure, AT);
    }
}
