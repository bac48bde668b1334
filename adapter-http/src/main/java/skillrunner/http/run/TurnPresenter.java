package skillrunner.http.run;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.output.RunOutput;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.Run;
import skillrunner.domain.run.TokenCount;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Moment;
import skillrunner.http.page.VisibleText;

/** Turns the attempts of a run into what its page says of its turns. */
final class TurnPresenter {
    private TurnPresenter() {}

    /** What is known of each turn at a moment, the oldest first, and what it took. */
    static List<TurnView> turns(
            RunDetails details, List<Optional<TokenCount>> tokens, RunOutput output, Instant now, Messages messages) {
        List<TurnView> turns = new ArrayList<>();
        for (int i = 0; i < details.attempts().size(); i++) {
            turns.add(turn(details.run(), details.attempts().get(i), tokens.get(i), output, now, messages));
        }
        return turns;
    }

    private static TurnView turn(
            Run run, Attempt attempt, Optional<TokenCount> tokens, RunOutput output, Instant now, Messages messages) {
        boolean ended = attempt.endedAt().isPresent()
                || attempt.number() < run.attempt()
                || run.status().isTerminal();
        Instant until = attempt.endedAt().orElse(run.status().isTerminal() ? run.updatedAt() : now);
        return new TurnView(
                Integer.toString(attempt.number()),
                messages.duration(Duration.between(attempt.startedAt(), until)),
                ended ? "" : Moment.of(attempt.startedAt()).machine(),
                tokens.map(count -> tokens(count, messages)).orElse(""),
                VisibleText.of(String.join(", ", attempt.told().models())),
                stretch(attempt, OutputStreamKind.STDOUT, output, ended),
                stretch(attempt, OutputStreamKind.STDERR, output, ended));
    }

    private static String tokens(TokenCount count, Messages messages) {
        return messages.counted(
                "turn.tokens", count.input(), messages.number(count.cachedInput()), messages.number(count.output()));
    }

    private static TurnView.Stretch stretch(Attempt attempt, OutputStreamKind stream, RunOutput output, boolean ended) {
        return new TurnView.Stretch(
                Long.toString(output.start(attempt.runId(), stream, attempt.number())),
                ended ? Long.toString(output.start(attempt.runId(), stream, attempt.number() + 1)) : "");
    }
}
