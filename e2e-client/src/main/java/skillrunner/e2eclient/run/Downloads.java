package skillrunner.e2eclient.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.backend.BackendStream;
import skillrunner.e2eclient.backend.Segment;
import skillrunner.e2eclient.web.HeadAnswers;
import skillrunner.e2eclient.web.PathId;

/** Artifacts and bundles, passed on piece by piece as files to be kept, whatever the server calls them. */
public final class Downloads {
    private static final Logger LOG = LoggerFactory.getLogger(Downloads.class);
    private static final String ARTIFACT = "artifact_path";

    private final Backend backend;

    /**
     * Takes whom to ask.
     *
     * @param backend the server
     */
    public Downloads(Backend backend) {
        this.backend = Objects.requireNonNull(backend);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/runs/{" + PathId.REQUEST + "}/artifacts/<" + ARTIFACT + ">", this::artifact);
        routes.get("/runs/{" + PathId.REQUEST + "}/bundle", this::bundle);
    }

    private void artifact(Context ctx) throws IOException {
        String path = ctx.pathParam(ARTIFACT);
        send(
                ctx,
                "/v1/jobs/" + PathId.request(ctx) + "/artifacts/" + Segment.encodePath(path),
                path.substring(path.lastIndexOf('/') + 1));
    }

    private void bundle(Context ctx) throws IOException {
        send(ctx, "/v1/jobs/" + PathId.request(ctx) + "/bundle", "run_bundle.zip");
    }

    private void send(Context ctx, String path, String name) throws IOException {
        try (BackendStream stream = backend.open(path, Map.of())) {
            Optional<byte[]> piece = stream.next();
            HttpServletResponse response = ctx.res();
            response.setContentType("application/octet-stream");
            response.setHeader("Content-Disposition", "attachment; filename*=UTF-8''" + Segment.encode(name));
            response.flushBuffer();
            if (HeadAnswers.isWanted(ctx)) {
                return;
            }
            OutputStream out = response.getOutputStream();
            for (; piece.isPresent(); piece = stream.next()) {
                out.write(piece.get());
            }
            out.flush();
        } catch (BackendException e) {
            if (!ctx.res().isCommitted()) {
                throw e;
            }
            LOG.warn("{} is cut off: {}", ctx.path(), e.detail());
            cut(ctx);
        }
    }

    /** What is not whole must not look whole, so the connection ends with it. */
    private static void cut(Context ctx) {
        ServletContextRequest.getServletContextRequest(ctx.req())
                .getConnectionMetaData()
                .getConnection()
                .getEndPoint()
                .close();
    }
}
