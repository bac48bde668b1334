package skillrunner.domain.journal;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.RunFailureCode;
import skillrunner.domain.run.RunLifecycle;
import skillrunner.domain.run.RunMove;
import skillrunner.domain.run.RunStatus;

import static skillrunner.domain.run.RunLifecycle.Event.AUTO_DECIDED;
import static skillrunner.domain.run.RunLifecycle.Event.AUTO_DECISION_DELIVERED;
import static skillrunner.domain.run.RunLifecycle.Event.CANCELED_BY_USER;
import static skillrunner.domain.run.RunLifecycle.Event.INPUT_NEEDED;
import static skillrunner.domain.run.RunLifecycle.Event.PROCESS_LOST;
import static skillrunner.domain.run.RunLifecycle.Event.REPLY_ACCEPTED;
import static skillrunner.domain.run.RunLifecycle.Event.REPLY_DELIVERED;
import static skillrunner.domain.run.RunLifecycle.Event.RESTART_INTERRUPTED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_FAILED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_STARTED;
import static skillrunner.domain.run.RunLifecycle.Event.TURN_SUCCEEDED;
import static skillrunner.domain.run.RunLifecycle.Event.WAIT_EXPIRED;

/** Which events follow from a move, in their order. Equal facts give equal events. */
public final class MoveEvents {
    /** The words by which a front end is told what moved a run. */
    private static final Map<RunLifecycle.Event, String> TRIGGERS = new EnumMap<>(Map.ofEntries(
            Map.entry(TURN_STARTED, "turn.started"),
            Map.entry(INPUT_NEEDED, "turn.needs_input"),
            Map.entry(REPLY_ACCEPTED, "interaction.reply.accepted"),
            Map.entry(REPLY_DELIVERED, "interaction.reply.accepted"),
            Map.entry(AUTO_DECIDED, "interaction.auto_decide.timeout"),
            Map.entry(AUTO_DECISION_DELIVERED, "interaction.auto_decide.timeout"),
            Map.entry(TURN_SUCCEEDED, "turn.succeeded"),
            Map.entry(TURN_FAILED, "turn.failed"),
            Map.entry(CANCELED_BY_USER, "run.canceled"),
            Map.entry(RESTART_INTERRUPTED, "restart.reconcile_failed"),
            Map.entry(WAIT_EXPIRED, "interaction.wait.timeout"),
            Map.entry(PROCESS_LOST, "interaction.process.lost")));

    /** After these a row of their own says that the server failed. */
    private static final Set<RunLifecycle.Event> FAULTS = EnumSet.of(RESTART_INTERRUPTED, WAIT_EXPIRED, PROCESS_LOST);

    /** Failures of the server, not of the engine or its output. */
    private static final Set<RunFailureCode> OWN_FAILURES =
            EnumSet.of(RunFailureCode.INTERNAL_ERROR, RunFailureCode.STORAGE_FULL, RunFailureCode.PREPARATION_FAILED);

    private MoveEvents() {}

    /**
     * What is known beside a move.
     *
     * @param completion how the turn is classified, if the move ends one
     * @param message why the run failed, for people; empty if it did not, or the words are lost
     * @param question what the move asks or answers; empty if it does neither, or its row is lost
     */
    public record Facts(Optional<Completion> completion, Optional<String> message, Optional<Interaction> question) {
        /** Nothing is known. */
        public static final Facts NONE = new Facts(Optional.empty(), Optional.empty(), Optional.empty());

        /** Refuses null parts. */
        public Facts {
            Objects.requireNonNull(completion);
            Objects.requireNonNull(message);
            Objects.requireNonNull(question);
        }
    }

    /**
     * Tells whether a move ends its attempt, so that nothing of the engine's is told behind it.
     *
     * @param move the move
     * @return true if the run waits for its user after it, or has ended
     */
    public static boolean endsAttempt(RunMove move) {
        return isChange(move) && (move.to().isTerminal() || move.to() == RunStatus.WAITING_USER);
    }

    /**
     * Tells how many orchestrator events follow from a move; at least one.
     *
     * @param move the move
     * @return the size of {@link #orchestrator}
     */
    public static int facts(RunMove move) {
        return saysFailed(move) ? 2 : 1;
    }

    /**
     * Tells what the server decided.
     *
     * @param move the move
     * @param known what is known beside it
     * @return orchestrator events
     */
    public static List<OrchestratorDraft> orchestrator(RunMove move, Facts known) {
        return switch (move.event()) {
            case TURN_STARTED -> List.of(OrchestratorDraft.status(OrchestratorType.RUN_STARTED, move.to()));
            case CANCELED_BY_USER -> List.of(OrchestratorDraft.status(OrchestratorType.RUN_CANCELED, move.to()));
            case INPUT_NEEDED, REPLY_ACCEPTED, REPLY_DELIVERED, AUTO_DECIDED, AUTO_DECISION_DELIVERED ->
                List.of(interaction(move, known));
            case RESTART_PRESERVED ->
                List.of(OrchestratorDraft.diagnostic(preserved(move.to()), Optional.empty(), Optional.empty()));
            case TURN_SUCCEEDED, TURN_FAILED, RESTART_INTERRUPTED, WAIT_EXPIRED, PROCESS_LOST -> {
                OrchestratorDraft end = OrchestratorDraft.status(OrchestratorType.RUN_TERMINAL, move.to());
                yield saysFailed(move)
                        ? List.of(OrchestratorDraft.failed(known.message().orElse(code(move))), end)
                        : List.of(end);
            }
        };
    }

