package skillrunner.oauth;

import java.time.Instant;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import tools.jackson.databind.node.ObjectNode;

/** opencode's entry for OpenAI. That for Google belongs to a plugin, which has accounts of its own and renews each by itself. */
final class OpencodeRenewable implements Renewable {
    private static final String PROVIDER = "openai";
    private static final String ACCESS = "access";
    private static final String REFRESH = "refresh";
    private static final String END = "expires";
    private static final long USUAL_SECONDS = 3600;
    private static final OAuthClient CLIENT = new OAuthClient(OpenAiExchange.CLIENT, "");

    @Override
    public EngineId engine() {
        return EngineId.OPENCODE;
    }

    @Override
    public String path() {
        return OpencodeAuthFile.PATH;
    }

    @Override
    public Optional<HeldToken> held(ObjectNode file) {
        if (!(file.path(PROVIDER) instanceof ObjectNode entry)
                || Json.text(entry, "type").filter("oauth"::equals).isEmpty()) {
            return Optional.empty();
        }
        return Json.text(entry, REFRESH).map(refresh -> new HeldToken(refresh, Json.moment(entry, END)));
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
        if (file.path(PROVIDER) instanceof ObjectNode entry) {
            entry.put(ACCESS, renewed.access());
            renewed.refresh().ifPresent(it -> entry.put(REFRESH, it));
            entry.put(
                    END,
                    now.plusSeconds(renewed.expiresIn().orElse(USUAL_SECONDS)).toEpochMilli());
        }
    }
}
