package skillrunner.engines.gemini;

import java.util.regex.Pattern;
import skillrunner.domain.run.AuthPrompt;

/** Recognises that gemini wants its user to sign in. */
final class GeminiSignIn {
    private static final Pattern SIGN = Pattern.compile(
            "\\bUNAUTHENTICATED\\b|API_KEY_INVALID|API key not valid|Invalid auth method|Please set an Auth method"
                    + "|Manual authorization is required|FatalAuthenticationError|must specify the GEMINI_API_KEY",
            Pattern.CASE_INSENSITIVE);

    private GeminiSignIn() {}

    static boolean appearsIn(String text) {
        return SIGN.matcher(text).find() || AuthPrompt.appearsIn(text);
    }
}
