package skillrunner.client;

import java.util.Objects;

/**
 * What a server says it is.
 *
 * @param title the title of its OpenAPI document
 * @param version the version of its OpenAPI document
 */
public record ServerInfo(String title, String version) {
    /** The version of the document that this client was generated from. */
    public static final String CLIENT_VERSION = "0.1.0";

    public ServerInfo {
        Objects.requireNonNull(title);
        Objects.requireNonNull(version);
    }

    /**
     * Tells whether this client and the server speak of the same things: their major versions agree, and before 1.0 the minor ones too.
     *
     * @return false if calls may be misunderstood
     */
    public boolean fits() {
        return line(version).equals(line(CLIENT_VERSION));
    }

    private static String line(String version) {
        String[] numbers = version.split("\\.", -1);
        return numbers[0].equals("0") && numbers.length > 1 ? "0." + numbers[1] : numbers[0];
    }
}
