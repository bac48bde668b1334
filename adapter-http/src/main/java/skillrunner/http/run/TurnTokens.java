package skillrunner.http.run;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.RunDetails;
import skillrunner.application.run.journal.JournalEvent;
import skillrunner.domain.journal.FcmpType;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.run.Attempt;
import skillrunner.domain.run.RunId;
import skillrunner.domain.run.TokenCount;

/**
 * Tells what each turn of a run took, also of an engine that counts since the beginning of its conversation: of its later turns what came
 * since the turn before. Safe for concurrent use.
 */
final class TurnTokens {
    private static final String SINCE_THE_BEGINNING = "session";

    private final ConversationParts parts;

    TurnTokens(ConversationParts parts) {
        this.parts = Objects.requireNonNull(parts);
    }

    /** Tells it turn by turn, the oldest first; empty for a turn whose engine told nothing. */
    List<Optional<TokenCount>> of(RunDetails details) {
        List<Optional<TokenCount>> tokens = new ArrayList<>();
        Optional<TokenCount> before = Optional.empty();
        for (Attempt attempt : details.attempts()) {
            Optional<TokenCount> told = attempt.told().tokens();
            boolean goesOn = before.isPresent()
                    && told.isPresent()
                    && goesOn(details.run().id(), attempt.number());
            tokens.add(goesOn ? Optional.of(told.get().since(before.get())) : told);
            before = told;
        }
        return tokens;
    }

    /** The last usage of a turn stands near its end. */
    private boolean goesOn(RunId run, int attempt) {
        String type = "\"" + FcmpType.USAGE.wire() + "\"";
        List<JournalEvent> usages = parts.newest(run, attempt).events().stream()
                .filter(event -> !event.isLong() && event.json().contains(type))
                .toList();
        return !usages.isEmpty()
                && JournalRow.of(JournalStream.FCMP, usages.get(usages.size() - 1))
                        .text("span")
                        .equals(SINCE_THE_BEGINNING);
    }
}
