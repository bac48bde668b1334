package skillrunner.domain.engine;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Version of a CLI.
 *
 * @param text its text
 */
public record CliVersion(String text) {
    private static final Pattern NUMBERS = Pattern.compile("\\d+(\\.\\d+)+");

    /**
     * Reads what a CLI says.
     *
     * @param stdout stdout
     * @param stderr stderr
     * @return version
     */
    public static Optional<CliVersion> detect(String stdout, String stderr) {
        Matcher m = NUMBERS.matcher(stdout);
        if (m.find()) {
            return Optional.of(new CliVersion(m.group()));
        }
        Matcher n = NUMBERS.matcher(stderr);
        return n.find() ? Optional.of(new CliVersion(n.group())) : Optional.empty();
    }
}
