package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.bundle.OpenRunBundle;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;

/** {@code /bundle}: everything a run left, in one archive that is made while it is sent. */
public final class RunBundleRoutes {
    private final RunLookup lookup;
    private final OpenRunBundle bundles;

    public RunBundleRoutes(RunLookup lookup, OpenRunBundle bundles) {
        this.lookup = Objects.requireNonNull(lookup);
        this.bundles = Objects.requireNonNull(bundles);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            routes.get(RunAddress.ofEach(kind) + "/bundle", ctx -> send(ctx, lookup.find(kind, ctx)), Load.LIST);
        }
    }

    private void send(Context ctx, FindRun.Found found) {
        OpenRunBundle.Bundle bundle = bundles.open(found, JsonDocument::says);
        ctx.contentType("application/zip");
        // The framework names one for whatever it sends, and an archive has none.
        ctx.res().setCharacterEncoding(null);
        ctx.header(
                "Content-Disposition", "attachment; filename=\"" + bundle.kind().fileName() + "\"");
        Answers.stream(ctx, bundle.content());
    }
}
