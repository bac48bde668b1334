package skillrunner.oauth;

import java.time.Instant;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.node.ObjectNode;

/**
 * gemini's tokens, if they were given to the client that the operator configured: Google renews for nobody else, and a sign-in by gemini's own
 * program is its own affair.
 */
final class GeminiRenewable implements Renewable {
    private static final String REFRESH = "refresh_token";
    private static final String ID = "id_token";
    private static final String END = "expiry_date";
    private static final long USUAL_SECONDS = 3600;

    private final OAuthClient client;

    GeminiRenewable(OAuthClient client) {
        this.client = client;
    }

    @Override
    public EngineId engine() {
        return EngineId.GEMINI;
    }

    @Override
    public String path() {
        return ".gemini/oauth_creds.json";
    }

    @Override
    public Optional<HeldToken> held(ObjectNode file) {
        return Json.text(file, ID)
                .filter(id -> TokenClaims.names(id, client.id()))
                .flatMap(id -> Json.text(file, REFRESH))
                .map(refresh -> new HeldToken(refresh, Json.moment(file, END)));
    }

    @Override
    public OAuthEndpoint endpoint() {
        return OAuthEndpoint.GOOGLE_TOKEN;
    }

    @Override
    public OAuthClient client() {
        return client;
    }

    @Override
    public void put(ObjectNode file, RenewedTokens renewed, Instant now) {
        file.put("access_token", renewed.access());
        renewed.refresh().ifPresent(it -> file.put(REFRESH, it));
        renewed.id().ifPresent(it -> file.put(ID, it));
        renewed.scope().ifPresent(it -> file.put("scope", it));
        file.put(END, now.plusSeconds(renewed.expiresIn().orElse(USUAL_SECONDS)).toEpochMilli());
    }
}
