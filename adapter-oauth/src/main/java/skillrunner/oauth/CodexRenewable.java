package skillrunner.oauth;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.node.ObjectNode;

/**
 * codex's tokens. A key that stands beside them is used in their place, so then they are left alone. Of an access that does not tell its end
 * codex itself thinks that it is eight days after it was given.
 */
final class CodexRenewable implements Renewable {
    private static final String TOKENS = "tokens";
    private static final String ACCESS = "access_token";
    private static final String REFRESH = "refresh_token";
    private static final String ID = "id_token";
    private static final String GIVEN = "last_refresh";
    private static final Duration LIFE = Duration.ofDays(8);
    private static final OAuthClient CLIENT = new OAuthClient(OpenAiExchange.CLIENT, "");

    @Override
    public EngineId engine() {
        return EngineId.CODEX;
    }

    @Override
    public String path() {
        return ".codex/auth.json";
    }

    @Override
    public Optional<HeldToken> held(ObjectNode file) {
        if (!usesTokens(file) || !(file.path(TOKENS) instanceof ObjectNode tokens)) {
            return Optional.empty();
        }
        String id = Json.text(tokens, ID).orElse("");
        if (TokenClaims.of(id).filter(claims -> claims.has("aud")).isPresent() && !TokenClaims.names(id, CLIENT.id())) {
            return Optional.empty();
        }
        return Json.text(tokens, REFRESH)
                .map(refresh -> new HeldToken(
                        refresh,
                        Json.text(tokens, ACCESS).flatMap(TokenClaims::end).or(() -> Json.text(file, GIVEN)
                                .flatMap(CodexRenewable::time)
                                .map(it -> it.plus(LIFE)))));
    }

    private static Optional<Instant> time(String text) {
        try {
            return Optional.of(Instant.parse(text));
        } catch (DateTimeParseException e) {
            return Optional.empty();
        }
    }

    private static boolean usesTokens(ObjectNode file) {
        return Json.text(file, "auth_mode").map("chatgpt"::equals).orElseGet(() -> Json.text(file, "OPENAI_API_KEY")
                .isEmpty());
    }

    @Override
    public OAuthEndpoint endpoint() {
        return OAuthEndpoint.OPENAI_TOKEN;
    }

    @Override
    public OAuthClient client() {
        return CLIENT;
    }

    @Override
    public void put(ObjectNode file, RenewedTokens renewed, Instant now) {
        if (file.path(TOKENS) instanceof ObjectNode tokens) {
            tokens.put(ACCESS, renewed.access());
            renewed.refresh().ifPresent(it -> tokens.put(REFRESH, it));
            renewed.id().ifPresent(it -> tokens.put(ID, it));
            file.put(GIVEN, now.truncatedTo(ChronoUnit.SECONDS).toString());
        }
    }
}
