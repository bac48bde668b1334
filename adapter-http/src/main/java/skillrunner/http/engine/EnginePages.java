package skillrunner.http.engine;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import skillrunner.application.upgrade.FindUpgradeTask;
import skillrunner.domain.engine.EngineId;
import skillrunner.domain.problem.Refusal;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.upgrade.UpgradeScope;
import skillrunner.domain.upgrade.UpgradeScopeRules;
import skillrunner.domain.upgrade.UpgradeTask;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.load.Bodies;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;
import skillrunner.http.page.VisibleText;
import skillrunner.http.signin.SignInPage;
import skillrunner.http.terminal.TerminalPage;

/** {@code /ui/engines}: how the engines stand, their upgrades and their models. Asks what the API asks. */
public final class EnginePages {
    private static final String SECTION = "engines";
    private static final String HOME = "/ui/engines";
    private static final String TABLE = "/ui/management/engines/table";
    private static final String CREATED = "Snapshot created";
    private static final String NO_ROWS = "No valid model rows submitted";

    /** What forms lead back with, and the key of the same in the reader's language. */
    private static final Map<String, String> KNOWN = Map.of(CREATED, "models.created", NO_ROWS, "models.none");

    private final EngineUseCases engines;
    private final Pages pages;
    private final LegacyRoutes legacy;
    private final UpgradePresenter upgrades;
    private final SignInPage signIns;
    private final TerminalPage terminals;

    /**
     * Takes its collaborators.
     *
     * @param engines what the pages ask
     * @param signIns how engines are signed in
     * @param terminals how engines are shown in a terminal
     * @param pages renders
     * @param legacy registers addresses of old
     * @param clock tells how long things take
     */
    public EnginePages(
            EngineUseCases engines,
            SignInPage signIns,
            TerminalPage terminals,
            Pages pages,
            LegacyRoutes legacy,
            Clock clock) {
        this.engines = Objects.requireNonNull(engines);
        this.signIns = Objects.requireNonNull(signIns);
        this.terminals = Objects.requireNonNull(terminals);
        this.pages = Objects.requireNonNull(pages);
        this.legacy = Objects.requireNonNull(legacy);
        this.upgrades = new UpgradePresenter(clock);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(HOME, this::home);
        routes.get(TABLE, this::table);
        legacy.get(routes, "/ui/engines/table", TABLE, this::table);
        routes.post("/ui/engines/upgrades", this::upgrade);
        routes.get("/ui/engines/upgrades/{request_id}/status", this::status);
        routes.post("/ui/engines/{engine}/rollback", this::rollBack);
        routes.get("/ui/engines/{engine}/models", this::models);
        routes.post("/ui/engines/{engine}/models/snapshots", this::addSnapshot);
    }

    private void home(Context ctx) {
        Messages messages = pages.messages(ctx);
        UpgradeView active = engines.findUpgrade()
                .active()
                .map(found -> upgrades.panel(found, messages))
                .orElse(null);
        page(ctx, active, ctx.queryParam("table") != null);
    }

    private void page(Context ctx, @Nullable UpgradeView upgrade, boolean withTable) {
        Messages messages = pages.messages(ctx);
        EngineTableView table =
                withTable ? EnginePresenter.table(engines.summaries().all(), messages) : null;
        pages.render(
                ctx,
                "engine/list.jte",
                messages.text("engines.title"),
                SECTION,
                new EngineListView(
                        engines.engines().known().stream().map(EngineId::wire).toList(),
                        table,
                        upgrade,
                        new SignInView(signIns.transports(messages), signIns.document(messages)),
                        terminals.section(messages),
                        notice(ctx, "message"),
                        notice(ctx, "error")));
        terminals.allow(ctx);
    }

    private void table(Context ctx) {
        Messages messages = pages.messages(ctx);
        pages.render(
                ctx,
                "engine/table.jte",
                messages.text("engines.title"),
                SECTION,
                EnginePresenter.table(engines.summaries().all(), messages));
    }

