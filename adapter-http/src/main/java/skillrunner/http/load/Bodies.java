package skillrunner.http.load;

import io.javalin.http.Context;
import io.javalin.http.Handler;
import io.javalin.http.HandlerType;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import org.eclipse.jetty.ee10.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.MultiPart;
import org.eclipse.jetty.http.MultiPartConfig;
import org.eclipse.jetty.http.MultiPartFormData;
import org.eclipse.jetty.io.ByteBufferPool;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.util.Promise;
import org.eclipse.jetty.util.thread.Invocable;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.ErrorCode;
import skillrunner.domain.problem.RefusedException;

/**
 * Lets a request wait until its body is there and there is memory for it, before its route sees it. Neither holds a thread, so
 * slow bodies hold up nobody. Routes take the body from here and never from the framework, which would wait for it.
 */
public final class Bodies implements Handler {
    private static final Set<HandlerType> WITHOUT_BODY = Set.of(HandlerType.GET, HandlerType.HEAD, HandlerType.OPTIONS);
    private static final String BODY = "skillrunner.body";
    private static final String PARTS = "skillrunner.parts";
    private static final String MEMORY = "skillrunner.memory";
    private static final String FORM = "application/x-www-form-urlencoded";
    private static final String MULTIPART = "multipart/form-data";

    /** Requests that need no more than this have a gate of their own, so that they don't wait behind large ones. */
    private static final long SMALL_BYTES = 1024 * 1024;

    private static final long LEAST_BYTES_PER_SECOND = 1024;
    private static final Duration GRACE = Duration.ofSeconds(10);
    private static final Duration AT_LEAST = Duration.ofSeconds(60);
    private static final long SLOWEST_WHOLE_BYTES_PER_SECOND = 32 * 1024;

    private static final long MULTIPART_OVERHEAD_BYTES = 64L * 1024;
    private static final int LONGEST_TEXT_PART = 1_000;
    private static final int MAX_PARTS = 8;
    private static final int PART_IN_MEMORY_BYTES = 8 * 1024;

    private final long maxBodyBytes;
    private final long maxUploadBytes;
    private final Path temporary;
    private final MemoryGate small;
    private final MemoryGate large;
    private final Executor threads;

    /**
     * Takes the limits.
     *
     * @param maxBodyBytes limit of a body
     * @param maxUploadBytes limit of an uploaded file
     * @param temporary folder for what does not stay in memory
     * @param small bounds what all requests hold that need little
     * @param large bounds what all others hold
     * @param threads where a request goes on that had to wait
     */
    public Bodies(
            long maxBodyBytes,
            long maxUploadBytes,
            Path temporary,
            MemoryGate small,
            MemoryGate large,
            Executor threads) {
        this.maxBodyBytes = maxBodyBytes;
        this.maxUploadBytes = maxUploadBytes;
        this.temporary = Objects.requireNonNull(temporary);
        this.small = Objects.requireNonNull(small);
        this.large = Objects.requireNonNull(large);
        this.threads = Objects.requireNonNull(threads);
    }

    @Override
    public void handle(Context ctx) {
        Load load = Load.of(ctx.routeRoles());
        boolean withBody = !WITHOUT_BODY.contains(ctx.method());
        if (!withBody && load == Load.LIGHT) {
            return;
        }
        Request request = ServletContextRequest.getServletContextRequest(ctx.req());
        boolean upload = load == Load.UPLOAD && type(ctx).startsWith(MULTIPART);
        boolean read = withBody && isRead(ctx, request);
        if (!read && load == Load.LIGHT) {
            return;
        }
        HeldMemory memory = new HeldMemory();
        ctx.attribute(MEMORY, memory);
        Request.addCompletionListener(request, failure -> memory.letGo());
        if (!read && !upload) {
            CompletableFuture<@Nullable Void> entered = enter(load.bytes()).thenAccept(memory::take);
            if (!entered.isDone() || entered.isCompletedExceptionally()) {
                ctx.future(() -> goOn(entered));
            }
            return;
        }
        long limit = upload ? maxUploadBytes + MULTIPART_OVERHEAD_BYTES : maxBodyBytes;
        // Who asks first whether it may send has nothing on the way yet.
        long refused =
                request.getHeaders().contains(HttpHeader.EXPECT) ? limit : limit + MeteredSource.PASSED_OVER_BYTES;
        if (request.getLength() > refused) {
            throw MeteredSource.tooLarge(upload ? maxUploadBytes : maxBodyBytes);
        }
        MeteredSource source = new MeteredSource(request, limit, rate(limit));
        ctx.future(() -> goOn((upload ? parts(ctx, request, source) : body(ctx, request, source))
                .thenCompose(weight -> enter(load.bytes() + weight))
                .thenAccept(memory::take)));
    }

