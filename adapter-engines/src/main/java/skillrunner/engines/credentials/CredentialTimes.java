package skillrunner.engines.credentials;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import skillrunner.application.engine.AgentHome;
import skillrunner.application.engine.SignInLife;
import skillrunner.engines.output.JsonLine;
import tools.jackson.databind.JsonNode;

/**
 * Reads when access ends out of credential files. Anybody may have written these: what is too long or no credentials tells nothing, and no
 * token is kept or checked.
 */
public final class CredentialTimes {
    /** Credentials are a few thousand characters; a longer file is none. */
    private static final int MOST_CHARACTERS = 256 << 10;

    /** The last moment that a time of this form can name: the end of the year 9999. */
    private static final long LAST_SECOND = 253_402_300_799L;

    private CredentialTimes() {}

    /**
     * Reads a file.
     *
     * @param home holds it
     * @param path where it lies below the home
     * @return the object in it, or empty if there is nothing of the kind
     */
    public static Optional<JsonNode> read(AgentHome home, String path) {
        return home.readText(path)
                .filter(text -> text.length() <= MOST_CHARACTERS)
                .flatMap(JsonLine::read);
    }

    /**
     * Reads the form that Google's client library writes and others took over: {@code expiry_date} in milliseconds and {@code
     * refresh_token}.
     *
     * @param home holds the file
     * @param path where it lies below the home
     * @return what it tells
     */
    public static SignInLife ofGoogleForm(AgentHome home, String path) {
        return read(home, path)
                .map(file -> new SignInLife(ofMillis(file.path("expiry_date")), holds(file, "refresh_token")))
                .orElse(SignInLife.UNKNOWN);
    }

    /**
     * Tells whether a text is there.
     *
     * @param object the object
     * @param name the name of its member
     * @return false if there is none or it is blank
     */
    public static boolean holds(JsonNode object, String name) {
        return JsonLine.text(object, name).filter(text -> !text.isBlank()).isPresent();
    }

    /**
     * Reads a time in milliseconds since 1970.
     *
     * @param value what should be one
     * @return the time, or empty if it is none; zero and less mean that there is no end
     */
    public static Optional<Instant> ofMillis(JsonNode value) {
        return whole(value)
                .filter(millis -> millis > 0 && millis / 1000 <= LAST_SECOND)
                .map(Instant::ofEpochMilli);
    }

    /**
     * Reads when a token in JWT form ends; its signature is not looked at.
     *
     * @param token the token
     * @return its {@code exp}, or empty if it has none
     */
    public static Optional<Instant> ofToken(String token) {
        String[] parts = token.split("\\.", -1);
        if (parts.length != 3) {
            return Optional.empty();
        }
        try {
            byte[] claims = Base64.getUrlDecoder().decode(parts[1]);
            return JsonLine.read(new String(claims, StandardCharsets.UTF_8))
                    .flatMap(it -> whole(it.path("exp")))
                    .filter(seconds -> seconds > 0 && seconds <= LAST_SECOND)
                    .map(Instant::ofEpochSecond);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<Long> whole(JsonNode value) {
        return value.isNumber() && value.canConvertToLong() ? Optional.of(value.asLong(0)) : Optional.empty();
    }
}
