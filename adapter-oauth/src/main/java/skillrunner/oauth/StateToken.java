package skillrunner.oauth;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.SecureRandom;
import java.util.Base64;

/** The word by which a session knows the answer that is its own. Nobody can guess it, and comparing it tells nothing. Immutable. */
final class StateToken {
    private static final int BYTES = 32;

    private final String value;

    private StateToken(String value) {
        this.value = value;
    }

    static StateToken next(SecureRandom random) {
        byte[] bytes = new byte[BYTES];
        random.nextBytes(bytes);
        return new StateToken(Base64.getUrlEncoder().withoutPadding().encodeToString(bytes));
    }

    /** For the address that the user opens; nowhere else. */
    String value() {
        return value;
    }

    boolean matches(String candidate) {
        return MessageDigest.isEqual(
                value.getBytes(StandardCharsets.UTF_8), candidate.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public String toString() {
        return "a state";
    }
}