    private void upgrade(Context ctx) {
        String mode = Bodies.formField(ctx, "mode").orElseThrow(() -> RefusedException.invalid("/mode", "is required"));
        Messages messages = pages.messages(ctx);
        UpgradeView view;
        try {
            UpgradeScope scope = UpgradeScopeRules.read(
                    Optional.of(mode),
                    Bodies.formField(ctx, "engine"),
                    engines.engines().known());
            UpgradeTask task = engines.createUpgrade().create(scope);
            view = upgrades.panel(new FindUpgradeTask.Found(task, Optional.empty()), messages);
        } catch (RefusedException e) {
            String other = engines.findUpgrade()
                    .active()
                    .map(found -> UpgradePresenter.address(found.task().id()))
                    .orElse(null);
            view = upgrades.refused(
                    messages.text("upgrade.title.refused"), inWords(e.refusal(), messages), other, messages);
        }
        panel(ctx, view);
    }

    private void status(Context ctx) {
        Messages messages = pages.messages(ctx);
        UpgradeView view;
        try {
            view = upgrades.panel(engines.findUpgrade().find(ctx.pathParam("request_id")), messages);
        } catch (RefusedException e) {
            view = upgrades.refused(
                    messages.text("upgrade.title.unknown"), inWords(e.refusal(), messages), null, messages);
        }
        panel(ctx, view);
    }

    /** A part of the page for the script that asks for it, otherwise all of it, which no script will complete. */
    private void panel(Context ctx, UpgradeView view) {
        if ("true".equals(ctx.header("HX-Request"))) {
            pages.render(ctx, "engine/upgrade.jte", view.title(), SECTION, view);
        } else {
            page(ctx, view, true);
        }
    }

    private void rollBack(Context ctx) {
        EngineId engine = EnginePath.engine(ctx, engines.engines());
        Messages messages = pages.messages(ctx);
        try {
            String version = engines.rollBack().rollBack(engine);
            back(ctx, HOME, "message", messages.text("engines.rolled.back", engine.wire(), version));
        } catch (RefusedException e) {
            back(ctx, HOME, "error", inWords(e.refusal(), messages));
        }
    }

    private void models(Context ctx) {
        EngineId engine = EnginePath.engine(ctx, engines.engines());
        Messages messages = pages.messages(ctx);
        ModelListView view = ModelPresenter.page(
                engines.models().list(engine),
                engines.suggestSnapshot().isOffered(engine),
                notice(ctx, "message"),
                notice(ctx, "error"),
                messages);
        pages.render(ctx, "engine/models.jte", messages.text("models.title", engine.wire()), SECTION, view);
    }

    private void addSnapshot(Context ctx) {
        EngineId engine = EnginePath.engine(ctx, engines.engines());
        Messages messages = pages.messages(ctx);
        String page = HOME + "/" + engine.wire() + "/models";
        SnapshotForm form = SnapshotForm.of(ctx);
        boolean live = engines.models().liveModels(engine).isPresent();
        if (form.rows().isEmpty() && !live) {
            back(ctx, page, "error", NO_ROWS);
            return;
        }
        try {
            engines.addSnapshot().add(engine, form.rows());
            back(ctx, page, "message", CREATED);
        } catch (RefusedException e) {
            Refusal refusal = e.refusal();
            back(
                    ctx,
                    page,
                    "error",
                    refusal.errors().isEmpty() ? inWords(refusal, messages) : form.inWords(refusal.errors(), messages));
        }
    }

    private static void back(Context ctx, String page, String name, String text) {
        ctx.redirect(page + "?" + name + "=" + URLEncoder.encode(text, StandardCharsets.UTF_8), HttpStatus.SEE_OTHER);
    }

    private String notice(Context ctx, String name) {
        String text = !HandlerType.POST.equals(ctx.method()) ? ctx.queryParam(name) : null;
        if (text == null) {
            return "";
        }
        String key = KNOWN.get(text);
        return key == null ? VisibleText.of(text) : pages.messages(ctx).text(key);
    }

    private static String inWords(Refusal refusal, Messages messages) {
        String key = "error." + refusal.code().name();
        // Which field is wrong stands in the detail only.
        return messages.has(key) && refusal.errors().isEmpty() ? messages.text(key) : refusal.detail();
    }
}
