package skillrunner.oauth;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import skillrunner.application.signin.SignInDesk;
import tools.jackson.databind.node.ObjectNode;

/** What opencode and its plugin for Google keep of a sign-in: one account, in the place of those there were. */
final class AntigravityFiles {
    private static final String ACCOUNTS = ".config/opencode/antigravity-accounts.json";
    private static final int VERSION = 4;
    private static final long USUAL_SECONDS = 3600;

    private final Parts parts;

    AntigravityFiles(Parts parts) {
        this.parts = parts;
    }

    Runnable writing(GoogleTokens tokens, String refresh, Optional<String> address, SignInDesk desk) {
        // Behind the bar stands the project; the plugin finds one by itself where there is none.
        ObjectNode entry = Json.object()
                .put("type", "oauth")
                .put("refresh", refresh + "|")
                .put("access", tokens.access())
                .put("expires", parts.inSeconds(tokens.expiresIn().orElse(USUAL_SECONDS)));
        address.ifPresent(it -> entry.put("accountId", it));
        return () -> {
            parts.files()
                    .write(
                            new CredentialFiles.Rewrite(ACCOUNTS, present -> accounts(refresh, address)),
                            OpencodeAuthFile.entry("google", entry));
            desk.note("google_antigravity_single_account_written", true);
            desk.note("google_antigravity_single_account_result", result(address));
        };
    }

    private ObjectNode accounts(String refresh, Optional<String> address) {
        long now = parts.inSeconds(0);
        ObjectNode file = Json.object().put("version", VERSION);
        ObjectNode account = file.putArray("accounts")
                .addObject()
                .put("refreshToken", refresh)
                .put("addedAt", now)
                .put("lastUsed", now)
                .put("enabled", true);
        address.ifPresent(it -> account.put("email", it));
        file.put("activeIndex", 0);
        file.putObject("activeIndexByFamily").put("claude", 0).put("gemini", 0);
        return file;
    }

    private static Map<String, Object> result(Optional<String> address) {
        Map<String, Object> result = new LinkedHashMap<>();
        result.put("path", ACCOUNTS);
        result.put("version", VERSION);
        result.put("accounts_count", 1);
        result.put("active_index", 0);
        address.ifPresent(it -> result.put("email", Masked.address(it)));
        return result;
    }
}
