package skillrunner.http.contract;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.zip.CRC32C;
import skillrunner.http.KnownContent;
import skillrunner.http.load.Load;

/**
 * {@code /openapi.yaml}: what the server promises to its clients, as the file that is kept by hand; {@code /openapi.json}: the same for
 * whoever reads JSON only or sooner, made of it by the build. They are read when they are asked for, so that a server nobody asks holds
 * nothing of them.
 */
public final class ContractRoutes {
    /** Makes the routes. */
    public ContractRoutes() {}

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/openapi.yaml", ctx -> document(ctx, "openapi.yaml", "application/yaml"), Load.LIGHT);
        routes.get("/openapi.json", ctx -> document(ctx, "openapi.json", "application/json"), Load.LIGHT);
    }

    private static void document(Context ctx, String name, String type) throws IOException {
        byte[] document;
        try (InputStream in = Objects.requireNonNull(ContractRoutes.class.getResourceAsStream(name), name)) {
            document = in.readAllBytes();
        }
        CRC32C sum = new CRC32C();
        sum.update(document);
        String etag = "\"" + Long.toHexString(sum.getValue()) + "\"";
        ctx.header("ETag", etag);
        ctx.header("Cache-Control", "no-cache");
        // Also of what is known: a cache takes over whatever type it is told.
        ctx.contentType(type);
        if (KnownContent.isKnown(ctx, etag)) {
            ctx.status(304);
        } else {
            ctx.result(document);
        }
        // The framework names a character set for whatever it sends; these types have none.
        ctx.res().setCharacterEncoding(null);
    }
}
