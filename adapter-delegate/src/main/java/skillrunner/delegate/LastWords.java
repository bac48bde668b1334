package skillrunner.delegate;

import java.util.List;

/** What of a screen is told to people: its end. */
final class LastWords {
    private static final int LINES = 3;
    private static final int SCREEN_LINES = 40;
    private static final int MOST_CHARACTERS = 2000;

    private LastWords() {}

    /** The last lines that are not empty, in one. */
    static String of(String text) {
        return String.join(" | ", last(text, LINES));
    }

    /** As much as fills a screen. */
    static String screen(String text) {
        String screen = String.join("\n", last(text, SCREEN_LINES));
        return screen.substring(Math.max(0, screen.length() - MOST_CHARACTERS));
    }

    private static List<String> last(String text, int count) {
        List<String> lines = text.lines()
                .map(String::stripTrailing)
                .filter(line -> !line.isBlank())
                .toList();
        return lines.subList(Math.max(0, lines.size() - count), lines.size());
    }
}
