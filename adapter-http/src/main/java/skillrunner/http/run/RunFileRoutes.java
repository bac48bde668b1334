package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.run.file.BrowseRunFiles;
import skillrunner.domain.run.RequestId;
import skillrunner.http.file.FileQuery;
import skillrunner.http.load.Load;

/** {@code /v1/management/runs/{id}/files} and {@code /file}: looking into the files of a run. */
public final class RunFileRoutes {
    private static final String RUN = "/v1/management/runs/{request_id}";

    private final BrowseRunFiles files;

    public RunFileRoutes(BrowseRunFiles files) {
        this.files = Objects.requireNonNull(files);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(RUN + "/files", this::files, Load.LIST);
        routes.get(RUN + "/file", this::preview, Load.LIST);
    }

    private void files(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        ctx.json(RunFileJson.Files.of(request, files.files(request)));
    }

    private void preview(Context ctx) {
        RequestId request = RequestPath.id(ctx);
        String path = FileQuery.path(ctx);
        ctx.json(RunFileJson.Preview.of(request, path, files.preview(request, path)));
    }
}
