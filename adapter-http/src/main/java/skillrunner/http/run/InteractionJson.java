package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.interaction.FindPending;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.interaction.InteractionKind;
import skillrunner.domain.interaction.Question;
import skillrunner.domain.run.RequestId;
import skillrunner.domain.run.RunStatus;

/** Wire records of questions. */
final class InteractionJson {
    private InteractionJson() {}

    record Pending(RequestId requestId, RunStatus status, @Nullable Asked pending) {
        static Pending of(RequestId request, FindPending.Pending found) {
            return new Pending(
                    request, found.status(), found.pending().map(Asked::of).orElse(null));
        }
    }

    record Asked(
            int interactionId,
            InteractionKind kind,
            String prompt,
            List<Map<String, Object>> options,
            Map<String, Object> uiHints,
            String defaultDecisionPolicy,
            List<String> requiredFields,
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Map<String, Object> context,
            int attemptNumber,
            Instant createdAt,
            @Nullable Instant deadline) {
        static Asked of(Interaction interaction) {
            Question question = interaction.question();
            return new Asked(
                    interaction.number(),
                    question.kind(),
                    question.prompt(),
                    question.options().stream().map(Question.Option::toPlain).toList(),
                    question.uiHints(),
                    question.defaultDecisionPolicy(),
                    question.requiredFields(),
                    question.context().orElse(null),
                    interaction.attempt(),
                    interaction.createdAt(),
                    interaction.deadline().orElse(null));
        }
    }

    record Accepted(RequestId requestId, RunStatus status, boolean accepted) {}
}
