package skillrunner.oauth;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** What a token in JWT form says of itself. Nothing hangs on its being true, so its signature is not looked at. */
final class TokenClaims {
    private static final int PARTS = 3;

    /** The last second that a time of this form can name: the end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private TokenClaims() {}

    static Optional<ObjectNode> of(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != PARTS) {
            return Optional.empty();
        }
        try {
            return Json.parse(Base64.getUrlDecoder().decode(parts[1].getBytes(StandardCharsets.US_ASCII)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** When the token ends, if it says so. */
    static Optional<Instant> end(String token) {
        return of(token)
                .flatMap(claims -> Json.number(claims, "exp"))
                .filter(second -> second > 0 && second <= LAST_SECOND)
                .map(Instant::ofEpochSecond);
    }

    /** Whether the token says that it is meant for this client. */
    static boolean names(String token, String client) {
        return of(token)
                .filter(claims -> client.equals(Json.text(claims, "azp").orElse(""))
                        || client.equals(Json.text(claims, "client_id").orElse(""))
                        || isFor(claims.path("aud"), client))
                .isPresent();
    }

    private static boolean isFor(JsonNode audience, String client) {
        return audience.isArray()
                ? StreamSupport.stream(audience.spliterator(), false).anyMatch(each -> isFor(each, client))
                : audience.isString() && audience.stringValue().equals(client);
    }
}
