package skillrunner.oauth;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import tools.jackson.databind.node.ObjectNode;

/**
 * What iFlow gives for a code.
 *
 * @param answer of the token endpoint; it has an access and a refresh token
 * @param user whose they are
 */
record IflowTokens(ObjectNode answer, ObjectNode user) {
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration PATIENCE_FOR_NAMES = Duration.ofSeconds(20);
    private static final int OK = 200;

    static IflowTokens of(String code, String redirect, Parts parts, HttpTrace trace) throws ProviderException {
        OAuthClient client = parts.settings().iflow();
        Parameters form = new Parameters()
                .with("grant_type", "authorization_code")
                .with("code", code)
                .with("redirect_uri", redirect)
                .with("client_id", client.id())
                .with("client_secret", client.secret());
        ObjectNode answer = parts.provider()
                .postForm(
                        trace,
                        parts.settings().address(OAuthEndpoint.IFLOW_TOKEN),
                        form,
                        Map.of("Authorization", basic(client), "User-Agent", "iFlow-Cli"),
                        TokenEndpoint.Call.within(PATIENCE, code, client.secret()));
        OpenAiTokens.required(answer, "refresh_token");
        String access = OpenAiTokens.required(answer, "access_token");
        ObjectNode told = parts.provider()
                .get(
                        trace,
                        new Parameters()
                                .with("accessToken", access)
                                .on(parts.settings().address(OAuthEndpoint.IFLOW_USER_INFO)),
                        Map.of(),
                        TokenEndpoint.Call.within(PATIENCE_FOR_NAMES, access));
        if (told.path("success").isBoolean()
                && told.path("success").booleanValue()
                && told.path("data") instanceof ObjectNode user) {
            return new IflowTokens(answer, user);
        }
        throw new ProviderException("the provider does not say whose account it is", OK);
    }

    @Override
    public String toString() {
        return "IflowTokens";
    }

    private static String basic(OAuthClient client) {
        String both = client.id() + ":" + client.secret();
        return "Basic " + Base64.getEncoder().encodeToString(both.getBytes(StandardCharsets.UTF_8));
    }
}
