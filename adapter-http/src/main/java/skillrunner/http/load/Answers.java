package skillrunner.http.load;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;

/**
 * Sends answers that are too large for the network's own buffers without holding a thread or memory for them while the client
 * reads. Answers made in memory go to a file first. An answer to HEAD is made as for
 * GET and not sent. Runs after the route.
 */
public final class Answers implements Handler {
    private static final String STREAM = "skillrunner.answer";
    private static final String MADE = "skillrunner.answer.made";

    /** So much leaves at once. */
    private static final int SMALL_BYTES = 64 * 1024;

    private final Path temporary;

    /**
     * Takes its folder.
     *
     * @param temporary for answers that wait for their reader
     */
    public Answers(Path temporary) {
        this.temporary = Objects.requireNonNull(temporary);
    }

    /**
     * Answers with a stream that is read piece by piece.
     *
     * @param ctx the request
     * @param body the answer; it is closed when it was sent or can't be
     */
    public static void stream(Context ctx, InputStream body) {
        ctx.attribute(STREAM, body);
    }

    /**
     * Answers with JSON that is made while it is read. Unless it is short it goes to a file first, so that nothing of what it is made from is
     * held while the client reads.
     *
     * @param ctx the request
     * @param body the answer in UTF-8; it is read and closed here, or by {@link #handle}
     * @throws IOException if it can't be made
     */
    public static void json(Context ctx, InputStream body) throws IOException {
        ctx.contentType("application/json");
        byte[] beginning = body.readNBytes(SMALL_BYTES + 1);
        if (beginning.length <= SMALL_BYTES) {
            body.close();
            ctx.result(beginning);
        } else {
            ctx.attribute(MADE, new SequenceInputStream(new ByteArrayInputStream(beginning), body));
        }
    }

    @Override
    public void handle(Context ctx) throws IOException {
        InputStream stream = ctx.attribute(STREAM);
        InputStream made = ctx.resultInputStream();
        InputStream making = ctx.attribute(MADE);
        boolean bodyless = HandlerType.HEAD.equals(ctx.method());
        if (making != null) {
            // Nothing is held of what it was made from.
            ctx.attribute(MADE, null);
            try (making) {
                stream = spooled(making);
            }
            ctx.res().setContentLengthLong(stream.available());
        }
        if (stream == null && made instanceof ByteArrayInputStream && made.available() > SMALL_BYTES) {
            ctx.res().setContentLengthLong(made.available());
            stream = bodyless ? null : spooled(made);
            ctx.result("");
        }
        if (bodyless && stream != null) {
            stream.close();
            stream = null;
            if (!ctx.res().containsHeader("Content-Length")) {
                // Otherwise the container would say that there is nothing.
                ctx.res().flushBuffer();
            }
        }
        Bodies.letGo(ctx);
        if (stream != null) {
            InputStream body = stream;
            ctx.future(() -> AnswerPump.send(ctx, body));
        }
    }

    /** The file has no name any more once it is open, and goes with its last reader. */
    private InputStream spooled(InputStream made) {
        try {
            Path file = Files.createTempFile(temporary, "answer", ".tmp");
            try {
                Files.copy(made, file, StandardCopyOption.REPLACE_EXISTING);
                return Files.newInputStream(file, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE);
            } catch (IOException e) {
                RuntimeException explained = SpoolFaults.explained(e, temporary);
                Files.deleteIfExists(file);
                throw explained;
            }
        } catch (IOException e) {
            throw SpoolFaults.explained(e, temporary);
        }
    }
}
