package skillrunner.e2eclient.skill;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import jakarta.servlet.http.Part;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import skillrunner.e2eclient.backend.Backend;
import skillrunner.e2eclient.backend.BackendException;
import skillrunner.e2eclient.form.ChosenFile;
import skillrunner.e2eclient.form.JobDraft;
import skillrunner.e2eclient.form.Model;
import skillrunner.e2eclient.form.SkillForm;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.web.FormBody;
import skillrunner.e2eclient.web.PathId;
import tools.jackson.databind.JsonNode;

/** The list of skills, and the form of each that starts a run. */
public final class SkillPages {
    private static final String FORM = "/skills/{" + PathId.SKILL + "}/run";
    private static final String SECTION = "skills";
    private static final Pattern SUBMISSION = Pattern.compile("[0-9a-f]{32}");
    private static final int SUBMISSION_BYTES = 16;

    private final Backend backend;
    private final Submission submission;
    private final Pages pages;
    private final Path temporary;
    private final long maxUploadBytes;
    private final SecureRandom random = new SecureRandom();

    /**
     * Takes what it works with.
     *
     * @param backend the server
     * @param submission sends jobs
     * @param pages shows pages
     * @param temporary folder for files in flight
     * @param maxUploadBytes how large a form may be with all its files
     */
    public SkillPages(Backend backend, Submission submission, Pages pages, Path temporary, long maxUploadBytes) {
        this.backend = Objects.requireNonNull(backend);
        this.submission = Objects.requireNonNull(submission);
        this.pages = Objects.requireNonNull(pages);
        this.temporary = Objects.requireNonNull(temporary);
        this.maxUploadBytes = maxUploadBytes;
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/", this::list);
        routes.get(FORM, this::form);
        routes.post(FORM, this::submit);
    }

    private void list(Context ctx) {
        Messages messages = pages.messages(ctx);
        SkillListView view = new SkillListView(
                SkillList.rows(backend.get("/v1/management/skills"), messages),
                backend.base().toString());
        pages.render(ctx, "skills.jte", messages.text("skills.title"), SECTION, view);
    }

    private void form(Context ctx) {
        SkillForm form = read(PathId.skill(ctx));
        show(ctx, FormPresenter.fresh(form, newSubmission(), pages.messages(ctx)));
    }

    private void submit(Context ctx) {
        SkillForm form = read(PathId.skill(ctx));
        FormBody body = FormBody.read(ctx, temporary, maxUploadBytes);
        Map<String, String> typed = body.typed();
        String sent = typed.getOrDefault(JobDraft.SUBMISSION, "");
        String id = SUBMISSION.matcher(sent).matches() ? sent : newSubmission();
        JobDraft draft = JobDraft.read(form, typed, chosen(body));
        if (!draft.faults().isEmpty()) {
            show(ctx, FormPresenter.wrong(form, id, typed, draft.faults(), pages.messages(ctx)));
            ctx.status(HttpStatus.BAD_REQUEST);
            return;
        }
        try {
            ctx.redirect("/runs/" + submission.send(draft, id), HttpStatus.SEE_OTHER);
        } catch (BackendException e) {
            show(ctx, FormPresenter.refused(form, id, typed, e, pages.messages(ctx)));
            ctx.status(e.status());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void show(Context ctx, FormView view) {
        pages.render(ctx, "form.jte", pages.messages(ctx).text("form.title", view.name()), SECTION, view);
    }

    private SkillForm read(String skill) {
        JsonNode detail = backend.get("/v1/management/skills/" + skill);
        JsonNode schemas = backend.get("/v1/management/skills/" + skill + "/schemas");
        List<Model> models = new ArrayList<>();
        for (String engine : SkillForm.words(detail.path("effective_engines"))) {
            if (!PathId.isId(engine)) {
                continue;
            }
            try {
                models.addAll(Model.all(engine, backend.get("/v1/management/engines/" + engine)));
            } catch (BackendException e) {
                // A skill can be run without a choice of models; a server that is gone is not asked once more for each
                // engine.
                if (e.isUnreachable()) {
                    break;
                }
            }
        }
        return SkillForm.of(skill, detail, schemas, models);
    }

    private static Map<String, ChosenFile> chosen(FormBody body) {
        Map<String, ChosenFile> chosen = new LinkedHashMap<>();
        body.files().forEach((name, part) -> chosen.put(name, new UploadedPart(part)));
        return chosen;
    }

    private record UploadedPart(Part part) implements ChosenFile {
        @Override
        public long size() {
            return part.getSize();
        }

        @Override
        public InputStream open() throws IOException {
            return part.getInputStream();
        }
    }

    private String newSubmission() {
        byte[] bytes = new byte[SUBMISSION_BYTES];
        random.nextBytes(bytes);
        return HexFormat.of().formatHex(bytes);
    }
}
