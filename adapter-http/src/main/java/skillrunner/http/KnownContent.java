package skillrunner.http;

import io.javalin.http.Context;
import java.util.Arrays;
import java.util.Optional;

/** Whether a client has already what it asks for. */
public final class KnownContent {
    private KnownContent() {}

    /**
     * Compares what a client says it holds.
     *
     * @param ctx the request
     * @param etag the entity tag of what would be sent, in quotes
     * @return true if it would be sent the same
     */
    public static boolean isKnown(Context ctx, String etag) {
        return Optional.ofNullable(ctx.header("If-None-Match")).stream()
                .flatMap(known -> Arrays.stream(known.split(",")))
                .map(known -> known.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(etag) || known.equals("*"));
    }
}
