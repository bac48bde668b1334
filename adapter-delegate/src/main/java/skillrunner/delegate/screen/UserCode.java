package skillrunner.delegate.screen;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the code that a person types into a page in what a program shows. */
public final class UserCode {
    private static final Pattern CODE = Pattern.compile("(?<![\\w/=&?-])[A-Z0-9]{4}(?:-[A-Z0-9]{4,})+(?![\\w-])");
    private static final Pattern HINT = Pattern.compile("(?i)code|device|enter|one-time");

    private UserCode() {}

    /**
     * Finds the code.
     *
     * @param text what was shown
     * @return the code on a line that tells of one or just below it, else any
     */
    public static Optional<String> in(String text) {
        List<String> lines =
                text.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        for (int at = 0; at < lines.size(); at++) {
            if (HINT.matcher(lines.get(at)).find()) {
                String below = at + 1 < lines.size() ? lines.get(at + 1) : "";
                Optional<String> code = first(lines.get(at)).or(() -> first(below));
                if (code.isPresent()) {
                    return code;
                }
            }
        }
        return lines.stream().flatMap(line -> first(line).stream()).findFirst();
    }

    private static Optional<String> first(String line) {
        Matcher match = CODE.matcher(line);
        return match.find() ? Optional.of(match.group()) : Optional.empty();
    }
}
