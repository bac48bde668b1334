package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Refuses requests that were meant for another host name. A page of a foreign site that points its own name at this
 * machine (DNS rebinding) sends that name; addresses can't be used that way and are always welcome.
 */
public final class HostGuard implements Handler {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern IPV4 = Pattern.compile(OCTET + "(\\." + OCTET + "){3}");
    private static final Pattern IPV6 = Pattern.compile("\\[[0-9a-f:.%]+]");
    private static final int MAX_PORT_DIGITS = 5;

    private final String own;
    private final Set<String> allowed;

    /**
     * Takes the names that are ours.
     *
     * @param own the configured address
     * @param allowed further names, in lower case, without or with port
     */
    public HostGuard(String own, Set<String> allowed) {
        this.own = own.toLowerCase(Locale.ROOT);
        this.allowed = Set.copyOf(allowed);
    }

    @Override
    public void handle(Context ctx) {
        if (!isOurs(ctx.header("Host"))) {
            throw new RefusedException(
                    ErrorCode.HOST_UNKNOWN,
                    "The Host header names a host this server does not serve; see SKILL_RUNNER_ALLOWED_HOSTS");
        }
    }

    private boolean isOurs(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String full = header.strip().toLowerCase(Locale.ROOT);
        String name = withoutPort(full);
        return name.equals("localhost")
                || name.equals(own)
                || allowed.contains(name)
                || allowed.contains(full)
                || IPV4.matcher(name).matches()
                || IPV6.matcher(name).matches();
    }

    /** By hand, since every request passes here. */
    private static String withoutPort(String host) {
        int colon = host.lastIndexOf(':');
        int digits = host.length() - colon - 1;
        if (colon < 0 || digits < 1 || digits > MAX_PORT_DIGITS) {
            return host;
        }
        for (int i = colon + 1; i < host.length(); i++) {
            if (host.charAt(i) < '0' || host.charAt(i) > '9') {
                return host;
            }
        }
        return host.substring(0, colon);
    }
}
