package skillrunner.oauth;

import java.net.URI;

/** The addresses of providers that a sign-in uses. Each can be replaced, so that a test or a gateway stands in for the provider. */
public enum OAuthEndpoint {
    /** The page on which a user of OpenAI agrees. */
    OPENAI_AUTHORIZE("https://auth.openai.com/oauth/authorize"),
    /** Gives OpenAI's tokens for a code. */
    OPENAI_TOKEN("https://auth.openai.com/oauth/token"),
    /** Gives OpenAI's codes for devices. */
    OPENAI_DEVICE_CODE("https://auth.openai.com/api/accounts/deviceauth/usercode"),
    /** Tells whether a user of OpenAI has typed the code of a device. */
    OPENAI_DEVICE_POLL("https://auth.openai.com/api/accounts/deviceauth/token"),
    /** The page on which a user of OpenAI types the code of a device. */
    OPENAI_DEVICE_PAGE("https://auth.openai.com/codex/device"),
    /** Where OpenAI's device flow pretends to send the browser; named in the exchange, never called. */
    OPENAI_DEVICE_REDIRECT("https://auth.openai.com/deviceauth/callback"),
    /** The page on which a user of Google agrees. */
    GOOGLE_AUTHORIZE("https://accounts.google.com/o/oauth2/v2/auth"),
    /** Gives Google's tokens for a code. */
    GOOGLE_TOKEN("https://oauth2.googleapis.com/token"),
    /** Tells gemini whose token it has. */
    GEMINI_USER_INFO("https://www.googleapis.com/oauth2/v2/userinfo"),
    /** Tells whether an account may use gemini. */
    GEMINI_CODE_ASSIST("https://cloudcode-pa.googleapis.com/v1internal:loadCodeAssist"),
    /** The page that shows gemini's code where no listener can be reached. */
    GEMINI_CODE_PAGE("https://codeassist.google.com/authcode"),
    /** Tells opencode's plugin for Google whose token it has. */
    ANTIGRAVITY_USER_INFO("https://www.googleapis.com/oauth2/v1/userinfo?alt=json"),
    /** The page on which a user of iFlow agrees. */
    IFLOW_AUTHORIZE("https://iflow.cn/oauth"),
    /** Gives iFlow's tokens for a code. */
    IFLOW_TOKEN("https://iflow.cn/oauth/token"),
    /** Tells whose token it is, and the key of that user. */
    IFLOW_USER_INFO("https://iflow.cn/api/oauth/getUserInfo"),
    /** The page that shows iFlow's code where no listener can be reached. */
    IFLOW_CODE_PAGE("https://iflow.cn/oauth/code-display");

    private final URI usual;

    OAuthEndpoint(String usual) {
        this.usual = URI.create(usual);
    }

    /**
     * Returns the provider's own address.
     *
     * @return an absolute address
     */
    public URI usual() {
        return usual;
    }

    /**
     * Returns the name of the setting that replaces the address.
     *
     * @return for example {@code SKILL_RUNNER_AUTH_OPENAI_TOKEN_URL}
     */
    public String setting() {
        return "SKILL_RUNNER_AUTH_" + name() + "_URL";
    }
}
