package skillrunner.client;

import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a server says it is.
 *
 * @param title the title of its OpenAPI document
 * @param version the version of its OpenAPI document
 */
public record ServerInfo(String title, String version) {
    /** The version of the document that this client was generated from. */
    public static final String CLIENT_VERSION = "0.1.0";

    /** The title of the document of every Skill Runner. */
    public static final String TITLE = "Skill Runner";

    /** Title and version stand within so many bytes of the document. */
    static final int HEAD_OF_DOCUMENT = 4096;

    private static final Pattern TOLD_TITLE = Pattern.compile("(?m)^  title: '?([^'\r\n]*)'?$");
    private static final Pattern TOLD_VERSION = Pattern.compile("(?m)^  version: '?([^'\r\n]*)'?$");
    private static final String HEADER = "skill-runner-api-version";
    private static final Pattern VERSION = Pattern.compile("[0-9A-Za-z.+-]{1,64}");

    public ServerInfo {
        Objects.requireNonNull(title);
        Objects.requireNonNull(version);
    }

    /**
     * Looks what an answer says about its server, which saves asking for the document.
     *
     * @param answer any answer
     * @return what it says; empty of an older server, of one that asks for a password first, and of anything else
     */
    public static Optional<ServerInfo> of(Answer answer) {
        return answer.header(HEADER)
                .filter(version -> VERSION.matcher(version).matches())
                .map(version -> new ServerInfo(TITLE, version));
    }

    /** Reads the beginning of an OpenAPI document; empty if it says none of both. */
    static Optional<ServerInfo> read(String document) {
        Matcher title = TOLD_TITLE.matcher(document);
        Matcher version = TOLD_VERSION.matcher(document);
        return title.find() && version.find()
                ? Optional.of(new ServerInfo(title.group(1), version.group(1)))
                : Optional.empty();
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
