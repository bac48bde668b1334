package skillrunner.e2eclient.web;

import java.util.Map;

/** Headers of every answer. Pages allow themselves a little more; everything else is data that no browser may render, frame, sniff or keep. */
public final class SecurityHeaders {
    /** Name to value. */
    public static final Map<String, String> VALUES = Map.of(
            "Content-Security-Policy",
                    "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'; sandbox",
            "X-Content-Type-Options", "nosniff",
            "X-Frame-Options", "DENY",
            "Referrer-Policy", "no-referrer",
            "Cross-Origin-Opener-Policy", "same-origin",
            "Cross-Origin-Resource-Policy", "same-origin",
            "Permissions-Policy", "camera=(), geolocation=(), microphone=()",
            "Cache-Control", "no-store");

    private SecurityHeaders() {}
}
