package skillrunner.sqlite.run;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.interaction.DecidedBy;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionStatus;
import skillrunner.domain.interaction.QuestionRules;
import skillrunner.domain.run.RunId;
import skillrunner.sqlite.file.JsonColumns;
import skillrunner.sqlite.file.TimestampColumns;

/** A row of {@code run_interactions}; the only place that turns one into a question and back. */
public record InteractionRow(
        String runId,
        int number,
        int attempt,
        String question,
        String status,
        @Nullable String response,
        @Nullable String decidedBy,
        @Nullable String decidedAt,
        @Nullable String idempotencyKey,
        String createdAt,
        @Nullable String deadline,
        @Nullable String command) {
    private static final Logger LOG = LoggerFactory.getLogger(InteractionRow.class);

    static InteractionRow of(RunId run, Interaction interaction) {
        Optional<Decision> decision = interaction.decision();
        return new InteractionRow(
                run.value(),
                interaction.number(),
                interaction.attempt(),
                JsonColumns.text(interaction.question().toPlain()),
                interaction.status().wire(),
                decision.flatMap(Decision::response).map(JsonColumns::text).orElse(null),
                decision.map(made -> made.decidedBy().wire()).orElse(null),
                decision.map(made -> TimestampColumns.text(made.decidedAt())).orElse(null),
                decision.flatMap(Decision::key).orElse(null),
                TimestampColumns.text(interaction.createdAt()),
                interaction.deadline().map(TimestampColumns::text).orElse(null),
                interaction.command().orElse(null));
    }

    /** Reads the row. Of one whose question can't be read the rest is kept, so that it can be decided; that is said in the log. */
    Interaction toInteraction() {
        try {
            return strictly(question);
        } catch (RuntimeException e) {
            LOG.error("the row of question {} of run {} can't be read: {}", number, runId, e.toString());
            return mended().strictly("{}");
        }
    }

    private InteractionRow mended() {
        boolean decided =
                decidedBy != null && Mending.read(() -> DecidedBy.of(decidedBy)).isPresent();
        boolean pending = InteractionStatus.PENDING.wire().equals(status);
        return new InteractionRow(
                runId,
                number,
                attempt,
                question,
                pending || decided ? status : InteractionStatus.CANCELED.wire(),
                response != null
                                && Mending.read(() -> JsonColumns.value(response))
                                        .isPresent()
                        ? response
                        : null,
                pending ? null : decided ? decidedBy : DecidedBy.INTERRUPTION.wire(),
                pending ? null : Mending.moment(decidedAt),
                idempotencyKey,
                Mending.moment(createdAt),
                Mending.optionalMoment(deadline),
                command);
    }

    private Interaction strictly(String questionText) {
        return new Interaction(
                number,
                attempt,
                QuestionRules.read(JsonColumns.object(questionText), "").question(),
                InteractionStatus.of(status),
                Optional.ofNullable(decidedBy)
                        .map(by -> new Decision(
                                Optional.ofNullable(response).map(JsonColumns::value),
                                DecidedBy.of(by),
                                TimestampColumns.optional(decidedAt).orElseThrow(),
                                Optional.ofNullable(idempotencyKey))),
                TimestampColumns.moment(createdAt),
                TimestampColumns.optional(deadline),
                Optional.ofNullable(command));
    }
}
