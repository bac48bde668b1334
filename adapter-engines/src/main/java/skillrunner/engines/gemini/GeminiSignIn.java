package skillrunner.engines.gemini;

import java.util.regex.Pattern;
import skillrunner.domain.run.AuthPrompt;
import skillrunner.domain.run.SignInSign;

/** Recognises that gemini wants its user to sign in. */
final class GeminiSignIn {
    private static final Pattern SIGN = Pattern.compile(
            "\\bUNAUTHENTICATED\\b|API_KEY_INVALID|API key not valid|Invalid auth method|Please set an Auth method"
                    + "|Manual authorization is required|FatalAuthenticationError|must specify the GEMINI_API_KEY",
            Pattern.CASE_INSENSITIVE);

    private GeminiSignIn() {}

    /** {@link AuthPrompt#in}, with what only this CLI says. */
    static SignInSign in(String text) {
        return SIGN.matcher(text).find() ? SignInSign.DEMAND : AuthPrompt.in(text);
    }

    /** {@link AuthPrompt#inReport}, with what only this CLI says. */
    static SignInSign inReport(String text) {
        return in(text).isThere() ? SignInSign.DEMAND : SignInSign.NONE;
    }
}
