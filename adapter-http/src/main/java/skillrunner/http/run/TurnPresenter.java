package skillrunner.http.run;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
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

    /** What is known of each turn at a moment, the oldest first. */
    static List<TurnView> turns(RunDetails details, RunOutput output, Instant now, Messages messages) {
        return details.attempts().stream()
                .map(attempt -> turn(details.run(), attempt, output, now, messages))
                .toList();
    }

    private static TurnView turn(Run run, Attempt attempt, RunOutput output, Instant now, Messages messages) {
        boolean ended = attempt.endedAt().isPresent() || attempt.number() < run.attempt() || run.status().isTerminal();
        Instant until = attempt.endedAt().orElse(run.status().isTerminal() ? run.updatedAt() : now);
        return new TurnView(
                Integer.toString(attempt.number()),
                messages.duration(Duration.between(attempt.startedAt(), until)),
                ended ? "" : Moment.of(attempt.startedAt()).machine(),
                attempt.told()
                        .tokens()
                        .map(count -> tokens(count, messages))
                        .orElse(""),
                VisibleText.of(String.join(", ", attempt.told().models())),
                stretch(attempt, OutputStreamKind.STDOUT, output, ended),
                stretch(attempt, OutputStreamKind.STDERR, output, ended));
    }

    private static String tokens(TokenCount count, Messages messages) {
        return messages.text(
                "turn.tokens",
                messages.number(count.input()),
                messages.number(count.cachedInput()),
                messages.number(count.output()));
    }

    private static TurnView.Stretch stretch(
            Attempt attempt, OutputStreamKind stream, RunOutput output, boolean ended) {
        return new TurnView.Stretch(
                Long.toString(output.start(attempt.runId(), stream, attempt.number())),
                ended ? Long.toString(output.start(attempt.runId(), stream, attempt.number() + 1)) : "");
    }
}
