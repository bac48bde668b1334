package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.Map;

/** Headers that every answer carries. Answers of the API are data: no browser may render, frame, sniff or keep them. */
public final class SecurityHeaders implements Handler {
    /** Name to value. */
    public static final Map<String, String> VALUES = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    /** Makes the handler. */
    public SecurityHeaders() {}

    @Override
    public void handle(Context ctx) {
        VALUES.forEach(ctx::header);
    }
}
