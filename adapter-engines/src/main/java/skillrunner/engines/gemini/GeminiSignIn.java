package skillrunner.engines.gemini;

import skillrunner.engines.output.SignInWords;

/** How gemini says that it wants its user to sign in. */
final class GeminiSignIn {
    static final SignInWords WORDS = new SignInWords(
            "gemini",
            "\\bUNAUTHENTICATED\\b|API_KEY_INVALID|API key not valid|Invalid auth method|Please set an Auth method"
                    + "|Manual authorization is required|FatalAuthenticationError|must specify the GEMINI_API_KEY");

    private GeminiSignIn() {}
}
