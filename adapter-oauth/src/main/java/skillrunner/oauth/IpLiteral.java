package skillrunner.oauth;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/** An IP address as it is written; names are none, and nobody is asked for them. */
final class IpLiteral {
    private static final String FOUR = "(?:\\d{1,3}\\.){3}\\d{1,3}";
    private static final String SIX = "[\\p{XDigit}:]*:[\\p{XDigit}:.]*";

    private IpLiteral() {}

    /** @param text without brackets */
    static Optional<InetAddress> parse(String text) {
        if (!text.matches(FOUR) && !text.matches(SIX)) {
            return Optional.empty();
        }
        try {
            return Optional.of(InetAddress.getByName(text));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
