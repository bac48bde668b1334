package skillrunner.domain.engine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The line with which a CLI says its version when it is asked for it.
 *
 * @param line the line, without colours and without blanks around it
 * @param version the version in it: numbers joined by dots
 * @param evident whether the line names the CLI or is nothing but a version; else the numbers in it may be anything, such as
 *     an address or a time
 */
public record VersionStatement(String line, CliVersion version, boolean evident) {
    /** Longer lines state nothing, in characters. */
    private static final int MAX_STATEMENT = 300;

    private static final String NUMBERS = "([0-9]+(?:\\.[0-9]+)+)";
    private static final String SUFFIX = "(?:[-+][0-9A-Za-z.+-]*)?";
    private static final Pattern BARE = Pattern.compile("v?" + NUMBERS + SUFFIX);

    /** What a line is worth, best first. */
    private enum Worth {
        /** The CLI's name and a version, and nothing else but a remark in parentheses. */
        NAMED,
        /** Nothing but a version. */
        BARE,
        /** Numbers somewhere in a line that names the CLI, as a notice of an update does. */
        MENTIONING,
        /** Numbers somewhere. */
        OTHER
    }

    private record Candidate(Worth worth, VersionStatement statement) {}

    /** Refuses null parts. */
    public VersionStatement {
        Objects.requireNonNull(line);
        Objects.requireNonNull(version);
    }

    /**
     * Finds the line. One that names the CLI beside a version, or is nothing but a version, wins over numbers in banners
     * and notices; among equals stdout wins over stderr, and what comes first.
     *
     * @param stdout what the CLI wrote
     * @param stderr what it wrote beside that
     * @param names what the CLI may call itself, in any case
     * @return the line, or empty if no line holds numbers that can be a version
     */
    public static Optional<VersionStatement> in(String stdout, String stderr, Collection<String> names) {
        List<Named> patterns = names.stream().map(Named::new).toList();
        List<Candidate> candidates = new ArrayList<>();
        for (String stream : List.of(stdout, stderr)) {
            stream.lines().forEach(raw -> candidate(TerminalColours.without(raw).strip(), patterns)
                    .ifPresent(candidates::add));
        }
        return candidates.stream()
                .min((left, right) -> left.worth().compareTo(right.worth()))
                .map(Candidate::statement);
    }

    private static Optional<Candidate> candidate(String line, List<Named> names) {
        if (line.length() <= MAX_STATEMENT) {
            for (Named name : names) {
                Optional<String> stated = name.stated(line);
                if (stated.isPresent()) {
                    return candidate(Worth.NAMED, line, stated);
                }
            }
            Matcher bare = BARE.matcher(line);
            if (bare.matches()) {
                return candidate(Worth.BARE, line, Optional.of(bare.group(1)));
            }
            for (Named name : names) {
                Optional<String> mentioned = name.mentioned(line);
                if (mentioned.isPresent()) {
                    return candidate(Worth.MENTIONING, line, mentioned);
                }
            }
        }
        return candidate(Worth.OTHER, line, CliVersion.firstNumbers(line));
    }

    private static Optional<Candidate> candidate(Worth worth, String line, Optional<String> numbers) {
        return numbers.flatMap(CliVersion::parse)
                .map(version -> new Candidate(worth, new VersionStatement(line, version, worth != Worth.OTHER)));
    }

    /** How a line looks that names one CLI. */
    private static final class Named {
        private final Pattern before;
        private final Pattern after;
        private final Pattern mention;

        Named(String name) {
            String quoted = Pattern.quote(name.toLowerCase(Locale.ROOT));
            this.before = Pattern.compile(
                    "(?:@?[a-z0-9._-]{1,80}/)?" + quoted
                            + "(?:[- ](?:cli|code|ai)){0,2}[\\s:,@/=]{1,8}(?:version[\\s:=]{1,8})?v?" + NUMBERS
                            + SUFFIX + "(?:\\s{0,8}\\(.*\\))?",
                    Pattern.CASE_INSENSITIVE);
            this.after = Pattern.compile(
                    "v?" + NUMBERS + SUFFIX + "\\s{0,8}\\([^()]*\\b" + quoted + "\\b[^()]*\\)",
                    Pattern.CASE_INSENSITIVE);
            this.mention = Pattern.compile("(?<![A-Za-z0-9_])" + quoted + "(?![A-Za-z0-9_])", Pattern.CASE_INSENSITIVE);
        }

        Optional<String> stated(String line) {
            for (Pattern pattern : List.of(before, after)) {
                Matcher found = pattern.matcher(line);
                if (found.matches()) {
                    return Optional.of(found.group(1));
                }
            }
            return Optional.empty();
        }

        /** The numbers after the name are its own sooner than those before it. */
        Optional<String> mentioned(String line) {
            Matcher found = mention.matcher(line);
            return found.find()
                    ? CliVersion.firstNumbers(line.substring(found.end())).or(() -> CliVersion.firstNumbers(line))
                    : Optional.empty();
        }
    }
}
