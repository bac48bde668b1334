package skillrunner.http.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import skillrunner.application.skill.BrowseSkills;
import skillrunner.application.skill.FindSkillInstall;
import skillrunner.application.skill.InstallSkillPackage;
import skillrunner.domain.problem.RefusedException;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** {@code /ui/skill-packages}: takes a package from the home page and shows how its installation stands. */
public final class SkillInstallPages {
    private final InstallSkillPackage install;
    private final FindSkillInstall find;
    private final BrowseSkills skills;
    private final Pages pages;

    public SkillInstallPages(InstallSkillPackage install, FindSkillInstall find, BrowseSkills skills, Pages pages) {
        this.install = Objects.requireNonNull(install);
        this.find = Objects.requireNonNull(find);
        this.skills = Objects.requireNonNull(skills);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/ui/skill-packages/install", this::install, Load.UPLOAD);
        routes.get("/ui/skill-packages/{request_id}/status", this::status);
        routes.post("/ui/skills/{skill_id}/adopt", this::adopt, Load.UPLOAD);
    }

    private void install(Context ctx) throws IOException {
        try (InputStream archive = MultipartFile.open(ctx)) {
            show(ctx, InstallView.of(install.accept(archive, AdoptSwitch.read(ctx)), pages.messages(ctx)));
        }
    }

    private void adopt(Context ctx) {
        show(ctx, InstallView.of(install.adopt(skills.find(SkillPath.id(ctx)).entry()), pages.messages(ctx)));
    }

    private void status(Context ctx) {
        Messages messages = pages.messages(ctx);
        InstallView view;
        try {
            view = InstallView.of(find.find(ctx.pathParam("request_id")), messages);
        } catch (RefusedException e) {
            // Whoever polls is told that it is over, instead of being left with what was shown last.
            view = InstallView.unknown(messages);
        }
        show(ctx, view);
    }

    /** A browser without scripts asks for a page; everybody else wants the panel. */
    private void show(Context ctx, InstallView view) {
        String accepted = String.valueOf(ctx.header("Accept"));
        boolean page = !"true".equals(ctx.header("HX-Request")) && accepted.contains("text/html");
        String title = pages.messages(ctx).text("install.title");
        pages.render(ctx, page ? "skill/installing.jte" : "skill/install.jte", title, "skills", view);
    }
}