    private CompletableFuture<MemoryGate.Lease> enter(long bytes) {
        return (bytes <= SMALL_BYTES ? small : large).enter(bytes);
    }

    /** The thread on which memory is given out, or the last of a body is read, must not be held up by a route. */
    private CompletableFuture<@Nullable Void> goOn(CompletableFuture<@Nullable Void> ready) {
        return ready.thenRunAsync(() -> {}, threads);
    }

    /**
     * Whether any route could take the body. What none can is left alone, and its route says so; if it is short it is read all
     * the same, for a connection with something unread in it has to end.
     */
    private static boolean isRead(Context ctx, Request request) {
        String type = type(ctx);
        long length = request.getLength();
        return length != 0
                && (type.startsWith("application/json")
                        || type.startsWith(FORM)
                        || (length > 0 && length <= PART_IN_MEMORY_BYTES));
    }

    private static LeastRate rate(long limit) {
        return new LeastRate(
                LEAST_BYTES_PER_SECOND, GRACE, AT_LEAST.plusSeconds(limit / SLOWEST_WHOLE_BYTES_PER_SECOND));
    }

    private CompletableFuture<Long> body(Context ctx, Request request, Content.Source source) {
        ArrivedBody body = new ArrivedBody(temporary, new BodyWeight(type(ctx).startsWith(FORM)));
        Request.addCompletionListener(request, failure -> close(body));
        CompletableFuture<Long> arrived = new CompletableFuture<>();
        read(source, body, arrived);
        return arrived.thenApply(weight -> {
            ctx.attribute(BODY, body);
            return weight;
        });
    }

    /** Reads what is there, and comes back when there is more. */
    private static void read(Content.Source source, ArrivedBody body, CompletableFuture<Long> arrived) {
        while (true) {
            Content.Chunk chunk = source.read();
            if (chunk == null) {
                source.demand(() -> read(source, body, arrived));
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                arrived.completeExceptionally(chunk.getFailure());
                return;
            }
            boolean last = chunk.isLast();
            try {
                body.append(chunk.getByteBuffer());
            } catch (IOException e) {
                arrived.completeExceptionally(body.explained(e));
                return;
            } finally {
                chunk.release();
            }
            if (last) {
                arrived.complete(body.weight());
                return;
            }
        }
    }

    private CompletableFuture<Long> parts(Context ctx, Request request, Content.Source source) {
        CompletableFuture<MultiPartFormData.Parts> arrived = new CompletableFuture<>();
        MultiPartConfig config = new MultiPartConfig.Builder()
                .location(temporary)
                .maxSize(-1)
                .maxPartSize(-1)
                .maxParts(MAX_PARTS)
                .maxMemoryPartSize(PART_IN_MEMORY_BYTES)
                .build();
        Promise.Invocable<MultiPartFormData.Parts> promise =
                Promise.Invocable.from(Invocable.InvocationType.BLOCKING, (parts, failure) -> {
                    if (failure == null) {
                        arrived.complete(parts);
                    } else {
                        arrived.completeExceptionally(told(failure));
                    }
                });
        try {
            MultiPartFormData.onParts(source, request, String.valueOf(ctx.contentType()), config, promise);
        } catch (IllegalArgumentException e) {
            // A boundary that can't be read is told at once, not to the promise.
            arrived.completeExceptionally(told(e));
        }
        return arrived.thenApply(parts -> {
            Request.addCompletionListener(request, failure -> parts.close());
            for (MultiPart.Part part : parts) {
                if (part.getLength() > maxUploadBytes) {
                    throw MeteredSource.tooLarge(maxUploadBytes);
                }
            }
            ctx.attribute(PARTS, parts);
            return 0L;
        });
    }

    /** What the container's parser stumbles on is the client's doing: no boundary, no end. A file it can't make is not. */
    private Throwable told(Throwable failure) {
        if (failure instanceof FileSystemException
                || (failure instanceof IOException && SpoolFaults.isFull(temporary))) {
            return SpoolFaults.explained((IOException) failure, temporary);
        }
        return failure instanceof IllegalStateException
                        || failure instanceof IllegalArgumentException
                        || failure instanceof EOFException
                ? RefusedException.invalid("", "the multipart body can't be read: it has no boundary or no end")
                : failure;
    }

