package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HttpStatus;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.JournalReader;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestId;
import skillrunner.http.load.Load;
import skillrunner.http.page.Messages;
import skillrunner.http.page.Pages;

/** The time line of a run, part by part. Safe for concurrent use. */
public final class TimelinePages {
    private final RunLookup lookup;
    private static final String SOURCE = "/ui/management/runs/{request_id}/source";

    private final TimelineParts parts;
    private final MessageBytes messages;
    private final Pages pages;

    public TimelinePages(RunLookup lookup, JournalReader journal, Pages pages) {
        this.lookup = Objects.requireNonNull(lookup);
        this.parts = new TimelineParts(journal);
        this.messages = new MessageBytes(journal);
        this.pages = Objects.requireNonNull(pages);
    }

    /**
     * Registers the route.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        routes.get("/ui/management/runs/{request_id}/timeline", this::part, Load.LIST);
        routes.get(SOURCE, this::source, Load.LIST);
    }

    /** Where the bytes are asked for that a message came from piece by piece. */
    static String source(RequestId request, int attempt, String message) {
        return "/ui/management/runs/" + request + "/source?attempt=" + attempt + "&message="
                + URLEncoder.encode(message, StandardCharsets.UTF_8);
    }

    private void source(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        String message = Objects.requireNonNullElse(ctx.queryParam("message"), "");
        JournalRow.Source bytes = messages.find(found.run().id(), attempt(ctx, "attempt"), message)
                .orElseThrow(() -> RefusedException.invalid("/message", "must name a message of the attempt"));
        ctx.redirect(bytes.address(found.request().id()), HttpStatus.SEE_OTHER);
    }

    private void part(Context ctx) {
        FindRun.Found found = lookup.findAny(ctx);
        Messages texts = pages.messages(ctx);
        TimelineParts.Part part = parts.behind(found.run().id(), streams(ctx), attempt(ctx, "attempt"), place(ctx));
        pages.render(
                ctx,
                "run/timeline.jte",
                texts.text("event.title"),
                "runs",
                TimelinePresenter.view(found.request().id(), part, texts));
    }

    /** Those that the query names. */
    private static Set<JournalStream> streams(Context ctx) {
        List<String> named = ctx.queryParams("stream");
        return Arrays.stream(JournalStream.values())
                .filter(stream -> named.contains(stream.wire()))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static TimelineParts.Place place(Context ctx) {
        Map<JournalStream, Long> seqs = new EnumMap<>(JournalStream.class);
        for (JournalStream stream : JournalStream.values()) {
            seqs.put(stream, ByteOffset.of(ctx, stream.wire()));
        }
        return new TimelineParts.Place(attempt(ctx, "place"), seqs);
    }

    private static int attempt(Context ctx, String name) {
        return (int) Math.min(ByteOffset.of(ctx, name), Integer.MAX_VALUE);
    }
}
