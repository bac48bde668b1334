package skillrunner.http.contract;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;
import skillrunner.http.page.Pages;

/**
 * {@code /docs}: the document as a page on which requests can be tried. Its program comes out of its jar when it is asked for, so
 * that a server nobody asks holds nothing of it.
 */
public final class DocsPage {
    private static final String PROGRAM = "swagger-ui-bundle.js";
    private static final String STYLES = "swagger-ui.css";

    /** What is given out of the jar, and nothing else of it. */
    private static final Map<String, String> TYPES =
            Map.of(PROGRAM, "text/javascript; charset=utf-8", STYLES, "text/css; charset=utf-8");

    /** As any page, but that the program's style sheet has its icons in itself. */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
                    + "connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private final Pages pages;
    private final String version;

    /**
     * Takes its collaborators.
     *
     * @param pages renders
     */
    public DocsPage(Pages pages) {
        this.pages = Objects.requireNonNull(pages);
        this.version = version();
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/docs", this::show);
        routes.get("/docs/assets/{version}/{name}", this::asset, Load.LIGHT);
    }

    private void show(Context ctx) {
        String assets = "/docs/assets/" + version + "/";
        DocsView view = new DocsView("/openapi.yaml", "/openapi.json", assets + PROGRAM, assets + STYLES);
        pages.render(ctx, "contract/docs.jte", pages.messages(ctx).text("docs.title"), "docs", view);
        ctx.header("Content-Security-Policy", POLICY);
    }

    private void asset(Context ctx) {
        String name = ctx.pathParam("name");
        String type = TYPES.get(name);
        if (type == null || !ctx.pathParam("version").equals(version)) {
            throw new RefusedException(ErrorCode.ROUTE_NOT_FOUND, "There is no such asset");
        }
        ctx.header("Cache-Control", "public, max-age=31536000, immutable");
        ctx.contentType(type);
        Answers.stream(ctx, resource("/META-INF/resources/webjars/swagger-ui/" + version + "/" + name));
    }

    /** The build writes down which version it took. */
    private static String version() {
        try (InputStream in = resource("/skillrunner/http/contract/swagger-ui.version")) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).strip();
        } catch (IOException e) {
            throw new IllegalStateException("the version of the program is missing", e);
        }
    }

    private static InputStream resource(String name) {
        return Objects.requireNonNull(DocsPage.class.getResourceAsStream(name), name);
    }
}
