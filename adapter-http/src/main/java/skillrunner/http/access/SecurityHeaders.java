package skillrunner.http.access;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import java.util.List;
import java.util.Map;
import org.eclipse.jetty.ee10.servlet.ServletContextResponse;
import org.eclipse.jetty.http.HttpField;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.PreEncodedHttpField;

/** Headers that every answer carries; to come before anything else sets one. Answers of the API are data: no browser may render, frame, sniff or keep them. */
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

    private static final List<HttpField> ENCODED = VALUES.entrySet().stream()
            .<HttpField>map(header -> new PreEncodedHttpField(header.getKey(), header.getValue()))
            .toList();

    /** Makes the handler. */
    public SecurityHeaders() {}

    @Override
    public void handle(Context ctx) {
        HttpFields.Mutable headers =
                ServletContextResponse.getServletContextResponse(ctx.res()).getHeaders();
        ENCODED.forEach(headers::add);
    }
}
