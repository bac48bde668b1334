package skillrunner.application.run.interaction;

import java.time.Clock;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.RunSettings;
import skillrunner.application.run.RunSignals;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusalFacts;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.IdempotencyKey;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunChange;
import skillrunner.domain.run.RunStatus;
import skillrunner.domain.skill.ExecutionMode;

/**
 * Takes a user's answer. It is stored with the move of the run, so that it is given to the engine once, and of two that race
 * one counts. Safe for concurrent use.
 */
public final class AnswerQuestion {
    private static final System.Logger LOG = System.getLogger(AnswerQuestion.class.getName());

    private final Interactions interactions;
    private final KeptEngines kept;
    private final ShowInteractions show;
    private final RunSignals signals;
    private final JsonText json;
    private final Clock clock;
    private final RunSettings settings;

    public AnswerQuestion(
            Interactions interactions,
            KeptEngines kept,
            ShowInteractions show,
            RunSignals signals,
            JsonText json,
            Clock clock,
            RunSettings settings) {
        this.interactions = Objects.requireNonNull(interactions);
        this.kept = Objects.requireNonNull(kept);
        this.show = Objects.requireNonNull(show);
        this.signals = Objects.requireNonNull(signals);
        this.json = Objects.requireNonNull(json);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
    }

    /**
     * Answers.
     *
     * @param found the run and its request
     * @param reply the answer
     * @return where the run stands now
     * @throws RefusedException with {@code RUN_NOT_INTERACTIVE}, {@code REQUEST_INVALID}, {@code IDEMPOTENCY_KEY_REUSED},
     *     {@code INTERACTION_DECIDED}, {@code INTERACTION_NOT_PENDING} or {@code RUN_QUEUE_FULL}; then nothing was changed
     */
    public RunStatus answer(FindRun.Found found, Reply reply) {
        if (found.request().options().executionMode() != ExecutionMode.INTERACTIVE) {
            throw new RefusedException(ErrorCode.RUN_NOT_INTERACTIVE, "The run asks no questions: its mode is 'auto'");
        }
        if (reply.response()
                .filter(it -> it instanceof String text && text.isBlank())
                .isPresent()) {
            throw RefusedException.invalid("/response", "must not be blank");
        }
        Run run = found.run();
        Optional<Interaction> asked = interactions.find(run.id(), reply.number());
        asked.ifPresent(it -> refuseDecided(it, reply));
        if (asked.flatMap(Interaction::decision).isPresent()) {
            return run.status();
        }
        if (asked.isEmpty() || run.status() != RunStatus.WAITING_USER) {
            throw notPending(run, reply.number());
        }
        if (run.keepsEngine() && !kept.takeAnswer(run)) {
            // Whoever looks after the engine finds it gone as well, and ends the run.
            signals.wake(run.id());
            throw notPending(run, reply.number());
        }
        Instant now = clock.instant();
        RunChange replied = run.replied(now);
        Interaction decided = asked.get()
                .decided(new Decision(
                        reply.response(), DecidedBy.USER_REPLY, now, reply.key().map(IdempotencyKey::value)));
        return switch (interactions.decide(replied, decided, settings.maxQueued())) {
            case DECIDED -> {
                LOG.log(
                        System.Logger.Level.INFO,
                        "run run_id={0} waiting_user->{1}: answered",
                        run.id(),
                        replied.after().status().wire());
                try {
                    show.showAnswered(run.id());
                } finally {
                    // The answer is stored, whatever becomes of what shows it.
                    signals.wake(run.id());
                    signals.wakeQueue();
                }
                yield replied.after().status();
            }
            case QUEUE_FULL -> throw new RefusedException(ErrorCode.RUN_QUEUE_FULL, "Job queue is full");
            case TOO_LATE -> {
                Optional<Interaction> stands = interactions.find(run.id(), reply.number());
                stands.ifPresent(it -> refuseDecided(it, reply));
                if (stands.flatMap(Interaction::decision).isEmpty()) {
                    throw notPending(run, reply.number());
                }
                // The same answer, sent twice at once: what the other one was told.
                yield replied.after().status();
            }
        };
    }

    /** The same answer under the same key is not another one; it is told so also after later questions. */
    private void refuseDecided(Interaction asked, Reply reply) {
        asked.decision().ifPresent(made -> {
            boolean sameKey = reply.key().isPresent()
                    && reply.key().map(IdempotencyKey::value).equals(made.key());
            if (sameKey && !text(made.response()).equals(text(reply.response()))) {
                throw new RefusedException(
                        ErrorCode.IDEMPOTENCY_KEY_REUSED, "The key was used for another answer to this question");
            }
            if (!sameKey) {
                throw new Refusal(
                                ErrorCode.INTERACTION_DECIDED,
                                "Question " + asked.number() + " is decided already",
                                new RefusalFacts.Decided(
                                        asked.number(),
                                        made.response(),
                                        made.decidedBy().wire(),
                                        made.decidedAt()))
                        .toException();
            }
        });
    }

    private String text(Optional<Object> response) {
        return json.canonical(response.orElse(null));
    }

    private static RefusedException notPending(Run run, int number) {
        return new RefusedException(
                ErrorCode.INTERACTION_NOT_PENDING,
                "The run does not wait for an answer to question " + number + "; it is "
                        + run.status().wire()
                        + run.interactions()
                                .pending()
                                .map(pending -> " with question " + pending)
                                .orElse(""));
    }
}
