package skillrunner.delegate.screen;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the address of a page in what a program shows, also where the screen was too narrow and the address goes on below. */
public final class PageAddress {
    private static final Pattern ADDRESS = Pattern.compile("https?://[^\\s\"'<>\\u2500-\\u257f]+");
    private static final Pattern PIECE = Pattern.compile("[\\w.~:/?#\\[\\]@!$&'()*+,;=%-]+");
    private static final Pattern FRAME = Pattern.compile("^[\\s\\u2500-\\u257f|]+|[\\s\\u2500-\\u257f|]+$");
    private static final int SHORTEST_FULL_LINE = 40;

    private PageAddress() {}

    /**
     * Finds addresses between two texts that are known: all between them belongs to one address, if there is nothing else.
     *
     * @param text what stands between them
     * @return the last address that does not lead to this machine, else the last
     */
    public static Optional<String> between(String text) {
        List<String> lines = text.lines()
                .map(line -> FRAME.matcher(line).replaceAll(""))
                .filter(line -> !line.isEmpty())
                .toList();
        boolean alone = !lines.isEmpty()
                && lines.get(0).startsWith("http")
                && lines.stream().allMatch(line -> PIECE.matcher(line).matches())
                && lines.stream().skip(1).noneMatch(line -> line.startsWith("http"));
        return alone ? Optional.of(clean(String.join("", lines))) : in(text);
    }

    /**
     * Finds addresses in any text. A line that goes on below is as long as the screen is wide, so nothing is added that is longer than
     * what it would continue.
     *
     * @param text the text
     * @return the last address that does not lead to this machine, else the last
     */
    public static Optional<String> in(String text) {
        List<String> found = all(text);
        return found.stream()
                .filter(address -> !isOfThisMachine(address))
                .reduce((first, second) -> second)
                .or(() -> found.stream().reduce((first, second) -> second));
    }

    /**
     * Tells whether an address leads to this machine.
     *
     * @param address an address
     * @return whether its host is a name of loopback
     */
    public static boolean isOfThisMachine(String address) {
        return address.matches("https?://(localhost|127\\.0\\.0\\.1|\\[::1\\])([:/?#].*)?");
    }

    private static List<String> all(String text) {
        List<String> lines = text.lines().toList();
        List<String> found = new ArrayList<>();
        for (int at = 0; at < lines.size(); at++) {
            Matcher match = ADDRESS.matcher(lines.get(at));
            while (match.find()) {
                StringBuilder address = new StringBuilder(match.group());
                if (FRAME.matcher(lines.get(at).substring(match.end()))
                        .replaceAll("")
                        .isEmpty()) {
                    goOn(address, lines, at);
                }
                found.add(clean(address.toString()));
            }
        }
        return found;
    }

    private static void goOn(StringBuilder address, List<String> lines, int at) {
        int width = FRAME.matcher(lines.get(at)).replaceAll("").length();
        for (int next = at + 1; next < lines.size() && width >= SHORTEST_FULL_LINE; next++) {
            String piece = FRAME.matcher(lines.get(next)).replaceAll("");
            if (piece.length() > width || !PIECE.matcher(piece).matches() || piece.startsWith("http")) {
                return;
            }
            address.append(piece);
            if (piece.length() < width) {
                return;
            }
        }
    }

    private static String clean(String address) {
        return address.replaceAll("[.,);]+$", "");
    }
}