    /**
     * Tells what becomes of the attempt.
     *
     * @param move the move
     * @param known what is known beside it
     * @return RASP events
     */
    public static List<RaspDraft> rasp(RunMove move, Facts known) {
        if (!isChange(move)) {
            return List.of();
        }
        List<RaspDraft> drafts = new ArrayList<>();
        known.completion()
                .filter(completion -> endsAttempt(move))
                .ifPresent(completion -> drafts.add(completion(completion)));
        if (move.event() == INPUT_NEEDED) {
            drafts.add(RaspDraft.of(RaspType.INPUT_REQUIRED, InteractionEvents.required(known.question())));
        }
        if (move.to() == RunStatus.RUNNING || move.to().isTerminal()) {
            drafts.add(RaspDraft.status(move.to()));
        }
        return drafts;
    }

    /**
     * Tells what a front end shows of it.
     *
     * @param move the move
     * @param known what is known beside it
     * @return FCMP events
     */
    public static List<FcmpDraft> fcmp(RunMove move, Facts known) {
        if (!isChange(move)) {
            return List.of();
        }
        List<FcmpDraft> drafts = new ArrayList<>();
        if (isReply(move)) {
            drafts.add(FcmpDraft.of(FcmpType.REPLY_ACCEPTED, InteractionEvents.reply(known.question(), move.at())));
        } else if (isAutoDecision(move)) {
            drafts.add(
                    FcmpDraft.of(FcmpType.AUTO_DECIDED, InteractionEvents.autoDecision(known.question(), move.at())));
        }
        drafts.add(FcmpDraft.of(
                FcmpType.STATE_CHANGED,
                EventData.of("from", move.from().wire())
                        .with("to", move.to().wire())
                        .with("trigger", trigger(move))
                        .with("updated_at", EventTime.text(move.at()))
                        .with(
                                "pending_interaction_id",
                                move.event() == INPUT_NEEDED
                                        ? known.question().map(Interaction::number)
                                        : Optional.empty())
                        .map()));
        if (move.event() == INPUT_NEEDED) {
            drafts.add(FcmpDraft.of(FcmpType.INPUT_REQUIRED, InteractionEvents.required(known.question())));
        }
        if (move.to() == RunStatus.SUCCEEDED) {
            drafts.add(FcmpDraft.of(
                    FcmpType.CONVERSATION_COMPLETED,
                    EventData.of("state", Completion.State.COMPLETED.wire())
                            .with(
                                    "reason_code",
                                    known.completion().map(Completion::reason).orElse("OUTPUT_VALIDATED"))
                            .map()));
        } else if (move.to().isTerminal()) {
            drafts.add(FcmpDraft.of(
                    FcmpType.CONVERSATION_FAILED,
                    EventData.of(
                                    "error",
                                    EventData.of("category", "runtime")
                                            .with("code", code(move))
                                            .map())
                            .map()));
        }
        if (endsAttempt(move)) {
            known.completion().ifPresent(completion -> completion.diagnostics().stream()
                    .map(FcmpDraft::diagnostic)
                    .forEach(drafts::add));
        }
        return drafts;
    }

    /** The word by which a front end is told what moved a run. */
    static String trigger(RunMove move) {
        return Objects.requireNonNull(TRIGGERS.get(move.event()));
    }

    /**
     * Tells whether a front end is told of a move, by one change of state.
     *
     * @param move the move
     * @return false if the run stays what it is
     */
    public static boolean isChange(RunMove move) {
        return TRIGGERS.containsKey(move.event());
    }

    private static boolean saysFailed(RunMove move) {
        return FAULTS.contains(move.event())
                || (move.event() == TURN_FAILED
                        && move.failure().filter(OWN_FAILURES::contains).isPresent());
    }

    private static String code(RunMove move) {
        return move.failure().orElse(RunFailureCode.INTERNAL_ERROR).name();
    }

    /**
     * Tells of which question a move is, by the attempt that asked it.
     *
     * @param move the move
     * @return the attempt; empty if the move neither asks nor answers
     */
    public static Optional<Integer> asking(RunMove move) {
        if (move.event() == INPUT_NEEDED) {
            return Optional.of(move.attempt());
        }
        return isReply(move) || isAutoDecision(move) ? Optional.of(move.attempt() - 1) : Optional.empty();
    }

    private static boolean isReply(RunMove move) {
        return move.event() == REPLY_ACCEPTED || move.event() == REPLY_DELIVERED;
    }

    private static boolean isAutoDecision(RunMove move) {
        return move.event() == AUTO_DECIDED || move.event() == AUTO_DECISION_DELIVERED;
    }

    private static OrchestratorDraft interaction(RunMove move, Facts known) {
        OrchestratorType type =
                switch (move.event()) {
                    case INPUT_NEEDED -> OrchestratorType.INPUT_REQUIRED;
                    case REPLY_ACCEPTED, REPLY_DELIVERED -> OrchestratorType.REPLY_ACCEPTED;
                    default -> OrchestratorType.AUTO_DECIDED;
                };
        return new OrchestratorDraft(type, InteractionEvents.fact(known.question()));
    }

    private static DiagnosticCode preserved(RunStatus status) {
        return switch (status) {
            case RUNNING -> DiagnosticCode.RESTART_PRESERVED_RUNNING;
            case WAITING_USER -> DiagnosticCode.RESTART_PRESERVED_WAITING;
            default -> DiagnosticCode.RESTART_PRESERVED_QUEUED;
        };
    }

    private static RaspDraft completion(Completion completion) {
        return RaspDraft.of(
                RaspType.COMPLETION,
                EventData.of("state", completion.state().wire())
                        .with("reason_code", completion.reason())
                        .with(
                                "diagnostics",
                                completion.diagnostics().stream()
                                        .map(DiagnosticCode::name)
                                        .toList())
                        .map());
    }
}
