package skillrunner.oauth;

import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import tools.jackson.databind.node.ObjectNode;

/** Calls of OpenAI's flow for devices. */
final class OpenAiDevice {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final long USUAL_INTERVAL = 5;
    private static final long SHORTEST_INTERVAL = 1;
    private static final long LONGEST_INTERVAL = 300;

    private final Parts parts;
    private final HttpTrace trace;
    private final OpenAiEngine engine;

    OpenAiDevice(Parts parts, HttpTrace trace, OpenAiEngine engine) {
        this.parts = parts;
        this.trace = trace;
        this.engine = engine;
    }

    /**
     * A code for the user and how to ask what became of it.
     *
     * @param id names it to OpenAI; secret, for it gets the tokens
     * @param userCode what the user types
     * @param interval how long to wait between two questions
     */
    record Code(String id, String userCode, Duration interval) {
        @Override
        public String toString() {
            return "Code[" + interval + "]";
        }
    }

    /** Refuses with {@link ErrorCode#PROVIDER_REFUSED} if there is none to have. */
    Code code() {
        TokenEndpoint.Call call = TokenEndpoint.Call.within(PATIENCE);
        try {
            ObjectNode answer = TokenEndpoint.accepted(
                    parts.provider()
                            .postJson(
                                    trace,
                                    parts.settings().address(OAuthEndpoint.OPENAI_DEVICE_CODE),
                                    Json.object().put("client_id", OpenAiExchange.CLIENT),
                                    headers(),
                                    call),
                    call);
            Optional<String> userCode = Json.text(answer, "user_code").or(() -> Json.text(answer, "usercode"));
            return new Code(
                    OpenAiTokens.required(answer, "device_auth_id"),
                    userCode.orElseThrow(() -> new ProviderException("the provider's answer has no user_code", 200)),
                    interval(Json.number(answer, "interval")));
        } catch (ProviderException e) {
            throw new RefusedException(
                    ErrorCode.PROVIDER_REFUSED,
                    "OpenAI gave no code for a device: " + e.words() + "; sign in by another method");
        }
    }

    TokenEndpoint.ProviderAnswer poll(Code code) throws ProviderException {
        return parts.provider()
                .postJson(
                        trace,
                        parts.settings().address(OAuthEndpoint.OPENAI_DEVICE_POLL),
                        Json.object().put("device_auth_id", code.id()).put("user_code", code.userCode()),
                        headers(),
                        TokenEndpoint.Call.within(PATIENCE, code.id()));
    }

    /** Returns what writes the credentials. */
    Runnable redeem(ObjectNode agreed) throws ProviderException {
        OpenAiExchange exchange =
                new OpenAiExchange(parts.provider(), parts.settings().address(OAuthEndpoint.OPENAI_TOKEN), trace);
        OpenAiTokens tokens = exchange.tokens(
                OpenAiTokens.required(agreed, "authorization_code"),
                parts.settings().address(OAuthEndpoint.OPENAI_DEVICE_REDIRECT).toString(),
                new Pkce(OpenAiTokens.required(agreed, "code_verifier")));
        return engine.credentials(tokens, exchange, parts);
    }

    private Map<String, String> headers() {
        return Map.of("User-Agent", engine.userAgent());
    }

    private static Duration interval(Optional<Long> given) {
        long seconds = given.orElse(USUAL_INTERVAL);
        return Duration.ofSeconds(Math.min(Math.max(seconds, SHORTEST_INTERVAL), LONGEST_INTERVAL));
    }
}
