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
 * {@code /openapi.yaml}: what the server promises to its clients, as the file that is kept by hand. It is read when it is asked for,
 * so that a server nobody asks holds nothing of it.
 */
public final class ContractRoutes {
    private static final String DOCUMENT = "openapi.yaml";

    /** Makes the routes. */
    public ContractRoutes() {}

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/openapi.yaml", ContractRoutes::document, Load.LIGHT);
    }

    private static void document(Context ctx) throws IOException {
        byte[] document;
        try (InputStream in = Objects.requireNonNull(ContractRoutes.class.getResourceAsStream(DOCUMENT))) {
            document = in.readAllBytes();
        }
        CRC32C sum = new CRC32C();
        sum.update(document);
        String etag = "\"" + Long.toHexString(sum.getValue()) + "\"";
        ctx.header("ETag", etag);
        ctx.header("Cache-Control", "no-cache");
        if (KnownContent.isKnown(ctx, etag)) {
            ctx.status(304);
            return;
        }
        ctx.result(document);
        ctx.contentType("application/yaml");
        // The framework names a character set for whatever it sends; this type has none.
        ctx.res().setCharacterEncoding(null);
    }
}
