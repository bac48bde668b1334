package skillrunner.domain.run;

import java.util.List;
import java.util.regex.Pattern;

/** Recognises an engine that wants its user to sign in. */
public final class AuthPrompt {
    private static final List<Pattern> SIGNS = List.of(
            sign("enter\\s+(?:the\\s+)?authorization\\s+code"),
            sign("visit\\s+this\\s+url"),
            sign("401\\s+unauthorized"),
            sign("missing\\s+bearer"),
            sign("server_oauth2_required"),
            sign("需要使用服务器\\s*oauth2\\s*流程"));

    private AuthPrompt() {}

    /**
     * Tells whether a text speaks of a missing sign-in.
     *
     * @param output what the engine wrote
     * @return true if any known sign is in it
     */
    public static boolean appearsIn(String output) {
        return SIGNS.stream().anyMatch(sign -> sign.matcher(output).find());
    }

    private static Pattern sign(String regex) {
        return Pattern.compile(regex, Pattern.CASE_INSENSITIVE | Pattern.UNICODE_CASE);
    }
}
