package skillrunner.http.page;

import gg.jte.ContentType;
import gg.jte.TemplateEngine;
import gg.jte.output.StringOutput;
import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.load.Bodies;
import skillrunner.http.load.Load;
import skillrunner.http.problem.Problem;

/** Renders pages and serves what they share. Safe for concurrent use. */
public final class Pages {
    /**
     * What a browser may do with a page: run and load what this server serves, and nothing else. The referrer is kept on
     * this server, because without one a browser does not say where a form was sent from.
     */
    private static final String POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; "
                    + "font-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final String POLICY_HEADER = "Content-Security-Policy";
    private static final Map<String, String> HEADERS = Map.of(POLICY_HEADER, POLICY, "Referrer-Policy", "same-origin");

    /** Of another page of this server. The one that it is in may add style elements that carry its word. */
    private static final String FRAME_POLICY =
            "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-%s'; img-src 'self'; connect-src 'self'; "
                    + "font-src 'self'; form-action 'none'; frame-ancestors 'self'; base-uri 'none'";

    private static final int NONCE_BYTES = 18;

    private static final String LANGUAGE_COOKIE = "skill_runner_language";
    private static final String THEME_COOKIE = "skill_runner_theme";
    private static final List<String> SCRIPTED = List.of("/ui/engines/auth/", "/ui/engines/tui/session");
    private static final String RUNS = "/ui/runs/";
    private static final int MAX_ADDRESS = 1_000;
    private static final int YEAR_SECONDS = 365 * 24 * 60 * 60;

    private final TemplateEngine templates = TemplateEngine.createPrecompiled(ContentType.Html);
    private final Assets assets = Assets.load();
    private final SecureRandom random = new SecureRandom();
    private final boolean insecure;

    /**
     * Loads assets and texts.
     *
     * @param insecure whether others can reach the server without a password; every page says so
     */
    public Pages(boolean insecure) {
        this.insecure = insecure;
    }

    /**
     * Registers what all pages share.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/", ctx -> ctx.redirect("/ui", HttpStatus.SEE_OTHER));
        routes.post("/ui/preferences", this::choose);
        routes.get(
                "/ui/assets/{digest}/<name>",
                ctx -> {
                    if (!assets.answer(ctx, ctx.pathParam("name"))) {
                        throw new RefusedException(ErrorCode.ROUTE_NOT_FOUND, "There is no such asset");
                    }
                },
                Load.LIGHT);
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
     * Answers with a whole page.
     *
     * @param ctx the request
     * @param template name of the template, which takes {@code page} and {@code view}
     * @param title the page's own title
     * @param section entry of the navigation
     * @param view what the template shows
     */
    public void render(Context ctx, String template, String title, String section, Object view) {
        rendered(ctx, template, title, section, view);
        HEADERS.forEach(ctx::header);
    }

    /**
     * Answers with a page that stands in a frame of another page of this server.
     *
     * @param ctx the request
     * @param template name of the template, which takes {@code page} and {@code view}
     * @param title the page's own title
     * @param view makes what the template shows of a word; style elements that carry it are allowed
     */
    public void renderFrame(Context ctx, String template, String title, Function<String, Object> view) {
        byte[] bytes = new byte[NONCE_BYTES];
        random.nextBytes(bytes);
        String nonce = Base64.getEncoder().encodeToString(bytes);
        rendered(ctx, template, title, "", view.apply(nonce));
        HEADERS.forEach(ctx::header);
        ctx.header(POLICY_HEADER, FRAME_POLICY.formatted(nonce));
        ctx.header("X-Frame-Options", "SAMEORIGIN");
    }

    /**
     * Lets a page that was rendered hold frames.
     *
     * @param ctx the request
     * @param sources what may be in them, in the words of the header
     */
    public static void allowFrames(Context ctx, String sources) {
        ctx.header(POLICY_HEADER, POLICY + "; frame-src " + sources);
    }

    private void rendered(Context ctx, String template, String title, String section, Object view) {
        String query = ctx.queryString();
        String address = ctx.path() + (query == null ? "" : "?" + query);
        Language language = language(ctx);
        Page page = new Page(
                title,
                section,
                language,
                theme(ctx),
                Messages.in(language),
                assets.prefix(),
                assets::importsOf,
                // Only what can be asked for again is an address to come back to.
                !HandlerType.POST.equals(ctx.method()) && address.length() <= MAX_ADDRESS ? address : "/ui",
                insecure);
        Map<String, Object> parameters = new LinkedHashMap<>();
        parameters.put("page", page);
        parameters.put("view", view);
        StringOutput output = new StringOutput();
        templates.render(template, parameters, output);
        ctx.header("Vary", "Cookie, Accept-Language");
        ctx.contentType("text/html; charset=utf-8");
        ctx.result(output.toString());
    }

    /**
     * Answers a refused request with a page, if it asked for one.
     *
     * @param ctx the request
     * @param refusal why
     * @return false if the request is not for a page
     */
    public boolean refuse(Context ctx, Refusal refusal) {
        // Scripts of pages ask there, and read refusals as any client does.
        boolean scripted = SCRIPTED.stream().anyMatch(ctx.path()::startsWith);
        boolean page = ctx.path().equals("/ui") || ctx.path().startsWith("/ui/");
        if (scripted || !page) {
            return false;
        }
        int status = Problem.status(refusal.code().kind());
        Messages messages = messages(ctx);
        String key = "error." + refusal.code().name();
        ProblemView view = new ProblemView(
                status,
                refusal.code().name(),
                messages.has(key) ? messages.text(key) : messages.text("error.title", Integer.toString(status)),
                messages.has(key + ".help") ? messages.text(key + ".help") : refusal.detail(),
                run(ctx, status));
        // A part of a page that could not be had is no place for a whole page.
        boolean part = "true".equals(ctx.header("HX-Request"));
        render(ctx, part ? "page/refusal.jte" : "page/problem.jte", view.title(), "", view);
        ctx.status(status);
        return true;
    }

    /** A conflict is one with how the run stands, which its page shows. */
    private static String run(Context ctx, int status) {
        String request = ctx.pathParamMap().get("request_id");
        return status == HttpStatus.CONFLICT.getCode()
                        && request != null
                        && ctx.path().startsWith(RUNS)
                ? RUNS + URLEncoder.encode(request, StandardCharsets.UTF_8)
                : "";
    }

    private void choose(Context ctx) {
        Language.parse(Bodies.formField(ctx, "language").orElse(null))
                .ifPresent(it -> remember(ctx, LANGUAGE_COOKIE, it.code()));
        Theme.parse(Bodies.formField(ctx, "theme").orElse(null))
                .ifPresent(it -> remember(ctx, THEME_COOKIE, it.code()));
        ctx.redirect(safe(Bodies.formField(ctx, "back").orElse(null)), HttpStatus.SEE_OTHER);
    }

    /** Only pages of this server are gone back to. */
    private static String safe(@Nullable String back) {
        boolean ours = back != null && back.matches("/(ui|docs)(/[A-Za-z0-9._~/-]*)?(\\?[A-Za-z0-9._~=&%+-]*)?");
        return ours ? Objects.requireNonNull(back) : "/ui";
    }

    private static void remember(Context ctx, String name, String value) {
        for (String path : List.of("/ui", "/docs")) {
            ctx.res()
                    .addHeader(
                            "Set-Cookie",
                            name + "=" + value + "; Path=" + path + "; Max-Age=" + YEAR_SECONDS
                                    + "; HttpOnly; SameSite=Lax");
        }
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
