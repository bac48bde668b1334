package skillrunner.oauth;

import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/** What gemini keeps of a sign-in. */
final class GeminiFiles {
    private final Parts parts;

    GeminiFiles(Parts parts) {
        this.parts = parts;
    }

    Runnable writing(GoogleTokens tokens, Optional<String> address) {
        ObjectNode credentials =
                Json.object().put("access_token", tokens.access()).put("token_type", tokens.type());
        tokens.refresh().ifPresent(it -> credentials.put("refresh_token", it));
        tokens.scope().ifPresent(it -> credentials.put("scope", it));
        tokens.id().ifPresent(it -> credentials.put("id_token", it));
        tokens.expiresIn().ifPresent(it -> credentials.put("expiry_date", parts.inSeconds(it)));
        return () -> parts.files()
                .write(
                        new CredentialFiles.Rewrite(".gemini/settings.json", GeminiFiles::choosingGoogle),
                        new CredentialFiles.Rewrite(
                                ".gemini/google_accounts.json", present -> activated(present, address)),
                        new CredentialFiles.Rewrite(".gemini/oauth_creds.json", present -> credentials));
    }

    private static ObjectNode choosingGoogle(ObjectNode settings) {
        ObjectNode security = child(settings, "security");
        child(security, "auth").put("selectedType", "oauth-personal");
        return settings;
    }

    private static ObjectNode child(ObjectNode parent, String name) {
        return parent.path(name) instanceof ObjectNode present ? present : parent.putObject(name);
    }

    /** The account that was active becomes an old one; none stands there twice. */
    private static ObjectNode activated(ObjectNode present, Optional<String> address) {
        Set<String> old = new LinkedHashSet<>();
        for (JsonNode each : present.path("old")) {
            if (each.isString()) {
                old.add(each.stringValue());
            }
        }
        Json.text(present, "active").ifPresent(old::add);
        address.ifPresent(old::remove);
        present.put("active", address.orElse(null));
        ArrayNode list = present.putArray("old");
        old.forEach(list::add);
        return present;
    }
}
