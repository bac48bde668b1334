package skillrunner.e2eclient.web;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides who may ask. The example client says the server's password for whoever reaches it, so a page of another site must
 * neither get at it by a name of its own (DNS rebinding) nor have a browser send it anything.
 */
public final class Guards {
    private static final String OCTET = "(25[0-5]|2[0-4]\\d|1?\\d?\\d)";
    private static final Pattern ADDRESS = Pattern.compile(OCTET + "(\\." + OCTET + "){3}|\\[[0-9a-f:.%]+]");
    private static final Pattern PORT = Pattern.compile(":\\d{1,5}$");
    private static final Set<HandlerType> SAFE = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    private static final Set<String> OWN_SITE = Set.of("same-origin", "none");

    private final String own;
    private final Set<String> allowed;

    /**
     * Takes the names that are ours.
     *
     * @param own the address it listens on
     * @param allowed further names, in lower case
     */
    public Guards(String own, Set<String> allowed) {
        this.own = own.toLowerCase(Locale.ROOT);
        this.allowed = Set.copyOf(allowed);
    }

    /**
     * Looks at a request before anything else does.
     *
     * @param ctx the request
     * @throws RefusedException if it is none of ours
     */
    public void check(Context ctx) {
        SecurityHeaders.VALUES.forEach(ctx::header);
        if (!isOurs(ctx.header("Host"))) {
            throw RefusedException.unknownHost();
        }
        if (ctx.header("X-HTTP-Method-Override") != null) {
            throw RefusedException.invalid("X-HTTP-Method-Override is not supported");
        }
        if (!SAFE.contains(ctx.method()) && isForeign(ctx)) {
            throw RefusedException.foreignOrigin();
        }
    }

    private boolean isOurs(@Nullable String header) {
        if (header == null) {
            return false;
        }
        String full = header.strip().toLowerCase(Locale.ROOT);
        String name = PORT.matcher(full).replaceFirst("");
        return name.equals("localhost")
                || name.equals(own)
                || allowed.contains(name)
                || allowed.contains(full)
                || ADDRESS.matcher(name).matches();
    }

    private static boolean isForeign(Context ctx) {
        String site = ctx.header("Sec-Fetch-Site");
        if (site != null && !OWN_SITE.contains(site.toLowerCase(Locale.ROOT))) {
            return true;
        }
        String origin = ctx.header("Origin");
        if (origin == null) {
            return false;
        }
        String host = String.valueOf(ctx.header("Host")).toLowerCase(Locale.ROOT);
        String claimed = origin.toLowerCase(Locale.ROOT);
        return !claimed.equals("http://" + host) && !claimed.equals("https://" + host);
    }
}
