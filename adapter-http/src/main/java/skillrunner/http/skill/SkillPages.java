package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.file.FileEntry;
import skillrunner.application.file.FileTree;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.SkillOverview;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.http.file.FileQuery;
import skillrunner.http.file.PreviewView;
import skillrunner.http.legacy.LegacyRoutes;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** {@code /ui}: the skills, and the page of each. Asks what the management API asks. */
public final class SkillPages {
    static final String TABLE = "/ui/management/skills/table";
    private static final String SECTION = "skills";
    private static final String SHOWN_FIRST = "SKILL.md";

    private final BrowseSkills skills;
    private final Pages pages;
    private final LegacyRoutes legacy;

    public SkillPages(BrowseSkills skills, Pages pages, LegacyRoutes legacy) {
        this.skills = Objects.requireNonNull(skills);
        this.pages = Objects.requireNonNull(pages);
        this.legacy = Objects.requireNonNull(legacy);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui", ctx -> list(ctx, "skill/home.jte"), Load.LIST);
        routes.get(TABLE, this::table, Load.LIST);
        legacy.get(routes, "/ui/skills/table", TABLE, this::table);
        routes.get("/ui/skills/{skill_id}", this::skill, Load.LIST);
        routes.get("/ui/skills/{skill_id}/view", this::preview, Load.LIST);
        routes.get("/ui/skills/{skill_id}/run", this::form, Load.LIST);
    }

    private void table(Context ctx) {
        list(ctx, "skill/table.jte");
    }

    private void list(Context ctx, String template) {
        Messages messages = pages.messages(ctx);
        String highlighted =
                Optional.ofNullable(ctx.queryParam("highlight_skill_id")).orElse("");
        SkillListView view = SkillPresenter.list(skills.list(), highlighted, messages);
        pages.render(ctx, template, messages.text("skills.title"), SECTION, view);
    }

    private void skill(Context ctx) {
        Messages messages = pages.messages(ctx);
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        FileTree files = skills.files(skill);
        String asked = FileQuery.path(ctx);
        String shown = asked.isBlank() ? shownFirst(files) : asked;
        PreviewView preview = shown.isEmpty() ? null : PreviewView.of(shown, skills.preview(skill, shown), messages);
        SkillView view = SkillPresenter.skill(skill, files, shown, preview, messages);
        pages.render(ctx, "skill/skill.jte", view.name(), SECTION, view);
    }

    private static String shownFirst(FileTree files) {
        return files.entries().stream()
                .filter(file -> !file.directory() && file.path().equals(SHOWN_FIRST))
                .map(FileEntry::path)
                .findFirst()
                .orElse("");
    }

    /** The fields are made in the browser, of what the management API says of the skill. */
    private void form(Context ctx) {
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        if (!skill.entry().healthy()) {
            throw new RefusedException(
                    ErrorCode.SKILL_DEGRADED, skill.entry().healthError().orElse(""));
        }
        String from = SkillPath.from(ctx).map(RequestId::value).orElse("");
        Messages messages = pages.messages(ctx);
        RunFormView view = SkillPresenter.form(skill, from);
        pages.render(ctx, "skill/form.jte", messages.text("form.heading", view.name()), SECTION, view);
    }

    private void preview(Context ctx) {
        SkillOverview skill = skills.find(SkillPath.id(ctx));
        String path = FileQuery.path(ctx);
        PreviewView view = PreviewView.of(path, skills.preview(skill, path), pages.messages(ctx));
        pages.render(ctx, "file/preview.jte", path, SECTION, view);
    }
}
