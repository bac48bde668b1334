package skillrunner.http.access;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The user name and the password that are right. Only their digests are kept, so neither can be printed, and every
 * comparison takes equally long wherever two texts differ. Immutable.
 */
public final class Credentials {
    private static final String SCHEME = "basic ";

    private final byte[] username;
    private final byte[] password;

    private Credentials(byte[] username, byte[] password) {
        this.username = username;
        this.password = password;
    }

    /**
     * Takes what is right.
     *
     * @param username without a colon, which the header could not carry
     * @param password any text
     * @return the credentials
     */
    public static Credentials of(String username, String password) {
        if (username.isEmpty() || username.indexOf(':') >= 0 || password.isEmpty()) {
            throw new IllegalArgumentException("a user name without colon and a password are needed");
        }
        return new Credentials(digest(username), digest(password));
    }

    /**
     * Judges an Authorization header. Another scheme, what is not Base64 or not UTF-8, and a text without a colon are wrong.
     *
     * @param authorization the header's value
     * @return true if it names this user and this password
     */
    boolean accept(String authorization) {
        if (!authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return false;
        }
        String pair;
        try {
            byte[] bytes = Base64.getDecoder()
                    .decode(authorization.substring(SCHEME.length()).strip());
            pair = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (IllegalArgumentException | CharacterCodingException e) {
            return false;
        }
        int colon = pair.indexOf(':');
        return colon >= 0 && matches(pair.substring(0, colon), pair.substring(colon + 1));
    }

    private boolean matches(String givenUsername, String givenPassword) {
        boolean rightUsername = MessageDigest.isEqual(username, digest(givenUsername));
        boolean rightPassword = MessageDigest.isEqual(password, digest(givenPassword));
        // Both have been compared by now, so the time does not tell which of them was wrong.
        return rightUsername && rightPassword;
    }

    private static byte[] digest(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Says nothing about what is kept. */
    @Override
    public String toString() {
        return "Credentials[hidden]";
    }
}
