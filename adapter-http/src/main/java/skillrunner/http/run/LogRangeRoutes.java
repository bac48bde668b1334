package skillrunner.http.run;

import io.javalin.config.RoutesConfig;
import io.javalin.http.Context;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import skillrunner.application.run.FindRun;
import skillrunner.application.run.output.ReadLogRange;
import skillrunner.domain.problem.RefusedException;
import skillrunner.domain.run.OutputStreamKind;
import skillrunner.domain.run.RequestKind;
import skillrunner.http.load.Answers;
import skillrunner.http.load.JsonPieces;

/** {@code logs/range} under the address of every kind of request, and under management: a part of what an attempt wrote. */
public final class LogRangeRoutes {
    /** What a terminal showed. No engine is given a terminal, so there is nothing of it. */
    private static final String PTY = "pty";

    private final RunLookup lookup;
    private final ReadLogRange read;

    public LogRangeRoutes(RunLookup lookup, ReadLogRange read) {
        this.lookup = Objects.requireNonNull(lookup);
        this.read = Objects.requireNonNull(read);
    }

    /**
     * Registers the routes.
     *
     * @param routes where
     */
    public void register(RoutesConfig routes) {
        for (RequestKind kind : RequestKind.values()) {
            routes.get(RunAddress.ofEach(kind) + "/logs/range", ctx -> answer(ctx, lookup.find(kind, ctx)));
        }
        routes.get("/v1/management/runs/{request_id}/logs/range", ctx -> answer(ctx, lookup.findAny(ctx)));
    }

    private void answer(Context ctx, FindRun.Found found) throws IOException {
        String stream = Optional.ofNullable(ctx.queryParam("stream")).orElse("");
        ReadLogRange.Range range = read.read(
                found.run().id(),
                kind(stream),
                attempt(ctx),
                ByteOffset.of(ctx, "byte_from"),
                ByteOffset.of(ctx, "byte_to"));
        ctx.contentType("application/json");
        Answers.stream(
                ctx,
                new JsonPieces()
                                .member("stream", stream)
                                .member("attempt", range.attempt())
                                .member("size", range.size())
                                .member("byte_from", range.from())
                                .member("byte_to", range.to())
                                .text("chunk", bytes(range))
                                .stream());
    }

    private static InputStream bytes(ReadLogRange.Range range) throws IOException {
        return range.stored().isPresent()
                ? range.stored().get().opening().open(range.from(), range.to() - range.from())
                : new ByteArrayInputStream(new byte[0]);
    }

    private static Optional<OutputStreamKind> kind(String stream) {
        Optional<OutputStreamKind> kind = Arrays.stream(OutputStreamKind.values())
                .filter(known -> known.wire().equals(stream))
                .findFirst();
        if (kind.isEmpty() && !stream.equals(PTY)) {
            throw RefusedException.invalid("/stream", "must be stdout, stderr or pty");
        }
        return kind;
    }

    private static OptionalInt attempt(Context ctx) {
        String text = ctx.queryParam("attempt");
        if (text == null) {
            return OptionalInt.empty();
        }
        if (!text.matches("[1-9]\\d{0,8}")) {
            throw RefusedException.invalid("/attempt", "must be a whole number of at least 1");
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
