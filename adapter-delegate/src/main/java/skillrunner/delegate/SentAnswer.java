package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import skillrunner.delegate.screen.ScreenText;

/** What a user brought and the program was given, and whether it says anything to that. For one script. */
final class SentAnswer {
    private final Duration patience;
    private long place = -1;
    private Optional<Instant> waiting = Optional.empty();

    /** @param patience how long a program may say nothing to it */
    SentAnswer(Duration patience) {
        this.patience = patience;
    }

    /** Gives the program an answer. What of it is secret is hidden before. */
    void enter(String value, ScreenText screen, Stage stage) {
        stage.answered();
        place = screen.end();
        waiting = Optional.of(stage.now());
        stage.enter(value);
    }

    boolean isSent() {
        return place >= 0;
    }

    /** Whether something was shown after it was given. */
    boolean isBefore(long shown) {
        return isSent() && shown >= place;
    }

    /** Whether something was shown before it was given: an echo of it may draw that anew. */
    boolean isAfter(long shown) {
        return isSent() && shown < place;
    }

    /** The program has said something to it. */
    void heard() {
        waiting = Optional.empty();
    }

    /** Since when the program says nothing to it. */
    Optional<Instant> waiting() {
        return waiting;
    }

    /** Tells once that the program has said nothing to it for too long. */
    boolean isOverdue(Instant now) {
        boolean overdue =
                waiting.filter(since -> now.isAfter(since.plus(patience))).isPresent();
        if (overdue) {
            heard();
        }
        return overdue;
    }
}
