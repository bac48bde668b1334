package skillrunner.oauth;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What iflow keeps of a sign-in. */
final class IflowFiles {
    private static final long USUAL_SECONDS = 3600;
    private static final String MODELS = "https://apis.iflow.cn/v1";
    private static final String BASE = "baseUrl";

    private final Parts parts;

    IflowFiles(Parts parts) {
        this.parts = parts;
    }

    Runnable writing(IflowTokens tokens) {
        ObjectNode credentials = credentials(tokens);
        String key = text(tokens.user(), "apiKey");
        return () -> parts.files()
                .write(
                        new CredentialFiles.Rewrite(".iflow/settings.json", IflowFiles::choosingOAuth),
                        new CredentialFiles.Rewrite(".iflow/iflow_accounts.json", present -> account(key)),
                        new CredentialFiles.Rewrite(".iflow/oauth_creds.json", present -> credentials));
    }

    private ObjectNode credentials(IflowTokens tokens) {
        long seconds = Json.number(tokens.answer(), "expires_in").orElse(USUAL_SECONDS);
        ObjectNode kept = Json.object()
                .put("access_token", text(tokens.answer(), "access_token"))
                .put("refresh_token", text(tokens.answer(), "refresh_token"))
                .put("expiry_date", parts.inSeconds(seconds))
                .put("token_type", text(tokens.answer(), "token_type"))
                .put("scope", text(tokens.answer(), "scope"));
        for (String name : new String[] {"apiKey", "userId", "userName", "avatar", "email", "phone"}) {
            kept.put(name, text(tokens.user(), name));
        }
        return kept;
    }

    private static ObjectNode account(String key) {
        ObjectNode account = Json.object();
        account.putNull("active");
        account.putArray("old");
        return account.put("iflowApiKey", key);
    }

    /** An address that somebody chose stays. */
    private static ObjectNode choosingOAuth(ObjectNode settings) {
        settings.put("selectedAuthType", "oauth-iflow");
        Optional<String> chosen =
                Json.text(settings, BASE).filter(it -> it.startsWith("http://") || it.startsWith("https://"));
        if (chosen.isEmpty()) {
            settings.put(BASE, MODELS);
        }
        return settings;
    }

    /** The CLI wants texts, and has them empty where there is nothing; ids may come as numbers. */
    private static String text(ObjectNode object, String name) {
        JsonNode value = object.path(name);
        return value.isValueNode() && !value.isNull() ? value.asString("") : "";
    }
}
