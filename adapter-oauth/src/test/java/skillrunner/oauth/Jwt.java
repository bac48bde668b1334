package skillrunner.oauth;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Tokens in JWT form that nobody has signed. */
final class Jwt {
    private Jwt() {}

    static String of(String claims) {
        return "e30." + Base64.getUrlEncoder().withoutPadding().encodeToString(claims.getBytes(StandardCharsets.UTF_8))
                + ".x";
    }
}
