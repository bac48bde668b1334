package skillrunner.oauth;

import java.math.BigInteger;
import java.net.InetAddress;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is reached without a proxy, as {@code NO_PROXY} says: names and all below them, IP addresses, blocks of those
 * ({@code 10.0.0.0/8}), each with or without a port, or {@code *} for everything. Nothing is looked up: an address fits no name. What can't be
 * read fits nothing.
 */
record ProxyExemptions(List<String> entries) {
    private static final int BITS = 8;

    static ProxyExemptions of(String value) {
        return new ProxyExemptions(Arrays.stream(value.toLowerCase(Locale.ROOT).split("[,\\s]+"))
                .filter(entry -> !entry.isEmpty())
                .toList());
    }

    boolean cover(URI target) {
        String host = host(target);
        Optional<InetAddress> address = IpLiteral.parse(host);
        return isThisMachine(host, address)
                || entries.stream().anyMatch(entry -> fits(entry, host, address, port(target)));
    }

    /** Whatever is set: a proxy would reach another machine. */
    private static boolean isThisMachine(String host, Optional<InetAddress> address) {
        return host.equals("localhost")
                || host.endsWith(".localhost")
                || address.filter(InetAddress::isLoopbackAddress).isPresent();
    }

    private static boolean fits(String entry, String host, Optional<InetAddress> address, int port) {
        if (entry.equals("*")) {
            return true;
        }
        int colon = entry.lastIndexOf(':');
        boolean withPort = colon > 0
                && entry.substring(colon + 1).matches("\\d{1,5}")
                && (entry.indexOf(':') == colon || entry.charAt(colon - 1) == ']');
        if (withPort && Integer.parseInt(entry.substring(colon + 1)) != port) {
            return false;
        }
        String place = (withPort ? entry.substring(0, colon) : entry).replaceFirst("^\\[(.*)]$", "$1");
        return address.isPresent() ? isIn(place, address.get()) : isBelow(place, host);
    }

    private static boolean isBelow(String entry, String host) {
        String name = entry.replaceFirst("^\\*?\\.", "").replaceFirst("\\.$", "");
        return !name.isEmpty() && (host.equals(name) || host.endsWith("." + name));
    }

    private static boolean isIn(String block, InetAddress address) {
        int slash = block.indexOf('/');
        Optional<InetAddress> first = IpLiteral.parse(slash < 0 ? block : block.substring(0, slash));
        int all = address.getAddress().length * BITS;
        if (first.isEmpty() || first.get().getAddress().length * BITS != all) {
            return false;
        }
        String length = slash < 0 ? String.valueOf(all) : block.substring(slash + 1);
        if (!length.matches("\\d{1,3}") || Integer.parseInt(length) > all) {
            return false;
        }
        int free = all - Integer.parseInt(length);
        return bits(first.get()).shiftRight(free).equals(bits(address).shiftRight(free));
    }

    private static BigInteger bits(InetAddress address) {
        return new BigInteger(1, address.getAddress());
    }

    private static String host(URI target) {
        return target.getHost()
                .toLowerCase(Locale.ROOT)
                .replaceFirst("^\\[(.*)]$", "$1")
                .replaceFirst("\\.$", "");
    }

    private static int port(URI target) {
        int usual = "https".equalsIgnoreCase(target.getScheme()) ? 443 : 80;
        return target.getPort() < 0 ? usual : target.getPort();
    }
}
