package skillrunner.application.run.turn;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;
import skillrunner.application.json.JsonText;
import skillrunner.application.run.Attempts;
import skillrunner.application.run.interaction.Interactions;
import skillrunner.domain.interaction.Decision;
import skillrunner.domain.interaction.Interaction;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputContract;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.RunFailureCode;

/**
 * What a turn takes over from the one before it.
 *
 * @param session takes the engine's conversation up again; may be empty only for an engine that kept running
 * @param prompt the answer to its question
 * @param reply the same as JSON
 * @param contract what the run's answer is judged by, which does not change between turns
 */
record Resumption(Optional<String> session, String prompt, String reply, OutputContract contract) {
    /** What an engine printed becomes an argument, and must never be taken for an option. */
    private static final Pattern HANDLE = Pattern.compile("[A-Za-z0-9][A-Za-z0-9._:-]{0,255}");

    Resumption {
        Objects.requireNonNull(session);
        Objects.requireNonNull(prompt);
        Objects.requireNonNull(reply);
        Objects.requireNonNull(contract);
    }

    /**
     * Finds it.
     *
     * @return it, or empty for the first turn
     * @throws TurnRefusedException if the conversation can't be taken up
     */
    static Optional<Resumption> of(Run run, Attempts attempts, Interactions interactions, JsonText json) {
        if (run.attempt() < 2) {
            return Optional.empty();
        }
        int earlier = run.attempt() - 1;
        Attempt before = attempts.find(run.id(), earlier).orElseThrow(Resumption::lost);
        List<Interaction> asked = interactions.all(run.id()).stream()
                .filter(interaction -> interaction.attempt() == earlier)
                .toList();
        Decision made = asked.stream()
                .map(Interaction::decision)
                .flatMap(Optional::stream)
                .reduce((first, second) -> second)
                .orElseThrow(Resumption::lost);
        Optional<String> session = before.session().filter(HANDLE.asMatchPredicate());
        if (session.isEmpty() && !before.keepsEngine()) {
            throw lost();
        }
        return Optional.of(new Resumption(
                session,
                text(made.response(), json),
                json.canonical(made.response().orElse(null)),
                before.contract()));
    }

    /** A text as it is, anything else as JSON. */
    private static String text(Optional<Object> response, JsonText json) {
        return response.filter(String.class::isInstance)
                .map(String.class::cast)
                .orElseGet(() -> json.canonical(response.orElse(null)));
    }

    static TurnRefusedException lost() {
        return new TurnRefusedException(
                RunFailureCode.SESSION_RESUME_FAILED, "What takes the engine's conversation up again is lost");
    }
}
