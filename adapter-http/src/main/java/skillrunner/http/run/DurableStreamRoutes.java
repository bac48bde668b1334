package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import io.javalin.http.HandlerType;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import skillrunner.application.run.journal.ReadEvents;
import skillrunner.application.run.output.ReadStretch;
import skillrunner.domain.journal.JournalStream;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RunId;
import skillrunner.http.KnownContent;
import skillrunner.http.load.Answers;
import skillrunner.http.load.Bodies;
import skillrunner.http.load.Load;

/**
 * {@code /v1/streams/{request_id}/{stream}}: the output of a run, and what happens to it, for clients of the Durable Streams protocol,
 * whose read half this is. A run writes its streams itself, so nothing can be created, appended or deleted here.
 */
public final class DurableStreamRoutes {
    private static final String CLOSED = "Stream-Closed";
    private static final String UP_TO_DATE = "Stream-Up-To-Date";

    private final RunLookup lookup;
    private final ReadStretch output;
    private final ReadEvents events;
    private final StreamConnections connections;
    private final Clock clock;

    /**
     * Takes its collaborators.
     *
     * @param lookup finds runs
     * @param output reads their output
     * @param events reads what happens to them
     * @param connections carries what is live
     * @param clock dates cursors
     */
    public DurableStreamRoutes(
            RunLookup lookup, ReadStretch output, ReadEvents events, StreamConnections connections, Clock clock) {
        this.lookup = Objects.requireNonNull(lookup);
        this.output = Objects.requireNonNull(output);
        this.events = Objects.requireNonNull(events);
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
            DurableSource source = new DurableOutput(output, stream);
            routes.get("/v1/streams/{request_id}/" + stream.wire(), ctx -> answer(ctx, source), Load.LIGHT);
        }
        DurableSource shown = new DurableEvents(events);
        routes.get("/v1/streams/{request_id}/" + JournalStream.FCMP.wire(), ctx -> answer(ctx, shown), Load.LIST);
    }

    private void answer(Context ctx, DurableSource source) throws IOException {
        StreamPlace place = StreamPlace.of(ctx, clock);
        String type = source.contentType(place);
        RunId run = lookup.findAny(ctx).run().id();
        if (HandlerType.HEAD.equals(ctx.method())) {
            head(ctx, type, find(source, run, Long.MAX_VALUE));
            return;
        }
        switch (place.live()) {
            case NO -> catchUp(ctx, place, type, find(source, run, place.offset()));
            case LONG_POLL -> longPoll(ctx, place, type, run, source);
            case SSE -> sse(ctx, place, run, source);
        }
    }

    private static DurablePart find(DurableSource source, RunId run, long offset) {
        return source.find(run, offset)
                .orElseThrow(() -> new RefusedException(ErrorCode.REQUEST_NOT_FOUND, "The run was removed"));
    }

    /** Tells of the whole stream, whatever part of it was asked for. */
    private static void head(Context ctx, String type, DurablePart end) {
        StreamConnections.type(ctx.res(), type);
        ctx.header(StreamPlace.NEXT_OFFSET, StreamPlace.text(end.to()));
        if (end.closed()) {
            ctx.header(CLOSED, "true");
        }
    }

    /** What is sent is told first, and its end is where the client goes on. */
    private static void catchUp(Context ctx, StreamPlace place, String type, DurablePart part) throws IOException {
        String etag = "\"" + StreamPlace.text(part.from()) + "-" + StreamPlace.text(part.to())
                + (part.closed() ? "-closed" : "") + "\"";
        ctx.header("ETag", etag);
        ctx.header(
                "Cache-Control",
                place.now()
                        ? "no-store"
                        : part.closed() || !part.upToDate() ? "private, max-age=60" : "private, no-cache");
        tell(ctx, part);
        // Also of what is known: a cache takes over whatever type it is told.
        StreamConnections.type(ctx.res(), type);
        if (KnownContent.isKnown(ctx, etag)) {
            ctx.status(304);
            return;
        }
        // A client can then tell a cut from the end.
        ctx.header("Content-Length", Long.toString(part.bytes()));
        Answers.stream(ctx, part.opening().open());
    }

    private static void tell(Context ctx, DurablePart part) {
        ctx.header(StreamPlace.NEXT_OFFSET, StreamPlace.text(part.to()));
        if (part.upToDate()) {
            ctx.header(UP_TO_DATE, "true");
        }
        if (part.closed()) {
            ctx.header(CLOSED, "true");
        }
    }

    private void longPoll(Context ctx, StreamPlace place, String type, RunId run, DurableSource source)
            throws IOException {
        DurablePart first = find(source, run, place.offset());
        if (first.isNews()) {
            polled(ctx, place, type, first);
            return;
        }
        Bodies.letGo(ctx);
        long from = first.from();
        CompletableFuture<@Nullable Void> news =
                connections.await(run, wake -> source.watch(run, wake), () -> source.find(run, from)
                        .map(DurablePart::isNews)
                        .orElse(true));
        ctx.future(() -> news.thenAccept(nothing -> {
            try {
                polled(ctx, place, type, find(source, run, from));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }));
    }

    private static void polled(Context ctx, StreamPlace place, String type, DurablePart part) throws IOException {
        ctx.header(StreamPlace.CURSOR, place.cursor());
        if (part.to() > part.from()) {
            catchUp(ctx, place, type, part);
        } else {
            tell(ctx, part);
            ctx.status(204);
        }
    }

    private void sse(Context ctx, StreamPlace place, RunId run, DurableSource source) {
        Bodies.letGo(ctx);
        long from = find(source, run, place.offset()).from();
        source.encoding(place).ifPresent(encoding -> ctx.header("Stream-SSE-Data-Encoding", encoding));
        connections.open(ctx, run, "text/event-stream", wake -> source.feed(run, from, place, wake));
    }
}
