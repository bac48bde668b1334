package skillrunner.engines.codex;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import skillrunner.application.engine.SignInLife;
import skillrunner.engines.credentials.CredentialTimes;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/** Tells from codex's configuration where its sign-in can be. */
final class CodexSignIn {
    private static final String STORE = "cli_auth_credentials_store";

    /** With any of these another account, provider or address may be meant. */
    private static final Set<String> OTHER_WAYS =
            Set.of("chatgpt_base_url", "model_provider", "openai_base_url", "oss_provider", "profile");

    private CodexSignIn() {}

    /** Tells how long tokens last: the one it asks models with, or else the one that says who its user is. */
    static SignInLife life(JsonNode tokens) {
        return new SignInLife(
                JsonLine.text(tokens, "access_token")
                        .flatMap(CredentialTimes::ofToken)
                        .or(() -> JsonLine.text(tokens, "id_token").flatMap(CredentialTimes::ofToken)),
                CredentialTimes.holds(tokens, "refresh_token"));
    }

    /** Tells whether the file of credentials is the only way; a configuration that can't be read leaves it open. */
    static boolean isByFileOnly(String config) {
        try {
            Map<String, Object> settings = Toml.read(config);
            return "file".equals(settings.get(STORE)) && Collections.disjoint(settings.keySet(), OTHER_WAYS);
        } catch (IllegalArgumentException e) {
            return false;
        }
    }
}
