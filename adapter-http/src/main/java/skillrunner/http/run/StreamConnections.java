package skillrunner.http.run;

import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import jakarta.servlet.AsyncContext;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import skillrunner.application.background.BackgroundTasks;
import skillrunner.application.run.Subscription;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.RunId;
import skillrunner.http.HttpSettings;
import skillrunner.http.load.Answers;

/**
 * All clients that follow runs as server-sent events: counts them, breaks their silence, ends those that have followed long
 * enough, and all of them when the server stops. Safe for concurrent use.
 */
public final class StreamConnections implements AutoCloseable {
    private static final Duration LOOK_EVERY = Duration.ofMillis(500);

    /** Shorter than the patience of proxies and of the connection itself. */
    private static final Duration LONG_POLL = Duration.ofSeconds(15);

    private final BackgroundTasks background;
    private final Clock clock;
    private final HttpSettings settings;
    private final Set<EventConnection> connections = ConcurrentHashMap.newKeySet();
    private final AtomicInteger open = new AtomicInteger();
    private final Map<RunId, Integer> openByRun = new ConcurrentHashMap<>();
    private final LongPolls longPolls;
    private final StreamPumps pumps;
    private final List<Runnable> beforeBeats = new CopyOnWriteArrayList<>();
    private volatile boolean closed;

