package skillrunner.http.run;

import io.javalin.http.Context;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import skillrunner.domain.problem.RefusedException;

/**
 * Where a client of a stream is and how it wants to go on, as the query says.
 *
 * @param offset how much it has: bytes, or events; greater than any stream for the end
 * @param now whether it asked for the end
 * @param live whether and how it waits for more
 * @param isText whether it takes the stream for text
 * @param cursor what the next request of a live client sends, so that no cache answers it with this answer
 */
record StreamPlace(long offset, boolean now, Live live, boolean isText, String cursor) {
    static final String NEXT_OFFSET = "Stream-Next-Offset";
    static final String CURSOR = "Stream-Cursor";

    private static final String BEGINNING = "-1";
    private static final String END = "now";

    /** How long a cursor holds. */
    private static final long CURSOR_MILLIS = 20_000;

    /** Whether and how a client waits. */
    enum Live {
        NO,
        LONG_POLL,
        SSE
    }

    static StreamPlace of(Context ctx, Clock clock) {
        Live live = live(ctx.queryParam("live"));
        String offset = offset(ctx.queryParams("offset"), live);
        boolean now = offset.equals(END);
        return new StreamPlace(
                now ? Long.MAX_VALUE : offset.equals(BEGINNING) ? 0 : Long.parseLong(offset),
                now,
                live,
                isText(ctx.queryParam("format")),
                cursor(ctx.queryParam("cursor"), clock));
    }

    /** An offset as the protocol wants it: greater ones sort behind smaller ones as text. */
    static String text(long offset) {
        return String.format(Locale.ROOT, "%018d", offset);
    }

    /** Tells whoever follows where it is and how the stream stands, from which it can go on. */
    String control(long at, boolean upToDate, boolean closed) {
        String end = closed
                ? ",\"streamClosed\":true"
                : ",\"streamCursor\":\"" + cursor + "\"" + (upToDate ? ",\"upToDate\":true" : "");
        return "event: control\ndata:{\"streamNextOffset\":\"" + text(at) + "\"" + end + "}\n\n";
    }

    /** Breaks the silence, and says nothing. */
    static byte[] stillHere() {
        return ": still here\n\n".getBytes(StandardCharsets.UTF_8);
    }

    private static Live live(@Nullable String live) {
        if (live == null) {
            return Live.NO;
        }
        return switch (live) {
            case "long-poll" -> Live.LONG_POLL;
            case "sse" -> Live.SSE;
            default -> throw RefusedException.invalid("/live", "must be long-poll or sse");
        };
    }

    private static String offset(List<String> offsets, Live live) {
        if (offsets.isEmpty() && live == Live.NO) {
            return BEGINNING;
        }
        if (offsets.size() != 1 || !offsets.get(0).matches("-1|now|\\d{1,18}")) {
            throw RefusedException.invalid(
                    "/offset", "must be -1, now or a Stream-Next-Offset; needed once by whoever waits for more");
        }
        return offsets.get(0);
    }

    private static boolean isText(@Nullable String format) {
        if (format != null && !format.equals("text")) {
            throw RefusedException.invalid("/format", "must be text");
        }
        return format != null;
    }

    private static String cursor(@Nullable String cursor, Clock clock) {
        long interval = clock.millis() / CURSOR_MILLIS;
        long sent = cursor != null && cursor.matches("\\d{1,18}") ? Long.parseLong(cursor) : -1;
        return Long.toString(Math.max(interval, sent + 1));
    }
}
