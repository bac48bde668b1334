package skillrunner.oauth;

import java.time.temporal.ChronoUnit;
import java.util.Optional;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.signin.SignInMethod;
import skillrunner.domain.signin.SignInProvider;
import skillrunner.domain.signin.SignInTransport;
import skillrunner.domain.signin.SignInWay;
import tools.jackson.databind.node.ObjectNode;

/** The engines that OpenAI signs in, and what each of them keeps. */
enum OpenAiEngine {
    /** Keeps the tokens and a key in a file of its own. */
    CODEX("codex_cli_rs", "codex-cli-rs/skill-runner") {
        @Override
        Runnable credentials(OpenAiTokens tokens, OpenAiExchange exchange, Parts parts) {
            Optional<String> key = exchange.apiKey(tokens);
            ObjectNode kept = Json.object();
            kept.put("OPENAI_API_KEY", key.orElse(null));
            ObjectNode held = kept.putObject("tokens")
                    .put("id_token", tokens.id())
                    .put("access_token", tokens.access())
                    .put("refresh_token", tokens.refresh());
            held.put("account_id", tokens.accountId().orElse(null));
            kept.put(
                    "last_refresh",
                    parts.clock().instant().truncatedTo(ChronoUnit.SECONDS).toString());
            return () -> parts.files().write(new CredentialFiles.Rewrite(".codex/auth.json", present -> kept));
        }

        @Override
        SignInWay way(SignInMethod method) {
            return SignInWay.of(SignInTransport.OAUTH_PROXY, EngineId.CODEX, method);
        }
    },
    /** Keeps the tokens beside those of other providers. */
    OPENCODE("opencode", "opencode/skill-runner") {
        @Override
        Runnable credentials(OpenAiTokens tokens, OpenAiExchange exchange, Parts parts) {
            ObjectNode entry = Json.object()
                    .put("type", "oauth")
                    .put("refresh", tokens.refresh())
                    .put("access", tokens.access())
                    .put("expires", parts.inSeconds(tokens.expiresIn().orElse(USUAL_SECONDS)));
            tokens.accountId().ifPresent(id -> entry.put("accountId", id));
            return () -> parts.files().write(OpencodeAuthFile.entry("openai", entry));
        }

        @Override
        SignInWay way(SignInMethod method) {
            SignInProvider openai = OpencodeProvider.named("openai").provider();
            return new SignInWay(SignInTransport.OAUTH_PROXY, EngineId.OPENCODE, method, Optional.of(openai));
        }
    };

    private static final long USUAL_SECONDS = 3600;

    private final String originator;
    private final String userAgent;

    OpenAiEngine(String originator, String userAgent) {
        this.originator = originator;
        this.userAgent = userAgent;
    }

    static OpenAiEngine of(SignInWay way) {
        return way.engine().equals(EngineId.CODEX) ? CODEX : OPENCODE;
    }

    String originator() {
        return originator;
    }

    String userAgent() {
        return userAgent;
    }

    abstract SignInWay way(SignInMethod method);

    /** Returns what writes the credentials; may ask OpenAI for more before it returns. */
    abstract Runnable credentials(OpenAiTokens tokens, OpenAiExchange exchange, Parts parts);
}