    /**
     * Takes its collaborators and begins to watch for silence.
     *
     * @param background gives threads
     * @param clock dates heartbeats
     * @param settings limits
     */
    public StreamConnections(BackgroundTasks background, Clock clock, HttpSettings settings) {
        this.background = Objects.requireNonNull(background);
        this.clock = Objects.requireNonNull(clock);
        this.settings = Objects.requireNonNull(settings);
        this.longPolls = new LongPolls(background);
        this.pumps = new StreamPumps(background);
        background.submitAfter(LOOK_EVERY, "sse-heartbeats", this::beat);
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
     * Returns how many clients wait for news of a run now, without a stream.
     *
     * @return the number of open long-polls
     */
    public int openLongPolls() {
        return longPolls.waiting();
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
        longPolls.close();
    }

    /**
     * Has something done each time before silences are broken, several times in the shortest one. To be called before there are clients.
     *
     * @param before quick, and throws nothing
     */
    void onBeat(Runnable before) {
        beforeBeats.add(before);
    }

    /**
     * Answers with a stream.
     *
     * @param contentType a form of {@code text/event-stream}
     * @param opening opens what is told; is given what wakes the connection, which may be called from any thread at once
     * @throws RefusedException with {@code STREAMS_EXHAUSTED} if too many clients follow already
     */
    void open(Context ctx, RunId run, String contentType, Function<Runnable, StreamFeed> opening) {
        open(ctx, Optional.of(run), contentType, opening);
    }

    /**
     * Looks whether another client may follow.
     *
     * @throws RefusedException with {@code STREAMS_EXHAUSTED} if too many clients follow already
     */
    public void refuseIfFull() {
        if (open.get() >= settings.maxStreams()) {
            throw new RefusedException(ErrorCode.STREAMS_EXHAUSTED, "Too many clients follow runs");
        }
    }

    /**
     * Answers with a stream that is about no run in particular.
     *
     * @param ctx the request
     * @param opening opens what is told; is given what wakes the connection, which may be called from any thread at once
     * @throws RefusedException with {@code STREAMS_EXHAUSTED} if too many clients follow already
     */
    public void open(Context ctx, Function<Runnable, StreamFeed> opening) {
        open(ctx, Optional.empty(), "text/event-stream", opening);
    }

    private void open(Context ctx, Optional<RunId> run, String contentType, Function<Runnable, StreamFeed> opening) {
        Runnable release = reserve(run);
        if (HandlerType.HEAD.equals(ctx.method())) {
            release.run();
            describe(ctx.res(), contentType);
            Answers.stream(ctx, InputStream.nullInputStream());
            return;
        }
        AtomicReference<@Nullable EventConnection> self = new AtomicReference<>();
        StreamFeed feed;
        try {
            feed = opening.apply(() -> {
                EventConnection connection = self.get();
                if (connection != null) {
                    connection.wake();
                }
            });
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
        ctx.future(() -> stream(ctx, contentType, feed, self, release));
    }

    /**
     * Waits until there is news of a run, for a client that asks again when there is none. It counts as one that follows.
     *
     * @param watching begins to watch; is given what is called when there may be news
     * @param news tells whether there is any
     * @return complete when there is news, when the client has waited long enough, or when the server stops
     * @throws RefusedException with {@code STREAMS_EXHAUSTED} if too many clients follow already
     */
    CompletableFuture<@Nullable Void> await(
            RunId run, Function<Runnable, Subscription> watching, BooleanSupplier news) {
        Runnable release = reserve(Optional.of(run));
        try {
            return longPolls.await(LONG_POLL, watching, news).whenComplete((nothing, failure) -> release.run());
        } catch (RuntimeException | Error e) {
            release.run();
            throw e;
        }
    }

    /** Those who wait, among them who follows no stream. */
    LongPolls longPolls() {
        return longPolls;
    }

    /** Runs once the request has become asynchronous. */
    private CompletableFuture<@Nullable Void> stream(
            Context ctx,
            String contentType,
            StreamFeed feed,
            AtomicReference<@Nullable EventConnection> self,
            Runnable release) {
        HttpServletResponse response = ctx.res();
        describe(response, contentType);
        CompletableFuture<@Nullable Void> done = new CompletableFuture<>();
        AsyncContext async = ctx.req().getAsyncContext();
        try {
            EventConnection connection = new EventConnection(
                    async, done, new FrameOutput(response.getOutputStream()), pumps, clock, () -> ended(self, release));
            self.set(connection);
            connections.add(connection);
            connection.begin(feed);
            if (closed) {
                connection.shutDown();
            }
        } catch (IOException e) {
            abandon(feed, self, release);
            done.completeExceptionally(e);
        } catch (RuntimeException | Error e) {
            abandon(feed, self, release);
            throw e;
        }
        return done;
    }

    private void ended(AtomicReference<@Nullable EventConnection> self, Runnable release) {
        EventConnection connection = self.get();
        if (connection != null) {
            connections.remove(connection);
        }
        release.run();
    }

    /** Of what could not begin nothing may be left: nobody else ends it. */
    private void abandon(StreamFeed feed, AtomicReference<@Nullable EventConnection> self, Runnable release) {
        try {
            feed.close();
        } finally {
            ended(self, release);
        }
    }

    private static void describe(HttpServletResponse response, String contentType) {
        response.setStatus(HttpServletResponse.SC_OK);
        type(response, contentType);
        response.setHeader("Cache-Control", "no-cache");
        response.setHeader("Connection", "keep-alive");
        response.setHeader("X-Accel-Buffering", "no");
    }

    /** Says what an answer is, without the charset that is added to everything. */
    static void type(HttpServletResponse response, String contentType) {
        response.setContentType(contentType);
        if (!contentType.contains("charset")) {
            response.setCharacterEncoding(null);
        }
    }

    /** Counts the client in, or refuses it before any body. @return counts it out; harmless when called again */
    private Runnable reserve(Optional<RunId> run) {
        boolean all = open.incrementAndGet() > settings.maxStreams();
        boolean one = run.filter(id -> openByRun.merge(id, 1, Integer::sum) > settings.maxStreamsPerRun())
                .isPresent();
        AtomicInteger once = new AtomicInteger();
        Runnable release = () -> {
            if (once.getAndIncrement() == 0) {
                open.decrementAndGet();
                run.ifPresent(id -> openByRun.computeIfPresent(id, (same, count) -> count == 1 ? null : count - 1));
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
        long age = settings.maxStreamAge().toNanos();
        try {
            beforeBeats.forEach(Runnable::run);
            connections.forEach(connection -> connection.beat(silence, age));
        } finally {
            // Whatever went wrong, for want of memory for example, must not silence everybody for ever.
            if (!closed) {
                background.submitAfter(LOOK_EVERY, "sse-heartbeats", this::beat);
            }
        }
    }
}
