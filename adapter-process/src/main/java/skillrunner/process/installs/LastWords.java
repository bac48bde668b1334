package skillrunner.process.installs;

import java.util.List;
import java.util.regex.Pattern;
import skillrunner.domain.engine.TerminalColours;
import skillrunner.process.command.BoundedCommand;

/** What a program said before it ended, in one line for people. */
final class LastWords {
    private static final int MAX_LENGTH = 300;
    private static final Pattern REASON = Pattern.compile(
            "\\b(?:\\w*error|fatal|panic|failed|cannot|can't|not found|no such|denied|unsupported|requires)\\b",
            Pattern.CASE_INSENSITIVE);

    private LastWords() {}

    /** Picks the line that gives a reason, else the last one, of stderr sooner than of stdout. */
    static String of(BoundedCommand.Outcome outcome) {
        return switch (outcome.end()) {
            case NOT_STARTED -> "it can't be started";
            case TIMED_OUT -> "it took too long and was ended";
            case WROTE_TOO_MUCH -> "it wrote without end and was ended";
            case EXITED -> said(outcome);
        };
    }

    private static String said(BoundedCommand.Outcome outcome) {
        List<String> lines = lines(outcome.stderr().isBlank() ? outcome.stdout() : outcome.stderr());
        String end = outcome.code() == 0 ? "it named no version" : "it ended with code " + outcome.code();
        if (lines.isEmpty()) {
            return end;
        }
        String line = lines.stream()
                .filter(text -> REASON.matcher(text).find())
                .findFirst()
                .orElse(lines.get(lines.size() - 1));
        return end + ", saying \"" + (line.length() > MAX_LENGTH ? line.substring(0, MAX_LENGTH) + "…" : line) + "\"";
    }

    private static List<String> lines(String text) {
        return text.lines()
                .map(line -> TerminalColours.without(line)
                        .replaceAll("\\p{Cntrl}+", " ")
                        .strip())
                .filter(line -> !line.isEmpty())
                .toList();
    }
}
