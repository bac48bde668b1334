package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.FollowRun;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RequestKind;
import skillrunner.domain.run.RunId;
import skillrunner.http.HttpSettings;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;

/** {@code events} under the address of every kind of request, and under management: the output of a run as server-sent events, live and from any offset. */
public final class EventRoutes implements AutoCloseable {
    private static final Pattern LAST_EVENT_ID = Pattern.compile("(\\d{1,18})\\.(\\d{1,18})(?:\\.\\d{1,18})?");
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    private final FollowRun followRun;
    private final RunLookup lookup;
    private final BackgroundTasks background;
    private final Clock clock;
    private final HttpSettings settings;
    private final Set<EventConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<RunId, AtomicInteger> openByRun = new ConcurrentHashMap<>();
    private volatile boolean closed;

    /**
     * Takes its collaborators and begins to watch for silence.
     *
     * @param followRun gives the frames
     * @param lookup finds runs
     * @param background gives threads
     * @param clock dates heartbeats
     * @param settings limits
     */
    public EventRoutes(
            FollowRun followRun, RunLookup lookup, BackgroundTasks background, Clock clock, HttpSettings settings) {
        this.followRun = Objects.requireNonNull(followRun);
        this.lookup = Objects.requireNonNull(lookup);
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
        background.submitAfter(LOOK_EVERY, "sse-heartbeats", this::beat);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            routes.get(
                    RunAddress.ofEach(kind) + "/events", ctx -> events(ctx, () -> lookup.find(kind, ctx)), Load.LIGHT);
        }
        routes.get(
                "/v1/management/runs/{request_id}/events", ctx -> events(ctx, () -> lookup.findAny(ctx)), Load.LIGHT);
    }

    /**
     * Returns how many clients follow a run now.
     *
     * @return the number of open streams
     */
    public int openStreams() {
        return open.get();
    }

    /**
     * Tells how far behind the slowest client is that follows a run.
     *
     * @return for how long there has been something that it was not sent
     */
    public Duration longestLag() {
        return Duration.ofNanos(
                connections.stream().mapToLong(EventConnection::lagNanos).max().orElse(0));
    }

    /** Ends all streams without an end frame. */
    @Override
    public void close() {
        closed = true;
        connections.forEach(EventConnection::shutDown);
    }

    private void events(Context ctx, Supplier<FindRun.Found> named) {
        long stdoutFrom = offset(ctx, "stdout_from");
        long stderrFrom = offset(ctx, "stderr_from");
        FindRun.Found found = named.get();
        Optional<Matcher> resumed = lastEventId(ctx.header("Last-Event-ID"));
        if (resumed.isPresent()) {
            stdoutFrom = Long.parseLong(resumed.get().group(1));
            stderrFrom = Long.parseLong(resumed.get().group(2));
            if (followRun.isComplete(found.run(), stdoutFrom, stderrFrom)) {
                ctx.status(204);
                return;
            }
        }
        RunId run = found.run().id();
        Runnable release = reserve(run);
        if (HandlerType.HEAD.equals(ctx.method())) {
            release.run();
            describe(ctx.res());
            Answers.stream(ctx, InputStream.nullInputStream());
            return;
        }
        AtomicReference<@Nullable EventConnection> self = new AtomicReference<>();
        FollowRun.Following following;
        try {
            following = followRun.follow(found.request().id(), stdoutFrom, stderrFrom, () -> {
                EventConnection connection = self.get();
                if (connection != null) {
                    connection.wake();
                }
            });
        } catch (RuntimeException e) {
            release.run();
            throw e;
        }
        ctx.future(() -> stream(ctx, following, self, release));
    }

    /** Runs once the request has become asynchronous. */
    private CompletableFuture<@Nullable Void> stream(
            Context ctx,
            FollowRun.Following following,
            AtomicReference<@Nullable EventConnection> self,
            Runnable release) {
        HttpServletResponse response = ctx.res();
        describe(response);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        AsyncContext async = ctx.req().getAsyncContext();
        try {
            EventConnection connection =
                    new EventConnection(async, done, response.getOutputStream(), background, clock, () -> {
                        EventConnection ended = self.get();
                        if (ended != null) {
                            connections.remove(ended);
                        }
                        release.run();
                    });
            self.set(connection);
            connections.add(connection);
            connection.begin(following);
            if (closed) {
                connection.shutDown();
            }
        } catch (IOException e) {
            following.watch().close();
            release.run();
            done.completeExceptionally(e);
        }
        return done;
    }

    private static void describe(HttpServletResponse response) {
        response.setStatus(HttpServletResponse.SC_OK);
        response.setContentType("text/event-stream");
        response.setCharacterEncoding("UTF-8");
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Connection", "keep-alive");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Counts the client in, or refuses it before any body. @return counts it out; harmless when called again */
    private Runnable reserve(RunId run) {
        AtomicInteger ofRun = openByRun.computeIfAbsent(run, id -> new AtomicInteger());
        boolean all = open.incrementAndGet() > settings.maxStreams();
        boolean one = ofRun.incrementAndGet() > settings.maxStreamsPerRun();
        AtomicInteger once = new AtomicInteger();
        Runnable release = () -> {
            if (once.getAndIncrement() == 0) {
                open.decrementAndGet();
                openByRun.computeIfPresent(run, (id, count) -> count.decrementAndGet() <= 0 ? null : count);
            }
        };
        if (all || one) {
            release.run();
            throw new RefusedException(
                    ErrorCode.STREAMS_EXHAUSTED, "Too many clients follow " + (all ? "runs" : "this run"));
        }
        return release;
    }

    /** Beats a little early rather than late: a client may count on the interval. */
    private void beat() {
        long silence = settings.heartbeat().minus(LOOK_EVERY).toNanos();
        connections.forEach(connection -> connection.beat(silence));
        if (!closed) {
            background.submitAfter(LOOK_EVERY, "sse-heartbeats", this::beat);
        }
    }

    private static Optional<Matcher> lastEventId(@Nullable String header) {
        return Optional.ofNullable(header)
                .map(String::strip)
                .map(LAST_EVENT_ID::matcher)
                .filter(Matcher::matches);
    }

    private static long offset(Context ctx, String name) {
        String text = ctx.queryParam(name);
        if (text == null) {
            return 0;
        }
        if (!text.matches("\\d{1,18}")) {
            throw RefusedException.invalid("/" + name, "must be a whole number of at least 0");
        }
        return Long.parseLong(text);
    }
}
