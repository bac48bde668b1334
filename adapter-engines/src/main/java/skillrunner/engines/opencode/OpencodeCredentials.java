package skillrunner.engines.opencode;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import skillrunner.application.engine.SignInLife;
import skillrunner.engines.credentials.CredentialTimes;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/** opencode's credentials: an entry for each provider, some of which are keys. */
final class OpencodeCredentials {
    private OpencodeCredentials() {}

    /**
     * Tells how long the first of its sign-ins lasts that nobody but its user can renew; if there is none, the first of all. Keys have no
     * end.
     */
    static SignInLife life(JsonNode file) {
        List<SignInLife> lives = new ArrayList<>();
        for (Map.Entry<String, JsonNode> entry : file.properties()) {
            JsonNode provider = entry.getValue();
            if (JsonLine.text(provider, "type").filter("oauth"::equals).isPresent()) {
                lives.add(new SignInLife(
                        CredentialTimes.ofMillis(provider.path("expires")),
                        CredentialTimes.holds(provider, "refresh")));
            }
        }
        return lives.stream()
                .filter(life -> life.expiresAt().isPresent())
                .min(Comparator.comparing(SignInLife::renewsItself)
                        .thenComparing(life -> life.expiresAt().orElseThrow()))
                .or(() -> lives.stream().filter(SignInLife::renewsItself).findFirst())
                .orElse(SignInLife.UNKNOWN);
    }
}
