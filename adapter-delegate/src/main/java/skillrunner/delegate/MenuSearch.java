package skillrunner.delegate;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Predicate;
import skillrunner.delegate.screen.Key;

/**
 * Goes through a list until the wanted row is chosen, and takes it then and only then. A list that can be searched may not show the row
 * before its name is typed. For one script.
 */
final class MenuSearch {
    private static final Duration QUIET = Duration.ofMillis(300);
    private static final Duration REPAINT = Duration.ofSeconds(2);
    private static final String CHOSEN = "\u25cf";
    private static final String OTHER = "\u25cb";
    private static final int MOST_STEPS = 30;

    private final String name;
    private final Predicate<String> wanted;
    private final Optional<String> search;
    private final Presses presses;
    private boolean typed;
    private boolean taken;
    private int steps;
    private Instant pressedAt = Instant.MIN;

    /**
     * @param name of the list
     * @param wanted tells the wanted row by its text in lower case
     * @param search what to type where the list can be searched
     * @param presses shared by all lists
     */
    MenuSearch(String name, Predicate<String> wanted, Optional<String> search, Presses presses) {
        this.name = name;
        this.wanted = wanted;
        this.search = search;
        this.presses = presses;
    }

    /**
     * Goes on.
     *
     * @param place where the list was shown last
     * @param shown what was shown from there on
     * @param stage where keys are pressed
     * @return false if the row is not there
     */
    boolean look(long place, String shown, Stage stage) {
        Instant now = stage.now();
        Optional<String> chosen = last(shown, CHOSEN);
        if (taken || chosen.isEmpty() || !presses.due(name, Duration.ZERO, now)) {
            return true;
        }
        boolean answered = stage.lastOutput().isAfter(pressedAt) || now.isAfter(later(pressedAt));
        if (!answered || now.isBefore(stage.lastOutput().plus(QUIET))) {
            return true;
        }
        pressedAt = now;
        String row = text(chosen.get());
        if (wanted.test(row)) {
            taken = true;
            stage.press(Key.ENTER);
            presses.pressed(name, now);
            return true;
        }
        if (search.isPresent() && !typed && (shown.contains("Search") || !isShown(shown))) {
            typed = true;
            stage.type(search.get());
            presses.pressed(name, now);
            return true;
        }
        if (steps >= MOST_STEPS) {
            return false;
        }
        steps++;
        stage.press(Key.DOWN);
        presses.pressed(name, now);
        return true;
    }

    private static Instant later(Instant at) {
        return at.equals(Instant.MIN) ? at : at.plus(REPAINT);
    }

    private boolean isShown(String shown) {
        return rows(shown, OTHER).stream().map(MenuSearch::text).anyMatch(wanted);
    }

    private static Optional<String> last(String shown, String mark) {
        return rows(shown, mark).stream().reduce((first, second) -> second);
    }

    private static List<String> rows(String shown, String mark) {
        return shown.lines().filter(line -> line.contains(mark)).toList();
    }

    /** The text of a row without its mark, its frame and what is said about it. */
    private static String text(String row) {
        return row.substring(Math.max(row.lastIndexOf(CHOSEN), row.lastIndexOf(OTHER)) + 1)
                .strip()
                .toLowerCase(Locale.ROOT);
    }
}
