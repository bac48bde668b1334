package skillrunner.e2eclient.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;
import skillrunner.e2eclient.backend.Json;
import skillrunner.e2eclient.backend.Segment;
import skillrunner.e2eclient.page.Messages;
import skillrunner.e2eclient.page.Pages;
import skillrunner.e2eclient.page.StatusView;
import skillrunner.e2eclient.page.VisibleText;
import skillrunner.e2eclient.recording.RecordedStep;
import skillrunner.e2eclient.recording.Recording;
import skillrunner.e2eclient.recording.Recordings;
import skillrunner.e2eclient.web.PathId;
import skillrunner.e2eclient.web.RefusedException;
import tools.jackson.databind.JsonNode;

/** Recordings: the list, and each of them step by step. It has no way to ask the server. */
public final class RecordingPages {
    private static final String ADDRESS = "/recordings";
    private static final String SECTION = "recordings";

    private final Recordings recordings;
    private final Pages pages;

    /**
     * Takes what it works with.
     *
     * @param recordings the recordings
     * @param pages shows pages
     */
    public RecordingPages(Recordings recordings, Pages pages) {
        this.recordings = Objects.requireNonNull(recordings);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get(ADDRESS, this::list);
        routes.get(ADDRESS + "/{" + PathId.REQUEST + "}", this::replay);
    }

    private void list(Context ctx) {
        Messages messages = pages.messages(ctx);
        Recordings.Listing found = recordings.list(PagerView.asked(ctx), PagerView.ROWS);
        RecordingListView view = new RecordingListView(
                found.shown().stream()
                        .map(recording -> row(recording, messages))
                        .toList(),
                PagerView.of(ADDRESS, found.page(), found.total()),
                found.unreadable() == 0
                        ? ""
                        : messages.text("recordings.unreadable", messages.number(found.unreadable())));
        pages.render(ctx, "recordings.jte", messages.text("recordings.title"), SECTION, view);
    }

    private static RecordingListView.Row row(Recording recording, Messages messages) {
        return new RecordingListView.Row(
                VisibleText.of(recording.requestId()),
                address(recording),
                VisibleText.of(recording.skill()),
                VisibleText.of(recording.createdAt()),
                VisibleText.of(recording.updatedAt()),
                recording.steps().size(),
                recording
                        .last()
                        .map(last -> messages.text(
                                last.ok() ? "recordings.last.ok" : "recordings.last.error", action(last, messages)))
                        .orElseGet(() -> messages.text("recordings.empty.one")),
                recording.isFinished());
    }

    private void replay(Context ctx) {
        Messages messages = pages.messages(ctx);
        Recording recording = recordings
                .find(ctx.pathParam(PathId.REQUEST))
                .orElseThrow(() -> RefusedException.notFound("There is no such recording"));
        int count = recording.steps().size();
        int number = Math.min(count, asked(ctx));
        Optional<RecordedStep> step =
                number == 0 ? Optional.empty() : Optional.of(recording.steps().get(number - 1));
        String address = address(recording);
        ReplayView view = new ReplayView(
                VisibleText.of(recording.requestId()),
                PathId.isId(recording.requestId()) ? "/runs/" + recording.requestId() : "",
                "/api" + address,
                VisibleText.of(recording.skill()),
                steps(recording, address, messages),
                number,
                step.map(it -> action(it, messages)).orElse(""),
                StatusView.of(step.map(it -> it.ok() ? "ok" : "error").orElse(""), messages),
                step.map(it -> VisibleText.of(it.at())).orElse(""),
                step.map(it -> shown(it.request())).orElse(""),
                step.map(it -> shown(it.response())).orElse(""),
                number > 1 ? address + "?step=" + (number - 1) : "",
                number < count ? address + "?step=" + (number + 1) : "",
                recording.isFinished());
        pages.render(
                ctx,
                "recording.jte",
                messages.text("recording.title", VisibleText.of(recording.requestId())),
                SECTION,
                view);
    }

    private static List<ReplayView.Step> steps(Recording recording, String address, Messages messages) {
        return IntStream.range(0, recording.steps().size())
                .mapToObj(index -> {
                    RecordedStep step = recording.steps().get(index);
                    return new ReplayView.Step(
                            index + 1, action(step, messages), address + "?step=" + (index + 1), step.ok());
                })
                .toList();
    }

    /** Which step is asked for, from 1 on; what is no number asks for the first. */
    private static int asked(Context ctx) {
        return Optional.ofNullable(ctx.queryParam("step"))
                .filter(text -> text.matches("[1-9]\\d{0,5}"))
                .map(Integer::parseInt)
                .orElse(1);
    }

    private static String action(RecordedStep step, Messages messages) {
        return messages.word("action", step.action());
    }

    private static String shown(JsonNode value) {
        return value.isMissingNode() || value.isNull() ? "" : VisibleText.of(Json.pretty(value));
    }

    static String address(Recording recording) {
        return ADDRESS + "/" + Segment.encode(recording.requestId());
    }
}
