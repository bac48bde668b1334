package skillrunner.engines.output;

import java.util.regex.Pattern;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.SignInSign;

/** The words with which one CLI asks for a sign-in: those that many use, and its own. Immutable. */
public final class SignInWords {
    private final Pattern demands;
    private final Pattern words;

    /**
     * Makes the words of a CLI.
     *
     * @param program the program whose subcommand {@code login}, or {@code auth login}, signs in
     * @param demands what this CLI alone says and nobody by the way, as a regular expression; quick on any text
     */
    public SignInWords(String program, String demands) {
        this.demands = pattern(demands);
        this.words = pattern("\\brun\\s{1,3}[`'\"]?" + Pattern.quote(program) + "\\s{1,3}(?:auth\\s{1,3})?login\\b");
    }

    /**
     * Makes the words of a CLI that has none of its own.
     *
     * @param program the program whose subcommand {@code login}, or {@code auth login}, signs in
     */
    public SignInWords(String program) {
        this(program, "(?!)");
    }

    /**
     * Tells how surely a text speaks of a missing sign-in.
     *
     * @param text what the CLI wrote
     * @return the surest sign in it
     */
    public SignInSign in(String text) {
        if (demands.matcher(text).find()) {
            return SignInSign.DEMAND;
        }
        SignInSign sign = AuthPrompt.in(text);
        return sign == SignInSign.NONE && words.matcher(text).find() ? SignInSign.WORDS : sign;
    }

    /**
     * Tells whether a CLI that reports a failure means a missing sign-in; then all words are a demand.
     *
     * @param report its own words about its failure
     * @return {@link SignInSign#DEMAND} or {@link SignInSign#NONE}
     */
    public SignInSign inReport(String report) {
        return in(report).isThere() ? SignInSign.DEMAND : SignInSign.NONE;
    }

    private static Pattern pattern(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
