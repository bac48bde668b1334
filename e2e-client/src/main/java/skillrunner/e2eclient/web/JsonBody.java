package skillrunner.e2eclient.web;

import io.javalin.http.Context;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Locale;
import skillrunner.e2eclient.backend.Json;
import tools.jackson.databind.JsonNode;

/** A body of JSON. */
public final class JsonBody {
    private static final int MOST_BYTES = 1 << 20;

    private JsonBody() {}

    /**
     * Reads an object.
     *
     * @param ctx the request
     * @return the object
     * @throws RefusedException if the body is none, or too large
     */
    public static JsonNode object(Context ctx) {
        String type = String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
        if (!type.startsWith("application/json")) {
            throw RefusedException.wrongType("application/json");
        }
        byte[] bytes;
        try {
            bytes = ctx.req().getInputStream().readNBytes(MOST_BYTES + 1);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        if (bytes.length > MOST_BYTES) {
            throw RefusedException.tooLarge(MOST_BYTES);
        }
        return Json.parse(bytes)
                .filter(JsonNode::isObject)
                .orElseThrow(() -> RefusedException.invalid("The body must be a JSON object"));
    }
}
