package skillrunner.oauth;

import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * What OpenAI gives for a code.
 *
 * @param id says whose they are
 * @param access opens the models
 * @param refresh gets new ones
 * @param expiresIn for how many seconds the access holds, if it was said
 */
record OpenAiTokens(String id, String access, String refresh, Optional<Long> expiresIn) {
    private static final String CLAIMS = "https://api.openai.com/auth";
    private static final String ACCOUNT = "chatgpt_account_id";
    private static final int DELETE = 0x7f;

    static OpenAiTokens of(ObjectNode answer) throws ProviderException {
        return new OpenAiTokens(
                required(answer, "id_token"),
                required(answer, "access_token"),
                required(answer, "refresh_token"),
                Json.number(answer, "expires_in"));
    }

    /** The account by which OpenAI knows the user. A label only, so the signature is not checked. */
    Optional<String> accountId() {
        return TokenClaims.of(id).flatMap(OpenAiTokens::accountId);
    }

    private static Optional<String> accountId(ObjectNode claims) {
        return Json.text(claims.path(CLAIMS), ACCOUNT)
                .or(() -> Json.text(claims, ACCOUNT))
                .or(() -> {
                    JsonNode first = claims.path("organizations").path(0);
                    return Json.text(first, "id");
                });
    }

    /** A token goes into headers, where anything but visible letters is a fault that a log would repeat. */
    static String required(ObjectNode answer, String name) throws ProviderException {
        return Json.text(answer, name)
                .filter(OpenAiTokens::isVisible)
                .orElseThrow(() -> new ProviderException("the provider's answer has no " + name, 200));
    }

    static boolean isVisible(String text) {
        return text.chars().allMatch(each -> each > ' ' && each < DELETE);
    }

    @Override
    public String toString() {
        return "OpenAiTokens";
    }
}
