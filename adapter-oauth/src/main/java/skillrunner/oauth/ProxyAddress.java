package skillrunner.oauth;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Objects;
import java.util.Optional;

/**
 * Where an HTTP proxy is reached, and as whom.
 *
 * @param variable the variable that names it
 * @param host its name or address
 * @param port its port
 * @param login as whom, if it asks
 */
public record ProxyAddress(String variable, String host, int port, Optional<Login> login) {
    private static final String HTTP = "http";
    private static final int USUAL_PORT = 80;
    private static final int LAST_PORT = 65_535;
    private static final int HEXADECIMAL = 16;

    /** Refuses null parts. */
    public ProxyAddress {
        Objects.requireNonNull(variable);
        Objects.requireNonNull(host);
        Objects.requireNonNull(login);
    }

    /**
     * A user and a password.
     *
     * @param user who
     * @param password never shown
     */
    public record Login(String user, String password) {
        /** What the proxy is sent. */
        String authorization() {
            byte[] both = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
            return "Basic " + Base64.getEncoder().encodeToString(both);
        }

        @Override
        public String toString() {
            return "Login[***]";
        }
    }

    /**
     * Reads one as other programs do: with or without scheme, and with user and password as they stand or with {@code %} codes.
     *
     * @param variable the variable
     * @param value its value
     * @return the address, or empty if it is one of another kind, such as SOCKS
     * @throws BadProxyException if it is none
     */
    static Optional<ProxyAddress> read(String variable, String value) {
        int colon = value.indexOf("://");
        if (colon >= 0 && !value.substring(0, colon).equalsIgnoreCase(HTTP)) {
            return Optional.empty();
        }
        String rest = colon < 0 ? value : value.substring(colon + "://".length());
        // A password may hold an at sign or a slash, a host neither.
        int at = rest.lastIndexOf('@');
        Optional<Login> login = at < 0 ? Optional.empty() : Optional.of(login(rest.substring(0, at)));
        String place = rest.substring(at + 1).replaceFirst("/$", "");
        int end = place.lastIndexOf(':');
        boolean portless = end < 0 || place.endsWith("]");
        String host = portless ? place : place.substring(0, end);
        int port = portless ? USUAL_PORT : port(variable, place.substring(end + 1));
        String bare = host.replaceFirst("^\\[(.*)]$", "$1");
        boolean bracketed = !bare.equals(host);
        if (!(bracketed ? IpLiteral.parse(bare).isPresent() : bare.matches("[\\p{Alnum}\\p{L}._-]+"))) {
            throw new BadProxyException(variable);
        }
        return Optional.of(new ProxyAddress(variable, bare, port, login));
    }

    private static int port(String variable, String text) {
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > LAST_PORT) {
            throw new BadProxyException(variable);
        }
        return port;
    }

    private static Login login(String text) {
        int colon = text.indexOf(':');
        return colon < 0
                ? new Login(decoded(text), "")
                : new Login(decoded(text.substring(0, colon)), decoded(text.substring(colon + 1)));
    }

    /** What is no code stands for itself, for many type a password as it is. */
    private static String decoded(String text) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        byte[] raw = text.getBytes(StandardCharsets.UTF_8);
        for (int i = 0; i < raw.length; i++) {
            int high = raw[i] == '%' && i + 2 < raw.length ? Character.digit(raw[i + 1], HEXADECIMAL) : -1;
            int low = high < 0 ? -1 : Character.digit(raw[i + 2], HEXADECIMAL);
            bytes.write(low < 0 ? raw[i] : high * HEXADECIMAL + low);
            i += low < 0 ? 0 : 2;
        }
        return bytes.toString(StandardCharsets.UTF_8);
    }

    /** Host and port, and neither user nor password. */
    @Override
    public String toString() {
        return (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + port;
    }
}
