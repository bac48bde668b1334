package skillrunner.http.run;

import io.javalin.http.Context;
import skillrunner.domain.problem.RefusedException;

/** An offset in bytes that a query names. */
final class ByteOffset {
    private ByteOffset() {}

    /** Reads one. @return the offset, 0 if the query does not name it */
    static long of(Context ctx, String name) {
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
