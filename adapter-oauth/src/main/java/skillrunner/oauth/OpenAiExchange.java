package skillrunner.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Gets tokens of OpenAI. Its client is public: the CLIs have no secret either. */
final class OpenAiExchange {
    /** Of the CLIs of codex and opencode. */
    static final String CLIENT = "app_EMoamEEZ73f0CkXaXp7hrann";

    private static final Logger LOG = LoggerFactory.getLogger(OpenAiExchange.class);
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String TOKEN_EXCHANGE = "urn:ietf:params:oauth:grant-type:token-exchange";
    private static final String ID_TOKEN = "urn:ietf:params:oauth:token-type:id_token";

    private final TokenEndpoint provider;
    private final URI address;
    private final HttpTrace trace;

    OpenAiExchange(TokenEndpoint provider, URI address, HttpTrace trace) {
        this.provider = provider;
        this.address = address;
        this.trace = trace;
    }

    OpenAiTokens tokens(String code, String redirect, Pkce pkce) throws ProviderException {
        Parameters form = new Parameters()
                .with("grant_type", "authorization_code")
                .with("code", code)
                .with("redirect_uri", redirect)
                .with("client_id", CLIENT)
                .with("code_verifier", pkce.verifier());
        return OpenAiTokens.of(provider.postForm(
                trace, address, form, Map.of(), TokenEndpoint.Call.within(PATIENCE, code, pkce.verifier())));
    }

    /** A key that does without the tokens; not every account can have one. */
    Optional<String> apiKey(OpenAiTokens tokens) {
        Parameters form = new Parameters()
                .with("grant_type", TOKEN_EXCHANGE)
                .with("client_id", CLIENT)
                .with("requested_token", "openai-api-key")
                .with("subject_token", tokens.id())
                .with("subject_token_type", ID_TOKEN);
        try {
            return Json.text(
                    provider.postForm(trace, address, form, Map.of(), TokenEndpoint.Call.within(PATIENCE, tokens.id())),
                    "access_token");
        } catch (ProviderException e) {
            LOG.info("OpenAI gave no API key: {}", e.words());
            return Optional.empty();
        }
    }
}
