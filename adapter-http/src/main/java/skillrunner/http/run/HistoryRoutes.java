package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.IOException;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.journal.ReadHistory;
import skillrunner.domain.journal.EventTime;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;

/** What has happened to a run: {@code events/history} under the address of every kind of request, {@code protocol/history} under management. */
public final class HistoryRoutes {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}");
    private static final Pattern ATTEMPT = Pattern.compile("[1-9]\\d{0,8}");
    private static final Pattern LIMIT = Pattern.compile("[1-9]\\d{0,3}");

    private final ReadHistory history;
    private final RunLookup lookup;

    public HistoryRoutes(ReadHistory history, RunLookup lookup) {
        this.history = Objects.requireNonNull(history);
        this.lookup = Objects.requireNonNull(lookup);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            routes.get(
                    RunAddress.ofEach(kind) + "/events/history",
                    ctx -> shown(ctx, () -> lookup.find(kind, ctx)),
                    Load.LIST);
        }
        routes.get(
                "/v1/management/runs/{request_id}/events/history",
                ctx -> shown(ctx, () -> lookup.findAny(ctx)),
                Load.LIST);
        routes.get("/v1/management/runs/{request_id}/protocol/history", this::ofAttempt, Load.LIST);
    }

    private void shown(Context ctx, Supplier<FindRun.Found> named) throws IOException {
        ReadHistory.Filter filter = filter(ctx);
        FindRun.Found found = named.get();
        Answers.json(
                ctx,
                HistoryJson.shown(
                        found.request().id(), history.shown(found.run().id(), filter)));
    }

    private void ofAttempt(Context ctx) throws IOException {
        JournalStream stream = Optional.ofNullable(ctx.queryParam("stream"))
                .flatMap(JournalStream::of)
                .orElseThrow(() -> RefusedException.invalid("/stream", "must be fcmp, rasp or orchestrator"));
        Optional<Integer> attempt = Optional.ofNullable(ctx.queryParam("attempt"))
                .map(text -> matching(ATTEMPT, "attempt", text, "must be a whole number of at least 1"))
                .map(Integer::parseInt);
        ReadHistory.Filter filter = filter(ctx);
        FindRun.Found found = lookup.findAny(ctx);
        Answers.json(
                ctx,
                HistoryJson.ofAttempt(
                        found.request().id(),
                        stream,
                        history.ofAttempt(found.run().id(), stream, attempt, filter)));
    }

    private static ReadHistory.Filter filter(Context ctx) {
        return new ReadHistory.Filter(
                number(ctx, "from_seq"),
                number(ctx, "to_seq"),
                moment(ctx, "from_ts"),
                moment(ctx, "to_ts"),
                limit(ctx));
    }

    private static int limit(Context ctx) {
        String text = ctx.queryParam("limit");
        if (text == null) {
            return ReadHistory.MOST;
        }
        int limit = LIMIT.matcher(text).matches() ? Integer.parseInt(text) : 0;
        if (limit < 1 || limit > ReadHistory.MOST) {
            throw RefusedException.invalid("/limit", "must be a whole number from 1 to " + ReadHistory.MOST);
        }
        return limit;
    }

    private static Optional<Long> number(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name))
                .map(text -> matching(NUMBER, name, text, "must be a whole number of at least 0"))
                .map(Long::parseLong);
    }

    /** A plus sign that was not escaped arrives as a space. */
    private static Optional<Instant> moment(Context ctx, String name) {
        return Optional.ofNullable(ctx.queryParam(name)).map(text -> EventTime.read(text.replace(' ', '+'))
                .orElseThrow(
                        () -> RefusedException.invalid("/" + name, "must be a moment such as 2026-11-29T08:30:00Z")));
    }

    private static String matching(Pattern form, String name, String text, String otherwise) {
        if (!form.matcher(text).matches()) {
            throw RefusedException.invalid("/" + name, otherwise);
        }
        return text;
    }
}