    /**
     * Gives the request's memory back before it ends, for one that waits, or needs none any more.
     *
     * @param ctx the request
     */
    public static void letGo(Context ctx) {
        HeldMemory memory = ctx.attribute(MEMORY);
        if (memory != null) {
            memory.letGo();
        }
    }

    /**
     * Returns the body, which has arrived.
     *
     * @param ctx the request
     * @return its bytes; none if there is no body or its content type is none that a body has here
     */
    public static byte[] bytes(Context ctx) {
        ArrivedBody body = ctx.attribute(BODY);
        try {
            return body == null ? new byte[0] : body.bytes();
        } catch (IOException e) {
            throw body.explained(e);
        }
    }

    /**
     * Returns the fields of a form.
     *
     * @param ctx the request
     * @return the values of each field, in their order
     */
    public static Map<String, List<String>> form(Context ctx) {
        Map<String, List<String>> fields = new LinkedHashMap<>();
        if (!type(ctx).startsWith(FORM)) {
            return fields;
        }
        String text = new String(bytes(ctx), StandardCharsets.UTF_8);
        try {
            for (String pair : text.split("&", -1)) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                String value = equals < 0 ? "" : pair.substring(equals + 1);
                fields.computeIfAbsent(URLDecoder.decode(name, StandardCharsets.UTF_8), key -> new ArrayList<>())
                        .add(URLDecoder.decode(value, StandardCharsets.UTF_8));
            }
        } catch (IllegalArgumentException e) {
            throw RefusedException.invalid("", "the form is not encoded as forms are");
        }
        return fields;
    }

    /**
     * Refuses a body that is no form. Without a body there is nothing to refuse.
     *
     * @param ctx the request
     * @throws RefusedException with {@code CONTENT_TYPE_UNSUPPORTED} for another content type
     */
    public static void requireForm(Context ctx) {
        if (ctx.contentType() != null && !type(ctx).startsWith(FORM)) {
            throw new RefusedException(ErrorCode.CONTENT_TYPE_UNSUPPORTED, "The body must be " + FORM);
        }
    }

    /**
     * Returns one field of a form.
     *
     * @param ctx the request
     * @param name the field
     * @return its first value, or empty
     */
    public static Optional<String> formField(Context ctx, String name) {
        return form(ctx).getOrDefault(name, List.of()).stream().findFirst();
    }

    /**
     * Returns a part of a multipart body that is a short text and no file.
     *
     * @param ctx the request
     * @param name the part
     * @return its text, or empty if there is no such part
     * @throws RefusedException with {@code REQUEST_INVALID} if it is long
     */
    public static Optional<String> textPart(Context ctx, String name) {
        MultiPartFormData.Parts parts = ctx.attribute(PARTS);
        if (parts == null) {
            return Optional.empty();
        }
        for (MultiPart.Part part : parts) {
            if (name.equals(part.getName()) && part.getFileName() == null) {
                if (part.getLength() > LONGEST_TEXT_PART) {
                    throw RefusedException.invalid("/" + name, "is too long");
                }
                return Optional.of(part.getContentAsString(StandardCharsets.UTF_8));
            }
        }
        return Optional.empty();
    }

    /**
     * Opens an uploaded file, which has arrived.
     *
     * @param ctx the request
     * @param name the part that holds it
     * @return its bytes, to be closed by the caller, or empty if there is no such file, which is also how a form sends that
     *     none was chosen: without a name and without content
     * @throws RefusedException with {@code REQUEST_INVALID} if there is a file and nothing in it
     */
    public static Optional<InputStream> upload(Context ctx, String name) {
        MultiPartFormData.Parts parts = ctx.attribute(PARTS);
        if (parts == null) {
            return Optional.empty();
        }
        for (MultiPart.Part part : parts) {
            String file = part.getFileName();
            if (name.equals(part.getName()) && file != null && part.getLength() == 0 && !file.isEmpty()) {
                throw RefusedException.invalid("/" + name, "the file in this part is empty");
            }
            if (name.equals(part.getName()) && file != null && part.getLength() != 0) {
                return Optional.of(
                        Content.Source.asInputStream(part.newContentSource(ByteBufferPool.SIZED_NON_POOLING, 0, -1)));
            }
        }
        return Optional.empty();
    }

    private static String type(Context ctx) {
        return String.valueOf(ctx.contentType()).toLowerCase(Locale.ROOT);
    }

    private static void close(ArrivedBody body) {
        try {
            body.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
