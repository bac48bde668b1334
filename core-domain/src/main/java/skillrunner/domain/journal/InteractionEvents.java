package skillrunner.domain.journal;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.problem.Excerpt;

/** What events say of a question and of what became of it. A question whose row is lost is told without its number. */
final class InteractionEvents {
    private static final int PREVIEW = 200;
    private static final String ID = "interaction_id";

    private InteractionEvents() {}

    static Map<String, Object> fact(Optional<Interaction> question) {
        return EventData.empty()
                .with(ID, question.map(Interaction::number))
                .with("kind", question.map(it -> it.question().kind().wire()))
                .map();
    }

    static Map<String, Object> required(Optional<Interaction> question) {
        return EventData.empty()
                .with(ID, question.map(Interaction::number))
                .with("kind", question.map(it -> it.question().kind().wire()).orElse("open_text"))
                .with("prompt", question.map(it -> it.question().prompt()).orElse("The agent waits for an answer"))
                .map();
    }

    static Map<String, Object> reply(Optional<Interaction> question, Instant at) {
        return EventData.empty()
                .with(ID, question.map(Interaction::number))
                .with("resolution_mode", "user_reply")
                .with("accepted_at", EventTime.text(at))
                .with(
                        "response_preview",
                        question.flatMap(Interaction::decision).flatMap(InteractionEvents::preview))
                .map();
    }

    static Map<String, Object> autoDecision(Optional<Interaction> question, Instant at) {
        return EventData.empty()
                .with(ID, question.map(Interaction::number))
                .with("resolution_mode", "auto_decide_timeout")
                .with("accepted_at", EventTime.text(at))
                .with(
                        "policy",
                        question.map(it -> it.question().defaultDecisionPolicy())
                                .orElse("engine_judgement"))
                .with("timeout_sec", question.flatMap(InteractionEvents::waited))
                .map();
    }

    /** How long the question was to wait, in seconds. */
    private static Optional<Long> waited(Interaction asked) {
        return asked.deadline()
                .map(deadline -> Math.max(
                        1, Duration.between(asked.createdAt(), deadline).toSeconds()));
    }

    /** Words only: what was filled in, or a file, is nobody's to read here. */
    private static Optional<String> preview(Decision decision) {
        Optional<Object> response = decision.response();
        Optional<Object> words = response.filter(Map.class::isInstance)
                .map(map -> ((Map<?, ?>) map).get("text"))
                .map(Object.class::cast)
                .or(() -> response);
        return words.filter(String.class::isInstance)
                .map(text -> Excerpt.of(((String) text).strip(), PREVIEW))
                .filter(text -> !text.isEmpty());
    }
}
