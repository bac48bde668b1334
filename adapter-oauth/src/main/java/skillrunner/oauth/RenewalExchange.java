package skillrunner.oauth;

import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.signin.RenewalPolicy;
import skillrunner.domain.signin.RenewalSetback;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Sends a token to its provider and reads what comes back. Safe for concurrent use. */
final class RenewalExchange {
    /** Nobody waits for it, but it keeps others from trying. */
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private static final int OK = 200;

    private final TokenEndpoint provider;
    private final OAuthSettings settings;
    private final HttpTrace trace;

    RenewalExchange(TokenEndpoint provider, OAuthSettings settings, Clock clock) {
        this.provider = provider;
        this.settings = settings;
        this.trace = HttpTrace.ofNoSession(clock);
    }

    /** What came of it. */
    sealed interface Outcome {
        /** New tokens, which nobody has but us. */
        record Renewed(RenewedTokens tokens) implements Outcome {}

        /** The token has ended; somebody has to sign in. */
        record Ended(String words) implements Outcome {}

        /** Something went wrong. */
        record Failed(RenewalSetback setback, String words) implements Outcome {}
    }

    Outcome send(Renewable renewable, HeldToken token) {
        OAuthClient client = renewable.client();
        Parameters form = new Parameters()
                .with("grant_type", "refresh_token")
                .with("refresh_token", token.refresh())
                .with("client_id", client.id());
        if (!client.secret().isBlank()) {
            form = form.with("client_secret", client.secret());
        }
        List<String> secrets = List.of(token.refresh(), client.secret());
        try {
            TokenEndpoint.ProviderAnswer answer = provider.askForm(
                    trace,
                    settings.address(renewable.endpoint()),
                    form,
                    Map.of(),
                    new TokenEndpoint.Call(PATIENCE, secrets));
            if (!answer.agrees()) {
                return refusal(answer, secrets);
            }
            return new Outcome.Renewed(RenewedTokens.of(
                    answer.body().orElseThrow(() -> new ProviderException("the provider's answer can't be read", OK))));
        } catch (ProviderException e) {
            return new Outcome.Failed(e.sent() ? RenewalSetback.UNKNOWN : RenewalSetback.NOT_SENT, e.words());
        }
    }

    private static Outcome refusal(TokenEndpoint.ProviderAnswer answer, List<String> secrets) {
        String words = ProviderFault.inWords(answer.status(), answer.body(), secrets);
        return RenewalPolicy.setback(answer.status(), answer.body().flatMap(RenewalExchange::code))
                .<Outcome>map(setback -> new Outcome.Failed(setback, words))
                .orElseGet(() -> new Outcome.Ended(words));
    }

    /** OAuth has a word there; OpenAI may have an object with one. */
    private static Optional<String> code(ObjectNode body) {
        JsonNode error = body.path("error");
        return Json.text(error, "code").or(() -> Json.text(body, "error")).or(() -> Json.text(body, "code"));
    }
}
