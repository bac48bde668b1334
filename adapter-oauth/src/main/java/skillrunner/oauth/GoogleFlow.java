package skillrunner.oauth;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** One sign-in with Google: its page, and the calls that follow on a code. */
final class GoogleFlow {
    /** What every client of Google's models asks for. */
    static final List<String> SCOPES = List.of(
            "https://www.googleapis.com/auth/cloud-platform",
            "https://www.googleapis.com/auth/userinfo.email",
            "https://www.googleapis.com/auth/userinfo.profile");

    private static final Logger LOG = LoggerFactory.getLogger(GoogleFlow.class);
    private static final Duration PATIENCE = Duration.ofSeconds(25);
    private static final Duration PATIENCE_FOR_NAMES = Duration.ofSeconds(20);

    private final Parts parts;
    private final OAuthClient client;
    private final HttpTrace trace;
    private final String redirect;
    private final Pkce pkce;

    GoogleFlow(Parts parts, OAuthClient client, HttpTrace trace, String redirect) {
        this.parts = parts;
        this.client = client;
        this.trace = trace;
        this.redirect = redirect;
        this.pkce = Pkce.next(parts.random());
    }

    /** Refuses if the operator has configured none: to borrow another product's client is for the operator to decide. */
    static OAuthClient configured(Optional<OAuthClient> client, String settings) {
        return client.filter(it -> !it.secret().isBlank())
                .orElseThrow(() -> new RefusedException(
                        ErrorCode.OAUTH_CLIENT_NOT_CONFIGURED,
                        "Google knows its clients by an id and a secret; set " + settings + "_CLIENT_ID and " + settings
                                + "_CLIENT_SECRET"));
    }

    Parameters page(StateToken state, List<String> scopes) {
        return new Parameters()
                .with("client_id", client.id())
                .with("redirect_uri", redirect)
                .with("response_type", "code")
                .with("access_type", "offline")
                .with("scope", String.join(" ", scopes))
                .with("code_challenge_method", Pkce.METHOD)
                .with("code_challenge", pkce.challenge())
                .with("state", state.value());
    }

    GoogleTokens tokens(String code) throws ProviderException {
        Parameters form = new Parameters()
                .with("code", code)
                .with("client_id", client.id())
                .with("client_secret", client.secret())
                .with("code_verifier", pkce.verifier())
                .with("redirect_uri", redirect)
                .with("grant_type", "authorization_code");
        return GoogleTokens.of(parts.provider()
                .postForm(
                        trace,
                        parts.settings().address(OAuthEndpoint.GOOGLE_TOKEN),
                        form,
                        Map.of(),
                        TokenEndpoint.Call.within(PATIENCE, code, client.secret(), pkce.verifier())));
    }

    /**
     * Asks what gemini asks before it works. Nobody is kept from signing in because it can't be told.
     *
     * @throws ProviderException if Google says that the account may not use gemini, now or in any other way
     */
    void requireEligible(GoogleTokens tokens) throws ProviderException {
        ObjectNode question = Json.object();
        question.putObject("metadata")
                .put("ideType", "IDE_UNSPECIFIED")
                .put("platform", "PLATFORM_UNSPECIFIED")
                .put("pluginType", "GEMINI");
        Optional<ObjectNode> answer;
        try {
            answer = parts.provider()
                    .postJson(
                            trace,
                            parts.settings().address(OAuthEndpoint.GEMINI_CODE_ASSIST),
                            question,
                            Map.of("Authorization", "Bearer " + tokens.access()),
                            TokenEndpoint.Call.within(PATIENCE_FOR_NAMES, tokens.access()))
                    .accepted();
        } catch (ProviderException e) {
            LOG.info("Google did not say whether the account may use gemini: {}", e.words());
            return;
        }
        if (answer.filter(GoogleFlow::refusesAccount).isPresent()) {
            throw ProviderException.ofAccount(
                    "ACCOUNT_NOT_ELIGIBLE: Google does not let this account use gemini; use a GEMINI_API_KEY instead");
        }
    }

    /** An account that has to be confirmed first can be; one that may have another tier may use gemini. */
    private static boolean refusesAccount(ObjectNode answer) {
        JsonNode refused = answer.path("ineligibleTiers");
        if (answer.hasNonNull("currentTier") || !answer.path("allowedTiers").isEmpty() || refused.isEmpty()) {
            return false;
        }
        for (JsonNode tier : refused) {
            if (Json.text(tier, "reasonCode")
                    .filter("VALIDATION_REQUIRED"::equals)
                    .isPresent()) {
                return false;
            }
        }
        return refused.isArray();
    }

    /** Whose tokens they are; nobody is kept from signing in because it can't be told. */
    Optional<String> address(GoogleTokens tokens, OAuthEndpoint userInfo) {
        URI from = parts.settings().address(userInfo);
        try {
            return Json.text(
                    parts.provider()
                            .get(
                                    trace,
                                    from,
                                    Map.of("Authorization", "Bearer " + tokens.access()),
                                    TokenEndpoint.Call.within(PATIENCE_FOR_NAMES, tokens.access())),
                    "email");
        } catch (ProviderException e) {
            LOG.info("Google did not say whose account it is: {}", e.words());
            return Optional.empty();
        }
    }
}
