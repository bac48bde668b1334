package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import skillrunner.delegate.screen.Key;

/** A menu whose first entry is wanted, and which tells the number of the one that is chosen. For one script. */
final class NumberedMenu {
    private static final String NAME = "menu";
    private static final Duration REPAINT = Duration.ofSeconds(2);
    private static final Duration AGAIN = Duration.ofSeconds(3);

    private final Pattern chosen;
    private final Presses presses;
    private boolean moved;
    private long entered = -1;
    private Instant enteredAt = Instant.MIN;
    private Instant movedAt = Instant.MIN;

    NumberedMenu(Pattern chosen, Presses presses) {
        this.chosen = chosen;
        this.presses = presses;
    }

    /**
     * Goes on to choose.
     *
     * @param place where the menu was shown last
     * @param shown what was shown from there on
     * @param stage where keys are pressed
     */
    void choose(long place, String shown, Stage stage) {
        Instant now = stage.now();
        if (entered == place || now.isBefore(later(enteredAt, AGAIN)) || !presses.due(NAME, Duration.ZERO, now)) {
            return;
        }
        int number = number(shown).orElse(1);
        if (number > 1 && !moved) {
            for (int up = 1; up < number; up++) {
                stage.press(Key.UP);
            }
            moved = true;
            movedAt = now;
            presses.pressed(NAME, now);
        } else if (number <= 1 || !now.isBefore(later(movedAt, REPAINT))) {
            stage.press(Key.ENTER);
            presses.pressed(NAME, now);
            entered = place;
            enteredAt = now;
            moved = false;
        }
    }

    boolean tooMany() {
        return presses.tooMany(NAME);
    }

    private OptionalInt number(String shown) {
        Matcher match = chosen.matcher(shown);
        OptionalInt last = OptionalInt.empty();
        while (match.find()) {
            last = OptionalInt.of(Integer.parseInt(match.group(1)));
        }
        return last;
    }

    private static Instant later(Instant at, Duration time) {
        return at.equals(Instant.MIN) ? at : at.plus(time);
    }
}
