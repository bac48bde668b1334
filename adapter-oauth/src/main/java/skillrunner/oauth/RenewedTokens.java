package skillrunner.oauth;

import java.util.Optional;
import tools.jackson.databind.node.ObjectNode;

/**
 * What a provider gives for a token that renews.
 *
 * @param access opens the models
 * @param refresh renews the next time, if the one that was sent does not do so again
 * @param id says whose they are, if it was sent
 * @param scope what they are good for, if it was said
 * @param expiresIn for how many seconds the access holds, if it was said
 */
record RenewedTokens(
        String access,
        Optional<String> refresh,
        Optional<String> id,
        Optional<String> scope,
        Optional<Long> expiresIn) {
    static RenewedTokens of(ObjectNode answer) throws ProviderException {
        return new RenewedTokens(
                OpenAiTokens.required(answer, "access_token"),
                answer.hasNonNull("refresh_token")
                        ? Optional.of(OpenAiTokens.required(answer, "refresh_token"))
                        : Optional.empty(),
                Json.text(answer, "id_token").filter(OpenAiTokens::isVisible),
                Json.text(answer, "scope"),
                Json.number(answer, "expires_in"));
    }

    @Override
    public String toString() {
        return "RenewedTokens";
    }
}
