package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Optional;
import skillrunner.application.run.AwaitingRequest;
import skillrunner.domain.run.RequestId;
import skillrunner.http.MultipartFile;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The page of a request that has no run yet, with the form for what it waits for: files, or the skill itself. */
public final class AwaitingPages {
    private static final String SECTION = "runs";

    private final JobUseCases jobs;
    private final TempRunUseCases temporary;
    private final Pages pages;

    /**
     * Takes its collaborators.
     *
     * @param jobs finds requests for installed skills and takes their files
     * @param temporary finds requests that bring their skill along, and takes it
     * @param pages renders
     */
    public AwaitingPages(JobUseCases jobs, TempRunUseCases temporary, Pages pages) {
        this.jobs = Objects.requireNonNull(jobs);
        this.temporary = Objects.requireNonNull(temporary);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers what the forms send to.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.post("/ui/runs/{request_id}/upload", this::files, Load.UPLOAD);
        routes.post("/ui/runs/{request_id}/skill", this::skill, Load.UPLOAD);
    }

    /** Shows the page if the request waits. @return whether it does */
    boolean show(Context ctx) {
        RequestId id = RequestPath.id(ctx);
        Messages messages = pages.messages(ctx);
        Optional<AwaitingRequest> files = jobs.find().awaiting(id);
        if (files.isPresent()) {
            RunListView.Awaiting view = RunListPresenter.awaiting(files.get(), messages);
            pages.render(ctx, "run/awaiting.jte", messages.text("awaiting.title"), SECTION, view);
            return true;
        }
        Optional<AwaitingRequest> skill = temporary.find().waiting(id).map(AwaitingRequest::of);
        skill.ifPresent(request -> pages.render(
                ctx,
                "run/awaitingskill.jte",
                messages.text("awaiting.skill.title"),
                SECTION,
                RunListPresenter.awaiting(request, messages)));
        return skill.isPresent();
    }

    private void files(Context ctx) throws IOException {
        RequestId request = RequestPath.id(ctx);
        try (InputStream archive = MultipartFile.open(ctx)) {
            jobs.upload().upload(request, archive);
        }
        ctx.redirect("/ui/runs/" + request, HttpStatus.SEE_OTHER);
    }

    private void skill(Context ctx) throws IOException {
        TempSkillUpload.take(ctx, temporary);
        ctx.redirect("/ui/runs/" + RequestPath.id(ctx), HttpStatus.SEE_OTHER);
    }
}
