package skillrunner.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;

/** A secret that shows a provider that whoever brings a code is who asked for it (RFC 7636, S256). Immutable. */
final class Pkce {
    static final String METHOD = "S256";
    private static final int BYTES = 64;

    private final String verifier;

    Pkce(String verifier) {
        this.verifier = verifier;
    }

    static Pkce next(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new Pkce(base64(bytes));
    }

    /** Goes to the token endpoint only. */
    String verifier() {
        return verifier;
    }

    String challenge() {
        try {
            return base64(MessageDigest.getInstance("SHA-256").digest(verifier.getBytes(StandardCharsets.US_ASCII)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JDK has SHA-256", e);
        }
    }

    @Override
    public String toString() {
        return "a verifier";
    }

    private static String base64(byte[] bytes) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
