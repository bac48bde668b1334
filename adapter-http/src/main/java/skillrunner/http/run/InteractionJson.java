package skillrunner.http.run;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

    record Pending(
            RequestId requestId, RunStatus status, Map<String, Object> interactiveProfile, @Nullable Asked pending) {
        static Pending of(RequestId request, FindPending.Pending found) {
            return new Pending(
                    request,
                    found.status(),
                    found.profile().toPlain(),
                    found.pending()
                            .map(asked -> Asked.of(asked, found.directory()))
                            .orElse(null));
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
            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable Subject subject,
            int attemptNumber,
            Instant createdAt,
            @Nullable Instant deadline) {
        static Asked of(Interaction interaction, Optional<String> directory) {
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
                    directory
                            .map(folder -> new Subject(interaction.command().orElse(null), folder))
                            .orElse(null),
                    interaction.attempt(),
                    interaction.createdAt(),
                    interaction.deadline().orElse(null));
        }
    }

    /** What a danger is about, as the server knows it. */
    record Subject(@Nullable String command, String directory) {}

    record Accepted(RequestId requestId, RunStatus status, boolean accepted) {}
}
