package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Load;

/**
 * {@code /v1/streams/{request_id}/{stream}}: the output of a run for clients of the Durable Streams protocol, whose read half
 * this is. A run writes its streams itself, so nothing can be created, appended or deleted here.
 */
public final class DurableStreamRoutes {
    /** Most bytes of one answer. */
    private static final long MAX_BYTES = 8L * 1024 * 1024;

    private static final String CLOSED = "Stream-Closed";
    private static final String UP_TO_DATE = "Stream-Up-To-Date";

    private final RunLookup lookup;
    private final ReadStretch read;
    private final StreamConnections connections;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param lookup finds runs
     * @param read reads their output
     * @param connections carries what is live
     * @param clock dates cursors
     */
    public DurableStreamRoutes(RunLookup lookup, ReadStretch read, StreamConnections connections, Clock clock) {
        this.lookup = Objects.requireNonNull(lookup);
        this.read = Objects.requireNonNull(read);
        this.connections = Objects.requireNonNull(connections);
        this.clock = Objects.requireNonNull(clock);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (OutputStreamKind stream : OutputStreamKind.values()) {
            routes.get("/v1/streams/{request_id}/" + stream.wire(), ctx -> answer(ctx, stream), Load.LIGHT);
        }
    }

    private void answer(Context ctx, OutputStreamKind stream) throws IOException {
        StreamPlace place = StreamPlace.of(ctx, clock);
        RunId run = lookup.findAny(ctx).run().id();
        if (HandlerType.HEAD.equals(ctx.method())) {
            head(ctx, place, find(run, stream, Long.MAX_VALUE));
            return;
        }
        switch (place.live()) {
            case NO -> catchUp(ctx, place, find(run, stream, place.offset()));
            case LONG_POLL -> longPoll(ctx, place, run, stream);
            case SSE -> sse(ctx, place, run, stream);
        }
    }

    private ReadStretch.Stretch find(RunId run, OutputStreamKind stream, long offset) {
        return read.find(run, stream, offset)
                .orElseThrow(() -> new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "The run was removed"));
    }

    /** Tells of the whole stream, whatever part of it was asked for. */
    private static void head(Context ctx, StreamPlace place, ReadStretch.Stretch end) {
        StreamConnections.type(ctx.res(), place.contentType());
        ctx.header(StreamPlace.NEXT_OFFSET, StreamPlace.text(end.to()));
        if (end.closed()) {
            ctx.header(CLOSED, "true");
        }
    }

    /** What is sent is told first, and its end is where the client goes on. */
    private static void catchUp(Context ctx, StreamPlace place, ReadStretch.Stretch stretch) throws IOException {
        long to = Math.min(stretch.to(), stretch.from() + MAX_BYTES);
        boolean whole = to == stretch.to();
        boolean closed = whole && stretch.closed();
        String etag =
                "\"" + StreamPlace.text(stretch.from()) + "-" + StreamPlace.text(to) + (closed ? "-closed" : "") + "\"";
        ctx.header("ETag", etag);
        ctx.header(
                "Cache-Control",
                place.now() ? "no-store" : closed || !whole ? "private, max-age=60" : "private, no-cache");
        tell(ctx, to, whole && stretch.newest(), closed);
        if (isKnown(ctx, etag)) {
            ctx.status(304);
            return;
        }
        StreamConnections.type(ctx.res(), place.contentType());
        // A client can then tell a cut from the end.
        ctx.header("Content-Length", Long.toString(to - stretch.from()));
        Answers.stream(ctx, stretch.open(to - stretch.from()));
    }

    private static void tell(Context ctx, long next, boolean upToDate, boolean closed) {
        ctx.header(StreamPlace.NEXT_OFFSET, StreamPlace.text(next));
        if (upToDate) {
            ctx.header(UP_TO_DATE, "true");
        }
        if (closed) {
            ctx.header(CLOSED, "true");
        }
    }

    private static boolean isKnown(Context ctx, String etag) {
        return Optional.ofNullable(ctx.header("If-None-Match")).stream()
                .flatMap(known -> Arrays.stream(known.split(",")))
                .map(known -> known.strip().replaceFirst("^W/", ""))
                .anyMatch(known -> known.equals(etag) || known.equals("*"));
    }

    private void longPoll(Context ctx, StreamPlace place, RunId run, OutputStreamKind stream) throws IOException {
        ReadStretch.Stretch first = find(run, stream, place.offset());
        if (isNews(first)) {
            polled(ctx, place, first);
            return;
        }
        long from = first.from();
        CompletableFuture<@Nullable Void> news =
                connections.await(run, wake -> read.watch(run, wake), () -> read.find(run, stream, from)
                        .map(DurableStreamRoutes::isNews)
                        .orElse(true));
        ctx.future(() -> news.thenAccept(nothing -> {
            try {
                polled(ctx, place, find(run, stream, from));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static boolean isNews(ReadStretch.Stretch stretch) {
        return stretch.closed() || stretch.to() > stretch.from();
    }

    private static void polled(Context ctx, StreamPlace place, ReadStretch.Stretch stretch) throws IOException {
        ctx.header(StreamPlace.CURSOR, place.cursor());
        if (stretch.to() > stretch.from()) {
            catchUp(ctx, place, stretch);
        } else {
            tell(ctx, stretch.to(), stretch.newest(), stretch.closed());
            ctx.status(204);
        }
    }

    private void sse(Context ctx, StreamPlace place, RunId run, OutputStreamKind stream) {
        long from = find(run, stream, place.offset()).from();
        StreamText text = place.isText() ? StreamText.LINES : StreamText.BASE64;
        text.encoding().ifPresent(encoding -> ctx.header("Stream-SSE-Data-Encoding", encoding));
        connections.open(
                ctx,
                run,
                "text/event-stream",
                wake -> new DurableStreamFeed(read, read.watch(run, wake), run, stream, from, text, place.cursor()));
    }
}
