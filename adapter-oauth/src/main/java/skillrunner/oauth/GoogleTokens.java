package skillrunner.oauth;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What Google gives for a code.
 *
 * @param access opens the models
 * @param refresh gets new ones, if there is one
 * @param scope what they are good for, if it was said
 * @param id says whose they are, if there is one
 * @param type how the access is used
 * @param expiresIn for how many seconds the access holds, if it was said
 */
record GoogleTokens(
        String access,
        Optional<String> refresh,
        Optional<String> scope,
        Optional<String> id,
        String type,
        Optional<Long> expiresIn) {
    static GoogleTokens of(ObjectNode answer) throws ProviderException {
        return new GoogleTokens(
                OpenAiTokens.required(answer, "access_token"),
                Json.text(answer, "refresh_token"),
                Json.text(answer, "scope"),
                Json.text(answer, "id_token"),
                Json.text(answer, "token_type").orElse("Bearer"),
                Json.number(answer, "expires_in"));
    }

    @Override
    public String toString() {
        return "GoogleTokens";
    }
}
