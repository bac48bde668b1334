package skillrunner.e2eclient.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.e2eclient.web.RefusedException;

/** Renders pages and serves what they share. Safe for concurrent use. */
public final class Pages {
    /** The referrer is kept here, because without one a browser does not say where a form was sent from. */
    private static final Map<String, String> HEADERS = Map.of(
            "Content-Security-Policy",
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "form-action 'self'; frame-ancestors 'none'; base-uri 'none'",
            "Referrer-Policy",
            "same-origin",
            "Vary",
            "Cookie, Accept-Language");

    /** Where the build puts the templates. */
    private static final String TEMPLATES = "gg.jte.generated.e2eclient";

    /** Cookies know no ports: the server's pages on the same machine have names of their own. */
    private static final String LANGUAGE_COOKIE = "example_client_language";

    private static final String THEME_COOKIE = "example_client_theme";
    private static final Pattern OWN_ADDRESS =
            Pattern.compile("/[A-Za-z0-9._~%-][A-Za-z0-9._~%/-]*(\\?[A-Za-z0-9._~=&%+-]*)?|/");
    private static final int LONGEST_ADDRESS = 1_000;
    private static final int YEAR_SECONDS = 365 * 24 * 60 * 60;

    private final TemplateEngine templates =
            TemplateEngine.createPrecompiled(null, ContentType.Html, Pages.class.getClassLoader(), TEMPLATES);
    private final Assets assets = Assets.load();

    /** Loads assets and texts. */
    public Pages() {}

    /**
     * Registers what all pages share.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/preferences", Pages::choose);
        routes.get("/assets/{digest}/{name}", this::asset);
    }

    /**
     * Returns the texts in the language of whoever asks.
     *
     * @param ctx the request
     * @return the texts
     */
    public Messages messages(Context ctx) {
        return Messages.in(language(ctx));
    }

    /**
     * Answers with a page.
     *
     * @param ctx the request
     * @param template name of the template, which takes {@code page} and {@code view}
     * @param title the page's own title
     * @param section entry of the navigation
     * @param view what the template shows
     */
    public void render(Context ctx, String template, String title, String section, Object view) {
        Language language = language(ctx);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put(
                "page",
                new Page(title, section, language, theme(ctx), Messages.in(language), assets.prefix(), address(ctx)));
        parameters.put("view", view);
        StringOutput output = new StringOutput();
        templates.render(template, parameters, output);
        HEADERS.forEach(ctx::header);
        ctx.contentType("text/html; charset=utf-8");
        ctx.result(output.toString());
    }

    private void asset(Context ctx) {
        Assets.Asset asset = assets.find(ctx.pathParam("name"))
                .orElseThrow(() -> RefusedException.notFound("There is no such asset"));
        // An address with an old digest gets the present content, but must not keep it.
        ctx.header(
                "Cache-Control",
                assets.isCurrent(ctx.pathParam("digest")) ? "public, max-age=31536000, immutable" : "no-cache");
        ctx.contentType(asset.type());
        ctx.result(asset.bytes());
    }

    /** Only what can be asked for again is an address to come back to. */
    private static String address(Context ctx) {
        String query = ctx.queryString();
        String address = ctx.req().getRequestURI() + (query == null ? "" : "?" + query);
        return HandlerType.POST.equals(ctx.method()) ? "/" : own(address);
    }

    private static String own(@Nullable String address) {
        return address != null
                        && address.length() <= LONGEST_ADDRESS
                        && OWN_ADDRESS.matcher(address).matches()
                ? address
                : "/";
    }

    private static void choose(Context ctx) {
        Language.parse(ctx.formParam("language")).ifPresent(it -> remember(ctx, LANGUAGE_COOKIE, it.code()));
        Theme.parse(ctx.formParam("theme")).ifPresent(it -> remember(ctx, THEME_COOKIE, it.code()));
        ctx.redirect(own(ctx.formParam("back")), HttpStatus.SEE_OTHER);
    }

    private static void remember(Context ctx, String name, String value) {
        ctx.res()
                .addHeader(
                        "Set-Cookie",
                        name + "=" + value + "; Path=/; Max-Age=" + YEAR_SECONDS + "; HttpOnly; SameSite=Lax");
    }

    private static Language language(Context ctx) {
        return Language.parse(ctx.cookie(LANGUAGE_COOKIE))
                .orElseGet(() -> Language.negotiate(ctx.header("Accept-Language")));
    }

    private static Theme theme(Context ctx) {
        return Optional.ofNullable(ctx.cookie(THEME_COOKIE))
                .flatMap(Theme::parse)
                .orElse(Theme.SYSTEM);
    }
}
